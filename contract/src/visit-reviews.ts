import Type from 'typebox'

import { item } from './envelopes.ts'
import { reviewStates } from './findings.ts'
import { reviewNoteLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

/** How the review of a visit stands. */
export const VisitReview = Type.Object({
  visit_id: Id,
  state: Type.Enum(reviewStates),
  note: nullable(Type.String()),
  by: Id,
  at: Type.String({ format: 'date-time' }),
})

export const updateVisitReview = {
  id: 'updateVisitReview',
  method: 'PUT',
  path: '/v2/visits/:id/review',
  tag: 'Visits',
  resource: 'visit_review',
  summary: 'Review a visit, or ask for a review of your own',
  description:
    'Admins and managers above its creator keep or dismiss a visit, never one of their own. Its ' +
    'creator may send `asked`, after which it is `open`. The verdict stays as it is.',
  scopes: ['write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
  body: Type.Object({
    state: Type.Enum(['kept', 'dismissed', 'asked']),
    note: Type.Optional(nullable(Type.String({ maxLength: reviewNoteLengthMax }))),
  }),
  answer: item(VisitReview, 'visit_review'),
} as const satisfies Operation

export type VisitReview = Type.Static<typeof VisitReview>
