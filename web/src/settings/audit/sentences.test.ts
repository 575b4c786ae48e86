import type { AuditEntry } from '@doorstep/contract/audit'
import { expect, it } from 'vitest'

import { actionOf, actorOf, changesOf, outcomesOf, subjectOf } from './sentences.ts'

const noBreak = '\u{a0}'

const entry = (given: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: '2026-05-09T07:30:00Z',
  actor_id: null,
  actor_name: null,
  means: null,
  token_id: null,
  token_name: null,
  action: 'signed_in',
  subject_kind: null,
  subject_id: null,
  subject_name: null,
  details: {},
  ...given,
})

const sentenceOf = (given: Partial<AuditEntry>) => {
  const each = entry(given)
  return [actorOf(each), actionOf(each), subjectOf(each), ...outcomesOf(each)].join(' ')
}

it('a sentence says how an import ended, what was decided, and who could not sign in (10.20)', () => {
  const ofImport = { means: 'server', subject_kind: 'import', subject_id: 4 }
  const details = { source: 'files', state: 'failed', created: 1 }
  expect(sentenceOf({ ...ofImport, action: 'import_ended', details })).toBe(
    'The server ended the import 4 It failed',
  )
  const pin = { subject_kind: 'pin_change', subject_id: 7, details: { status: 'rejected' } }
  expect(sentenceOf({ ...pin, actor_name: 'Bo', actor_id: 3, action: 'pin_decided' })).toBe(
    'Bo decided on the proposed pin 7 Rejected',
  )
  const failure = { action: 'sign_in_failed' }
  expect(sentenceOf(failure)).toBe('Somebody failed to sign in as an unknown address')
  const twice = { subject_kind: 'grant', subject_id: 2, subject_name: 'Zap' }
  const by = { by: 'code_used_twice' }
  expect(sentenceOf({ ...twice, action: 'grant_revoked', details: by })).toBe(
    'The server ended what was allowed to Zap Its code was used twice',
  )
  const named = { subject_kind: 'user', subject_id: 3, subject_name: 'Bo' }
  expect(sentenceOf({ ...failure, ...named })).toBe('Somebody failed to sign in as Bo')
  const token = { subject_kind: 'token', subject_id: 5, subject_name: 'made by hand' }
  expect(sentenceOf({ ...token, means: 'server', action: 'token_created' })).toBe(
    'The server created the token “made by hand”',
  )
})

it('details are words, of a newer server its own (10.20)', () => {
  const changes = {
    visit_every_days: { from: null, to: 28 },
    retention_hours: { from: null, to: 72 },
    role: { from: 'user', to: 'admin' },
    color: { from: null, to: '#1d7a62' },
    is_active: { from: true, to: false },
    reports_to: { from: 3, to: 4 },
    email: {},
    shoe_size: { from: 41, to: '' },
  }
  const nameOf = (id: number) => (id === 3 ? 'Bo' : undefined)
  const lines = changesOf(entry({ action: 'settings_changed', details: { changes } }), nameOf)
  expect(lines[0]).toEqual(['Regular visits: ', 'none', ' → ', `every 28${noBreak}days`])
  expect(lines.map((parts) => parts.join(''))).toEqual([
    `Regular visits: none → every 28${noBreak}days`,
    `Programs can catch up for: the server’s default → 72${noBreak}hours`,
    'Role: Rep or manager → Admin',
    'Colour: chosen by Doorstep → #1d7a62',
    'Offered to reps: yes → no',
    'Reports to: Bo → User 4',
    'E-mail changed',
    'shoe size: 41 → none',
  ])
  expect(outcomesOf(entry({ details: { by: 'link' } }))).toEqual(['With a one-time link'])
  expect(outcomesOf(entry({ details: { by: 'a_new_way' } }))).toEqual(['a new way'])
})
