import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { sellTokenLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const importPhases = ['lists', 'visits', 'changes', 'following', 'done'] as const

const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** An import that reads everything from another service over its API. */
export const Import = Type.Object({
  id: Id,
  source: Type.Enum(['sell']),
  base_url: Type.String(),
  phase: Type.Enum(importPhases),
  is_running: Type.Boolean(),
  is_complete: Type.Boolean({
    description: 'Everything was read, provided that the lists in `rests_on` are complete',
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
  expected: Type.Integer({ description: 'The approximate number of visits in Sell' }),
  pages_left: Count,
  seconds_left: nullable(Count),
  requests: Count,
  repeated: Count,
  behind_seconds: nullable(
    Type.Integer({
      description:
        'Seconds since Sell’s changes were last read to the end; null: they cannot be followed',
    }),
  ),
  gaps: Type.Array(
    Type.Object({
      list: Type.String(),
      filter: Type.String(),
      reason: Type.String(),
      missing_max: nullable(Count),
    }),
    { description: 'Parts of lists that could not be proven to be complete' },
  ),
  rests_on: Type.Array(Type.String(), {
    description: 'Parameters whose values are known only from Sell’s own lists',
  }),
  rejected: Type.Array(
    Type.Object({ field: Type.String(), reason: Type.String(), item: Type.String() }),
    { description: 'The first rejected items; empty in lists of imports' },
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
  summary: 'List imports and their progress',
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
  summary: 'The progress of an import',
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
  summary: 'Start or resume an import from Sell',
  description:
    'For admins. It also imports users and their roles. Sell’s token stays in memory while the ' +
    'import runs and is stored nowhere: send it again after a restart of the server. The address ' +
    'of Sell is a setting of the server.',
  scopes: ['profile', 'write'],
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
  description: 'For admins. Imported objects stay, and the import can be resumed.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Import = Type.Static<typeof Import>
