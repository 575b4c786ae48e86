import type { AuditEntry } from '@doorstep/contract/audit'
import { expect, it } from 'vitest'

import { actionOf, actorOf, outcomesOf, subjectOf } from './sentences.ts'

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
    'The server ended the import 4 state: failed',
  )
  const pin = { subject_kind: 'pin_change', subject_id: 7, details: { status: 'rejected' } }
  expect(sentenceOf({ ...pin, actor_name: 'Bo', actor_id: 3, action: 'pin_decided' })).toBe(
    'Bo decided on pin change 7 status: rejected',
  )
  const failure = { action: 'sign_in_failed' }
  expect(sentenceOf(failure)).toBe('Somebody failed to sign in as an unknown address')
  const named = { subject_kind: 'user', subject_id: 3, subject_name: 'Bo' }
  expect(sentenceOf({ ...failure, ...named })).toBe('Somebody failed to sign in as Bo')
})
