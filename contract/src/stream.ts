import Type from 'typebox'

import { positionLengthMax, streamLimitDefault, streamLimitMax, streamWaitMaxS } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, minPosition, nullable } from './parameters.ts'
import { VerificationStatus } from './visit-filters.ts'

/** A visit in the stream (PROTOCOL 5.3). */
export const VisitSnapshot = Type.Object({
  summary: nullable(Type.String()),
  sales_rep_location: Type.Object({
    latitude: nullable(Type.Number()),
    verification_status: VerificationStatus,
    longitude: nullable(Type.Number()),
  }),
  creator_id: Id,
  resource_type: Type.Enum(['lead', 'contact', 'prospect_and_customer']),
  resource_id: Id,
  created_at: Type.String({ format: 'date-time' }),
  visited_at: Type.String({ format: 'date-time' }),
  id: Id,
  outcome: nullable(
    Type.Object({
      has_original_name: Type.Boolean(),
      name: nullable(
        Type.String({ description: 'null only while the server does not know the outcome' }),
      ),
      id: Id,
    }),
  ),
})

export const eventTypes = ['created', 'updated', 'deleted'] as const
export const eventCauses = ['interaction', 'system', 'embedded_object_event'] as const

export const VisitEvent = Type.Object({
  data: VisitSnapshot,
  meta: Type.Object({
    event_cause: Type.Enum(eventCauses),
    sequence: Type.Integer({ minimum: 1 }),
    event_id: Type.String(),
    event_type: Type.Enum(eventTypes),
    previous: Type.Optional(
      Type.Partial(VisitSnapshot, { description: 'The old values; in `updated` events only' }),
    ),
    type: Type.Literal('visit'),
    event_time: Type.String({ format: 'date-time' }),
  }),
})

export const StreamQuery = Type.Object({
  position: Type.String({
    minLength: 1,
    maxLength: positionLengthMax,
    description:
      '`tail` (before the oldest event), `top` (after the newest), or a position of an answer',
  }),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: streamLimitMax, default: streamLimitDefault }),
  ),
  min_position: minPosition,
  wait: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: streamWaitMaxS,
      description: 'Holds an empty answer until an event arrives, for at most this many seconds',
    }),
  ),
})

export const streamVisits = {
  id: 'streamVisits',
  method: 'GET',
  path: '/v3/visits/stream',
  tag: 'Visits',
  summary: 'Read the stream of visit events',
  description:
    'Start at `tail` and continue with `meta.position` until `meta.top` is true. Then poll, or ' +
    'let `wait` hold the answer until there are events. Events are stored for the retention ' +
    'time; a position whose next event has been deleted is 410.',
  scopes: ['read'],
  query: StreamQuery,
  answer: Type.Object({
    items: Type.Array(VisitEvent),
    meta: Type.Object({
      links: Type.Object({ next: Type.String() }),
      position: Type.String(),
      top: Type.Boolean(),
    }),
  }),
} as const satisfies Operation

/** A visit that the token's user does not see any more. */
export const OutOfSight = Type.Object({
  data: Type.Object({ id: Id }),
  meta: Type.Object({
    event_cause: Type.Literal('system'),
    sequence: Type.Integer({ minimum: 1 }),
    event_id: Type.String(),
    event_type: Type.Literal('deleted'),
    reason: Type.Literal('out_of_sight'),
    type: Type.Literal('visit'),
    event_time: Type.String({ format: 'date-time' }),
  }),
})

const { position, limit, wait } = StreamQuery.properties

export const listVisitChanges = {
  id: 'listVisitChanges',
  method: 'GET',
  path: '/v2/visits/changes',
  tag: 'Visits',
  summary: 'Read the changes of the visits that you see',
  description:
    'The stream for everybody: the items, positions and rules of the stream, of the visits that ' +
    'the token’s user may see. A visit that comes into sight is `created` or `updated` with its ' +
    'present state; one that leaves it is `deleted` with the reason `out_of_sight` and nothing ' +
    'but its id. Start with an export and continue from its `Doorstep-Position`.',
  scopes: ['read'],
  query: Type.Object({ position, limit, wait }),
  answer: Type.Object({
    items: Type.Array(Type.Union([VisitEvent, OutOfSight])),
    meta: streamVisits.answer.properties.meta,
  }),
} as const satisfies Operation

export type VisitSnapshot = Type.Static<typeof VisitSnapshot>
export type VisitEvent = Type.Static<typeof VisitEvent>
export type StreamQuery = Type.Static<typeof StreamQuery>
export type StreamPage = Type.Static<typeof streamVisits.answer>
export type VisitChangesPage = Type.Static<typeof listVisitChanges.answer>
