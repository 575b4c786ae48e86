import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { outcomesPerPageMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, pages, sortBy } from './parameters.ts'

export const VisitOutcome = Type.Object({
  id: Id,
  name: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})

export const VisitOutcomeQuery = Type.Object({
  ...pages(outcomesPerPageMax),
  sort_by: sortBy(['id'], 'id'),
  ids: Type.Optional(Ids),
})

export const listVisitOutcomes = {
  id: 'listVisitOutcomes',
  method: 'GET',
  path: '/v2/visit_outcomes',
  tag: 'Visit outcomes',
  summary: 'List visit outcomes',
  scope: 'read',
  query: VisitOutcomeQuery,
  answer: collection(item(VisitOutcome, 'visit_outcome')),
} as const satisfies Operation

export type VisitOutcome = Type.Static<typeof VisitOutcome>
export type VisitOutcomeQuery = Type.Static<typeof VisitOutcomeQuery>
export type VisitOutcomeCollection = Type.Static<typeof listVisitOutcomes.answer>
