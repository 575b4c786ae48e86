import type { Import } from '@doorstep/contract/imports'
import { expect, it } from 'vitest'

import { phasesOf, secondsLeft, stateOf, visitsRead } from './phases.ts'

const list = (name: string, read: number, seconds = 1) => ({
  list: name,
  read,
  seconds,
  not_given: null,
})

const reading: Import = {
  id: 1,
  source: 'sell',
  base_url: 'https://api.getbase.com',
  phase: 'visits',
  is_running: true,
  is_complete: false,
  counts: { read: 0, created: 0, updated: 0, unchanged: 0, conflicts: 0, rejected: 0, events: 0 },
  expected: 250_000,
  state: 'running',
  needs_token: false,
  lists: [
    list('visit_outcomes', 5),
    list('users', 38),
    list('leads', 18_240, 19),
    list('contacts', 41_906, 42),
    list('visits', 150_000, 149),
  ],
  second_look: { ranges: 0, checked: 0 },
  pages_left: 1_000,
  estimated_seconds_left: 107,
  requests: 1_500,
  repeated: 0,
  requests_per_second: 9.8,
  visits_per_second: 1_000,
  waits: { count: 0, seconds: 0 },
  behind_seconds: null,
  gaps: [],
  rests_on: [],
  rejected_count: 0,
  open_conflicts: 0,
  rejected: [],
  files: null,
  last_error: null,
  started_at: '2026-11-26T14:05:00Z',
  updated_at: '2026-11-26T14:08:31Z',
  finished_at: null,
}

const statesOf = (sellImport: Import) => phasesOf(sellImport).map(({ state }) => state)

it('six phases follow each other, the second look after what changed meanwhile', () => {
  expect(statesOf({ ...reading, phase: 'lists', lists: [] })).toEqual([
    'running',
    ...Array.from({ length: 5 }, () => 'todo'),
  ])
  expect(statesOf({ ...reading, phase: 'lists', lists: [list('leads', 100)] })[1]).toBe('running')
  expect(phasesOf(reading)).toMatchObject([
    { state: 'done', share: 1, seconds: 2 },
    { state: 'done', seconds: 19 },
    { state: 'done', seconds: 42 },
    { state: 'running', share: 0.6, seconds: 149 },
    { state: 'todo', seconds: null },
    { state: 'todo' },
  ])
  const changes: Import = { ...reading, phase: 'changes' }
  expect(statesOf(changes).slice(4)).toEqual(['running', 'todo'])
  const look: Import = { ...changes, second_look: { ranges: 4, checked: 1 } }
  expect(phasesOf(look)[5]).toMatchObject({ state: 'running', share: 0.25 })
  expect(statesOf({ ...look, is_running: false })[5]).toBe('stopped')
  expect(new Set(statesOf({ ...reading, phase: 'done' }))).toEqual(new Set(['done']))
})

it('the time left is what is left by the rate of the last minute', () => {
  expect(secondsLeft(reading)).toBe(100)
  expect(secondsLeft({ ...reading, visits_per_second: 0 })).toBe(107)
  expect(secondsLeft({ ...reading, is_running: false })).toBe(null)
  expect(secondsLeft({ ...reading, phase: 'changes' })).toBe(null)
  expect(visitsRead({ ...reading, lists: [list('visits', 251_000)] })).toBe(250_000)
})

it('an import that does not run is paused, has failed or is done', () => {
  expect(stateOf(reading)).toBe('running')
  expect(stateOf({ ...reading, phase: 'following' })).toBe('following')
  const ended: Import = { ...reading, is_running: false, state: 'paused' }
  expect(stateOf(ended)).toBe('paused')
  expect(stateOf({ ...ended, last_error: 'Sell answered 401' })).toBe('failed')
  expect(stateOf({ ...ended, phase: 'done', state: 'done' })).toBe('done')
})
