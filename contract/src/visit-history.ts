import Type from 'typebox'

import { Links } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages } from './parameters.ts'
import { Verification } from './visits.ts'

/** What happened to a visit: an event, a review, or a finding that was replaced. */
export const HistoryEntry = Type.Object({
  type: Type.Enum(['created', 'updated', 'deleted', 'review', 'earlier_finding']),
  sequence: Type.Integer({
    description: 'Of the event; of the others, of the last event before',
  }),
  at: Type.String({
    format: 'date-time',
    description: 'When it happened; of an earlier finding, when it was replaced',
  }),
  cause: nullable(Type.Enum(['interaction', 'system', 'embedded_object_event'])),
  previous: nullable(
    Type.Record(Type.String(), Type.Unknown(), {
      description:
        'The old value of each attribute that an update changed, as in the stream, but without ' +
        'coordinates of the rep',
    }),
  ),
  verification: Verification,
  review: nullable(
    Type.Object({
      state: Type.Enum(['asked', 'kept', 'dismissed']),
      note: nullable(Type.String()),
      by: Id,
    }),
  ),
})

export const listVisitHistory = {
  id: 'listVisitHistory',
  method: 'GET',
  path: '/v2/visits/:id/history',
  tag: 'Visits',
  summary: 'What happened to a visit, the oldest first',
  description:
    'Its stored events, reviews and earlier findings. `meta.expired_events` counts older events, which ' +
    'the stream no longer stores.',
  scopes: ['read'],
  params: Type.Object({ id: Id }),
  query: Type.Object(pages()),
  answer: Type.Object({
    items: Type.Array(
      Type.Object({
        data: HistoryEntry,
        meta: Type.Object({ type: Type.Literal('visit_history_entry') }),
      }),
    ),
    meta: Type.Object({
      type: Type.Literal('collection'),
      count: Type.Integer(),
      links: Links,
      expired_events: Type.Integer(),
    }),
  }),
} as const satisfies Operation

export type HistoryEntry = Type.Static<typeof HistoryEntry>
