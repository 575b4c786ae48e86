import Type from 'typebox'

import { Device } from './devices.ts'
import { collection, item } from './envelopes.ts'
import { reviewStates, verificationReasons } from './findings.ts'
import { summaryLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import {
  Id,
  minPosition,
  nullable,
  pagesOrWalk,
  severalOf,
  sortBy,
  Time,
  walk,
  ExternalIds,
} from './parameters.ts'
import { VerificationStatus, visitFilterRules, visitFilters } from './visit-filters.ts'

const Degrees = Type.Object({ latitude: Type.Number(), longitude: Type.Number() })

const evidence = {
  status: VerificationStatus,
  reason: Type.Enum(verificationReasons),
  distance_m: nullable(Type.Number()),
  radius_m: Type.Number(),
  accuracy_m: nullable(Type.Number()),
  accuracy_confidence: nullable(Type.Number()),
  fix_at: nullable(Type.String({ format: 'date-time' })),
  captured_at: nullable(Type.String({ format: 'date-time' })),
  point: nullable(Degrees),
  precision: nullable(Type.String()),
  placed_by: nullable(Id),
  radius_set_by: nullable(Id),
  ruleset: Type.String(),
  flags: Type.Array(Type.String()),
} as const

/** A verdict with its evidence (PROTOCOL 4.6); null if the visit was judged elsewhere. */
export const Verification = nullable(
  Type.Object({
    ...evidence,
    location: Type.Optional(
      nullable(
        Type.Object(Degrees.properties, {
          description: 'Where the rep was, while it is kept; not in answers to writes',
        }),
      ),
    ),
  }),
)

/** The same without where the rep was. */
const Finding = nullable(Type.Object(evidence))

/** The lead or contact as it is now; null if it was deleted. */
const VisitResource = nullable(
  Type.Object({
    name: Type.String(),
    address: nullable(Type.String()),
    latitude: nullable(Type.Number()),
    longitude: nullable(Type.Number()),
    owner_id: nullable(Id),
    verification_radius_m: nullable(Type.Number()),
  }),
)

/** Null if the user is not stored here. */
const VisitCreator = nullable(
  Type.Object({ name: Type.String(), timezone: nullable(Type.String()) }),
)

/** Null if there is nothing to review. */
const VisitReview = nullable(
  Type.Object({
    state: Type.Enum(reviewStates),
    note: nullable(Type.String()),
    by: nullable(Id),
    at: nullable(Type.String({ format: 'date-time' })),
  }),
)

/** A visit in the list, with its keys in this order (PROTOCOL 4.1). */
export const Visit = Type.Object({
  id: Id,
  creator_id: Id,
  outcome_id: Type.Union([Id, Type.Null()]),
  resource_type: Type.Enum(['lead', 'contact']),
  resource_id: Id,
  visited_at: Type.String({ format: 'date-time' }),
  resource_address: Type.Union([Type.String(), Type.Null()]),
  rep_location_verification_status: VerificationStatus,
  summary: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  verification: Type.Optional(Verification),
  finding: Type.Optional(Finding),
  resource: Type.Optional(VisitResource),
  creator: Type.Optional(VisitCreator),
  review: Type.Optional(VisitReview),
  external_ids: Type.Optional(ExternalIds),
})

const visitParts = [
  'verification',
  'finding',
  'resource',
  'creator',
  'review',
  'external_ids',
] as const
const include = Type.Optional(severalOf(Type.Enum(visitParts), visitParts.length))

export const VisitQuery = Type.Object(
  {
    ...pagesOrWalk(),
    sort_by: sortBy(['id', 'visited_at', 'created_at', 'updated_at'], 'id'),
    ...walk,
    ...visitFilters,
    include,
    min_position: minPosition,
  },
  visitFilterRules,
)

export const listVisits = {
  id: 'listVisits',
  method: 'GET',
  path: '/v2/visits',
  tag: 'Visits',
  summary: 'List visits',
  description:
    'Lists all visits that the token’s user may see. `resource_id` needs `resource_type`. ' +
    'Visits to a `prospect_and_customer` are listed as `contact`. A filter with several values, as ' +
    'in `outcome_id=1,2`, finds visits that have any of them.',
  scopes: ['read'],
  query: VisitQuery,
  answer: collection(item(Visit, 'visit')),
} as const satisfies Operation

const Summary = nullable(
  Type.String({ maxLength: summaryLengthMax, description: 'Its length counts code points' }),
)

const one = {
  tag: 'Visits',
  resource: 'visit',
  answer: Type.Object({
    data: Visit,
    meta: Type.Object({
      type: Type.Literal('visit'),
      position: Type.Optional(
        Type.String({
          description:
            'Readers of the stream at or past it have seen the write, and so do reads with it as ' +
            'min_position',
        }),
      ),
    }),
  }),
} as const

const params = Type.Object({ id: Id })
const included = Type.Object({ include: Type.Optional(Type.Enum(['verification'])) })

export const getVisit = {
  ...one,
  id: 'getVisit',
  method: 'GET',
  path: '/v2/visits/:id',
  summary: 'One visit',
  scopes: ['read'],
  params,
  query: Type.Object({ include, min_position: minPosition }),
} as const satisfies Operation

export const createVisit = {
  ...one,
  id: 'createVisit',
  method: 'POST',
  path: '/v2/visits',
  summary: 'Log a visit',
  description:
    'The creator is the token’s user; the server judges the location. Send `Idempotency-Key`: ' +
    'for 30 days, the same key with the same body, except `sent_at`, gets the same answer.',
  scopes: ['write'],
  query: included,
  body: Type.Object({
    resource_type: Type.Enum(['lead', 'contact']),
    resource_id: Id,
    outcome_id: Type.Optional(nullable(Id)),
    summary: Type.Optional(Summary),
    visited_at: Type.Optional(Time),
    device: Type.Optional(nullable(Device)),
  }),
  beyondKey: ['/device/sent_at'],
} as const satisfies Operation

export const updateVisit = {
  ...one,
  id: 'updateVisit',
  method: 'PUT',
  path: '/v2/visits/:id',
  summary: 'Change a visit',
  scopes: ['write'],
  params,
  query: included,
  body: Type.Object({
    outcome_id: Type.Optional(nullable(Id)),
    summary: Type.Optional(Summary),
    visited_at: Type.Optional(Time),
  }),
} as const satisfies Operation

export const deleteVisit = {
  id: 'deleteVisit',
  method: 'DELETE',
  path: '/v2/visits/:id',
  tag: 'Visits',
  summary: 'Delete a visit',
  scopes: ['write'],
  params,
  query: Type.Object({}),
} as const satisfies Operation

export type VisitItem = Type.Static<typeof one.answer>
export type VisitDraft = Type.Static<typeof createVisit.body>
export type VisitChange = Type.Static<typeof updateVisit.body>
export type Visit = Type.Static<typeof Visit>
export type VisitQuery = Type.Static<typeof VisitQuery>
export type VisitCollection = Type.Static<typeof listVisits.answer>
