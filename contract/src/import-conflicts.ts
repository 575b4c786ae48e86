import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

export const conflictStatuses = ['open', 'kept_ours', 'took_theirs', 'superseded'] as const

const Time = Type.String({ format: 'date-time' })

/** A visit that was changed both here and in Sell. The local state has stayed. */
export const ImportConflict = Type.Object({
  id: Id,
  visit_id: Id,
  differs: Type.Array(Type.String(), {
    description: 'The attributes that differ, or `deleted` if one side deleted the visit',
  }),
  item: Type.Unknown({ description: 'Sell’s item as it was received' }),
  status: Type.Enum(conflictStatuses),
  created_at: Time,
  resolved_at: nullable(Time),
  resolved_by: nullable(Id),
})

const shared = { tag: 'Imports', resource: 'import_conflict', isForAdmins: true } as const

export const listImportConflicts = {
  ...shared,
  id: 'listImportConflicts',
  method: 'GET',
  path: '/v2/import_conflicts',
  summary: 'List visits that were changed both here and in Sell',
  description: 'For admins.',
  scopes: ['read'],
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    status: Type.Optional(Type.Enum(conflictStatuses)),
  }),
  answer: collection(item(ImportConflict, 'import_conflict')),
} as const satisfies Operation

export const updateImportConflict = {
  ...shared,
  id: 'updateImportConflict',
  method: 'PUT',
  path: '/v2/import_conflicts/:id',
  summary: 'Keep the local state, or take Sell’s',
  description: 'For admins. Taking Sell’s state appends an event of the visit.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  body: Type.Object({ status: Type.Enum(['kept_ours', 'took_theirs']) }),
  answer: item(ImportConflict, 'import_conflict'),
} as const satisfies Operation

export type ImportConflict = Type.Static<typeof ImportConflict>
