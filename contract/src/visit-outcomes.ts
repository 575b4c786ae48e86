import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { outcomeNameLengthMax, outcomePositionMax, outcomesPerPageMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, nullable, pages, sortBy } from './parameters.ts'

/** The last four are returned with `include=style` only (PROTOCOL 4.7). */
export const VisitOutcome = Type.Object({
  id: Id,
  name: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  color: Type.Optional(nullable(Type.String({ description: '`#rrggbb`' }))),
  icon: Type.Optional(nullable(Type.String())),
  position: Type.Optional(Type.Integer({ description: 'Rank in the list of choices' })),
  active: Type.Optional(Type.Boolean({ description: 'Whether new visits may use it' })),
})

const include = Type.Optional(Type.Enum(['style']))

export const VisitOutcomeQuery = Type.Object({
  ...pages(outcomesPerPageMax),
  sort_by: sortBy(['id'], 'id'),
  ids: Type.Optional(Ids),
  include,
})

const tag = 'Visit outcomes'

export const listVisitOutcomes = {
  id: 'listVisitOutcomes',
  method: 'GET',
  path: '/v2/visit_outcomes',
  tag,
  summary: 'List visit outcomes',
  scopes: ['read'],
  query: VisitOutcomeQuery,
  answer: collection(item(VisitOutcome, 'visit_outcome')),
} as const satisfies Operation

const one = {
  tag,
  resource: 'visit_outcome',
  query: Type.Object({ include }),
  answer: item(VisitOutcome, 'visit_outcome'),
} as const

const params = Type.Object({ id: Id })

const Name = Type.String({ minLength: 1, maxLength: outcomeNameLengthMax })

const style = {
  color: Type.Optional(nullable(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }))),
  icon: Type.Optional(nullable(Type.String({ pattern: '^[a-z0-9-]{1,40}$' }))),
  position: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: outcomePositionMax,
      description: 'The others move; by default the last',
    }),
  ),
  active: Type.Optional(Type.Boolean()),
}

export const getVisitOutcome = {
  ...one,
  id: 'getVisitOutcome',
  method: 'GET',
  path: '/v2/visit_outcomes/:id',
  summary: 'One visit outcome',
  scopes: ['read'],
  params,
} as const satisfies Operation

export const createVisitOutcome = {
  ...one,
  id: 'createVisitOutcome',
  method: 'POST',
  path: '/v2/visit_outcomes',
  summary: 'Add a visit outcome',
  description: 'For admins. No two active outcomes have the same name.',
  scopes: ['write'],
  isForAdmins: true,
  body: Type.Object({ name: Name, ...style }),
} as const satisfies Operation

export const updateVisitOutcome = {
  ...one,
  id: 'updateVisitOutcome',
  method: 'PUT',
  path: '/v2/visit_outcomes/:id',
  summary: 'Change a visit outcome',
  description:
    'For admins. A new name is written to its visits in the background, each with an `updated` ' +
    'event of cause `embedded_object_event`.',
  scopes: ['write'],
  isForAdmins: true,
  params,
  body: Type.Object({ name: Type.Optional(Name), ...style }),
} as const satisfies Operation

export const mergeVisitOutcome = {
  ...one,
  id: 'mergeVisitOutcome',
  method: 'POST',
  path: '/v2/visit_outcomes/:id/merge',
  summary: 'Merge a visit outcome into another',
  description:
    'For admins. It becomes inactive immediately. Its visits get the other one in the ' +
    'background, each with an `updated` event of cause `system`.',
  scopes: ['write'],
  isForAdmins: true,
  params,
  body: Type.Object({ into_id: Id }),
} as const satisfies Operation

export type VisitOutcome = Type.Static<typeof VisitOutcome>
export type VisitOutcomeQuery = Type.Static<typeof VisitOutcomeQuery>
export type VisitOutcomeCollection = Type.Static<typeof listVisitOutcomes.answer>
export type VisitOutcomeItem = Type.Static<typeof getVisitOutcome.answer>
export type VisitOutcomeDraft = Type.Static<typeof createVisitOutcome.body>
export type VisitOutcomeChange = Type.Static<typeof updateVisitOutcome.body>
