import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, pages, sortBy } from './parameters.ts'

export const verificationStatuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const

export const VerificationStatus = Type.Enum(verificationStatuses)

/** A visit as the list answers it, keys in this order (PROTOCOL 4.1). */
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
})

export const VisitQuery = Type.Object(
  {
    ...pages(),
    sort_by: sortBy(['id', 'visited_at'], 'id'),
    outcome_id: Type.Optional(Id),
    creator_id: Type.Optional(Id),
    resource_type: Type.Optional(Type.Enum(['lead', 'contact'])),
    resource_id: Type.Optional(Id),
    rep_location_verification_status: Type.Optional(VerificationStatus),
    ids: Type.Optional(Ids),
  },
  { dependentRequired: { resource_id: ['resource_type'] } },
)

export const listVisits = {
  id: 'listVisits',
  method: 'GET',
  path: '/v2/visits',
  tag: 'Visits',
  summary: 'List visits',
  description:
    'All visits that the token’s user may see. `resource_id` needs `resource_type`. ' +
    'Visits to a `prospect_and_customer` are listed as `contact`.',
  scope: 'read',
  query: VisitQuery,
  answer: collection(item(Visit, 'visit')),
} as const satisfies Operation

export type Visit = Type.Static<typeof Visit>
export type VisitQuery = Type.Static<typeof VisitQuery>
export type VisitCollection = Type.Static<typeof listVisits.answer>
