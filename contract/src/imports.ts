import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const importPhases = ['lists', 'visits', 'changes', 'following', 'done'] as const
export const sellTokenLengthMax = 4_096

const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** An import that asks another service for everything. */
export const Import = Type.Object({
  id: Id,
  source: Type.Enum(['sell']),
  base_url: Type.String(),
  phase: Type.Enum(importPhases),
  is_running: Type.Boolean(),
  is_complete: Type.Boolean({
    description: 'Everything was read, given that the lists in `rests_on` are whole',
  }),
  counts: Type.Object({
    read: Count,
    created: Count,
    updated: Count,
    unchanged: Count,
    conflicts: Count,
    rejected: Count,
    events: Count,
  }),
  expected: Type.Integer({ description: 'About how many visits there are in Sell' }),
  pages_left: Count,
  seconds_left: nullable(Count),
  requests: Count,
  repeated: Count,
  behind_seconds: nullable(
    Type.Integer({ description: 'Since when changes in Sell may be missing; null: for ever' }),
  ),
  gaps: Type.Array(
    Type.Object({
      list: Type.String(),
      filter: Type.String(),
      reason: Type.String(),
      missing_max: nullable(Count),
    }),
    { description: 'What could not be proven to have been read whole' },
  ),
  rests_on: Type.Array(Type.String(), {
    description: 'Parameters whose values only Sell’s own lists name',
  }),
  rejected: Type.Array(
    Type.Object({ field: Type.String(), reason: Type.String(), item: Type.String() }),
    { description: 'The first items that could not be kept; in lists: none' },
  ),
  last_error: nullable(Type.String()),
  started_at: Time,
  updated_at: Time,
  finished_at: nullable(Time),
})

const shared = { tag: 'Imports', resource: 'import', isForAdmins: true } as const

export const listImports = {
  ...shared,
  id: 'listImports',
  method: 'GET',
  path: '/v2/imports',
  summary: 'List imports and what they have come to',
  description: 'For admins.',
  scopes: ['read'],
  query: Type.Object({ ...pages(), sort_by: sortBy(['id'], 'id') }),
  answer: collection(item(Import, 'import')),
} as const satisfies Operation

export const getImport = {
  ...shared,
  id: 'getImport',
  method: 'GET',
  path: '/v2/imports/:id',
  summary: 'Watch an import',
  description: 'For admins.',
  scopes: ['read'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  answer: item(Import, 'import'),
} as const satisfies Operation

export const createImport = {
  ...shared,
  id: 'createImport',
  method: 'POST',
  path: '/v2/imports',
  summary: 'Start an import from Sell, or go on with it',
  description:
    'For admins. Sell’s token is held in memory while the import runs and is kept nowhere: after ' +
    'a restart of the server it has to be sent again. Where Sell answers is a setting of the server.',
  scopes: ['write'],
  query: Type.Object({}),
  body: Type.Object({
    source: Type.Enum(['sell']),
    token: Type.String({ minLength: 1, maxLength: sellTokenLengthMax }),
    follow: Type.Optional(Type.Boolean()),
  }),
  answer: item(Import, 'import'),
} as const satisfies Operation

export const deleteImport = {
  ...shared,
  id: 'deleteImport',
  method: 'DELETE',
  path: '/v2/imports/:id',
  summary: 'Stop an import',
  description: 'For admins. What was taken in stays, and it can be gone on with.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Import = Type.Static<typeof Import>
