import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { ImportedFiles } from './imported-files.ts'
import { sellTokenLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const importPhases = ['rows', 'lists', 'visits', 'changes', 'following', 'done'] as const

export const importSources = ['sell', 'files'] as const

/** Why a part of a list counts as incomplete; `rejected`: some of its items were rejected. */
export const importGapCauses = ['unproven', 'unread', 'unwatched', 'rejected'] as const

/**
 * `done`: everything was read, and it does not follow changes. `interrupted` and `failed`: of files,
 * which have to be sent again.
 */
export const importStates = ['running', 'paused', 'done', 'interrupted', 'failed'] as const

const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** An import that reads everything from another service over its API, or files. */
export const Import = Type.Object({
  id: Id,
  source: Type.Enum(importSources),
  base_url: nullable(Type.String({ description: 'null: it reads files' })),
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
  state: Type.Enum(importStates, {
    description:
      '`paused`: it can be resumed. Of files also `interrupted` and `failed`: send them again',
  }),
  needs_token: Type.Boolean({ description: 'To resume it, Sell’s token has to be sent' }),
  lists: Type.Array(
    Type.Object({
      list: Type.String(),
      read: Count,
      seconds: Count,
      not_given: nullable(Type.String({ description: 'Why Sell did not give it; no gap' })),
    }),
    {
      description:
        'Items read of each list in this full pass, in how much time, without second looks',
    },
  ),
  second_look: Type.Object(
    { ranges: Count, checked: Count },
    { description: 'Ranges whose pages may have shifted, and how many were compared again' },
  ),
  pages_left: Count,
  estimated_seconds_left: nullable(
    Type.Integer({ minimum: 0, description: 'By the rate of the last minute; null: unknown' }),
  ),
  requests: Count,
  repeated: Count,
  requests_per_second: Type.Number({ description: 'Over the last minute; 0 unless it runs' }),
  visits_per_second: Type.Number({ description: 'Likewise' }),
  waits: Type.Object(
    { count: Count, seconds: Count },
    { description: 'How often Sell has asked to wait, and for how long in all' },
  ),
  behind_seconds: nullable(
    Type.Integer({
      description:
        'Seconds since Sell’s changes were last read to the end; null: they cannot be followed',
    }),
  ),
  gaps: Type.Array(
    Type.Object({
      list: Type.String(),
      cause: Type.Enum(importGapCauses),
      filter: Type.String(),
      reason: Type.String(),
      missing_max: nullable(Count),
    }),
    { description: 'Parts of lists that could not be proven to be complete' },
  ),
  rests_on: Type.Array(Type.String(), {
    description: 'Parameters whose values are known only from Sell’s own lists',
  }),
  rejected_count: Type.Integer({ minimum: 0, description: 'Items that are rejected now' }),
  open_conflicts: Type.Integer({ minimum: 0, description: 'Of the account' }),
  rejected: Type.Array(
    Type.Object({ field: Type.String(), reason: Type.String(), item: Type.String() }),
    { description: 'The first rejected items; empty in lists of imports' },
  ),
  files: nullable(ImportedFiles),
  last_error: nullable(Type.String()),
  started_at: Time,
  updated_at: Time,
  finished_at: nullable(Time),
})

const Token = Type.String({ minLength: 1, maxLength: sellTokenLengthMax })

/** An item that could not be saved. */
export const RejectedItem = Type.Object({
  list: Type.String(),
  field: Type.String(),
  reason: Type.String(),
  item: Type.String({ description: 'As Sell sent it, JSON; of files the row as it stands' }),
  line: nullable(Type.Integer({ minimum: 1, description: 'Of files' })),
  column: nullable(Type.String({ description: 'Of files: the column at fault' })),
  at: Time,
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
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    source: Type.Optional(Type.Enum(importSources)),
  }),
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
    token: Token,
    follow: Type.Optional(Type.Boolean()),
  }),
  answer: item(Import, 'import'),
} as const satisfies Operation

export const updateImport = {
  ...shared,
  id: 'updateImport',
  method: 'PUT',
  path: '/v2/imports/:id',
  summary: 'Pause or resume an import',
  description:
    'For admins. A paused import resumes where it was. The process that ran it still holds Sell’s ' +
    'token; after a restart, or at another process, `token` has to be sent (`needs_token`).',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  body: Type.Object({
    state: Type.Enum(['paused', 'running']),
    token: Type.Optional(Token),
    follow: Type.Optional(Type.Boolean({ description: 'Default: as it was started' })),
  }),
  answer: item(Import, 'import'),
} as const satisfies Operation

export const listRejectedItems = {
  ...shared,
  id: 'listRejectedItems',
  method: 'GET',
  path: '/v2/imports/:id/rejected',
  summary: 'List the items that an import could not save',
  description: 'For admins.',
  scopes: ['read'],
  params: Type.Object({ id: Id }),
  query: Type.Object(pages()),
  answer: collection(item(RejectedItem, 'rejected_item')),
} as const satisfies Operation

export const deleteImport = {
  ...shared,
  id: 'deleteImport',
  method: 'DELETE',
  path: '/v2/imports/:id',
  summary: 'Stop an import',
  description:
    'For admins. Imported objects stay, and the import can be resumed with Sell’s token, which the ' +
    'server forgets.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Import = Type.Static<typeof Import>
