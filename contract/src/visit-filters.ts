import Type from 'typebox'

import {
  lackable,
  reviewFlags,
  reviewStates,
  verificationReasons,
  verificationStatuses,
} from './findings.ts'
import { filterValuesMax, nearMaxM } from './limits.ts'
import { externalIdFilters, Id, Ids, numbers, severalOf, timeRange } from './parameters.ts'

export const VerificationStatus = Type.Enum(verificationStatuses)

export const latitude = (title: string) => Type.Number({ title, minimum: -90, maximum: 90 })
export const longitude = (title: string) => Type.Number({ title, minimum: -180, maximum: 180 })
const metres = Type.Number({ title: 'metres', minimum: 0, maximum: nearMaxM })

/** The filters of visits (PROTOCOL 4.3, 4.5), for whatever answers visits or sums of them. */
export const visitFilters = {
  outcome_id: Type.Optional(severalOf(Id, filterValuesMax)),
  creator_id: Type.Optional(severalOf(Id, filterValuesMax)),
  resource_type: Type.Optional(Type.Enum(['lead', 'contact'])),
  resource_id: Type.Optional(Id),
  rep_location_verification_status: Type.Optional(severalOf(VerificationStatus, filterValuesMax)),
  ids: Type.Optional(Ids),
  ...externalIdFilters,
  visited_at: Type.Optional(timeRange),
  created_at: Type.Optional(timeRange),
  updated_at: Type.Optional(timeRange),
  near: Type.Optional(
    numbers<[latitude: number, longitude: number, metres: number]>(
      [latitude('latitude'), longitude('longitude'), metres],
      'No farther than this from a place, by where the lead or contact is now',
    ),
  ),
  bbox: Type.Optional(
    numbers<[west: number, south: number, east: number, north: number]>(
      [longitude('west'), latitude('south'), longitude('east'), latitude('north')],
      'Where the lead or contact is now; west above east crosses the antimeridian',
    ),
  ),
  below: Type.Optional(
    Type.Integer({ ...Id, description: 'Made by this user or anyone below along `reports_to`' }),
  ),
  reason: Type.Optional(severalOf(Type.Enum(verificationReasons), filterValuesMax)),
  flag: Type.Optional(severalOf(Type.Enum(reviewFlags), filterValuesMax)),
  review: Type.Optional(Type.Enum(reviewStates)),
  without: Type.Optional(
    Type.Enum(lackable, {
      description: 'Visits without an outcome; or without a reason, which were judged elsewhere',
    }),
  ),
}

/** What filters need of one another, for the schema of a query that has them. */
export const visitFilterRules = { dependentRequired: { resource_id: ['resource_type'] } }

const VisitFilters = Type.Object(visitFilters)
export type VisitFilters = Type.Static<typeof VisitFilters>
