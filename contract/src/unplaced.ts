import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { unplacedCountMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'
import { locationPrecisions } from './records.ts'

export const unplacedReasons = [
  'address_missing',
  'address_imprecise',
  'waiting',
  'not_found',
  'refused',
  'unavailable',
] as const

/** A lead or contact at which no visit can be verified, with the reason. */
export const Unplaced = Type.Object({
  resource_type: Type.Enum(['lead', 'contact']),
  resource_id: Id,
  name: Type.String(),
  owner_id: nullable(Id),
  address: nullable(Type.String()),
  reason: Type.Enum(unplacedReasons),
  location_precision: nullable(Type.Enum(locationPrecisions)),
  detail: nullable(Type.String()),
})

const Kind = Type.Enum(['lead', 'contact'])
const filters = {
  owner_id: Type.Optional(Id),
  below: Type.Optional(
    Type.Integer({ ...Id, description: 'Owned by this user or anyone below along `reports_to`' }),
  ),
}

export const listUnplaced = {
  id: 'listUnplaced',
  method: 'GET',
  path: '/v2/unplaced',
  tag: 'Leads and contacts',
  summary: 'List leads and contacts without a precise location',
  scopes: ['read'],
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    resource_type: Type.Optional(Kind),
    reason: Type.Optional(Type.Enum(unplacedReasons)),
    ...filters,
  }),
  answer: collection(item(Unplaced, 'unplaced')),
} as const satisfies Operation

const Count = Type.Integer({ minimum: 0 })

/** How many there are for each reason. */
export const UnplacedCounts = Type.Object({
  address_missing: Count,
  address_imprecise: Count,
  waiting: Count,
  not_found: Count,
  refused: Count,
  unavailable: Count,
  is_complete: Type.Boolean({ description: `Whether at most ${unplacedCountMax} of a kind` }),
  has_geocoder: Type.Boolean({ description: 'Whether addresses are looked up at all' }),
})

export const getUnplacedCounts = {
  id: 'getUnplacedCounts',
  method: 'GET',
  path: '/v2/unplaced_counts',
  tag: 'Leads and contacts',
  summary: 'Count leads and contacts without a precise location, by reason',
  description: `Counts the first ${unplacedCountMax} leads and as many contacts.`,
  scopes: ['read'],
  query: Type.Object(filters),
  answer: item(UnplacedCounts, 'unplaced_counts'),
} as const satisfies Operation

export const createGeocodingRetry = {
  id: 'createGeocodingRetry',
  method: 'POST',
  path: '/v2/geocoding_retries',
  tag: 'Leads and contacts',
  summary: 'Ask the geocoder again',
  description:
    'About one record, or about all that failed for a reason: for admins of everybody, for others ' +
    'their own and those of the users below them. A `resource_id` needs its `resource_type`. ' +
    'Returns how many wait again.',
  scopes: ['write'],
  resource: 'geocoding_retry',
  query: Type.Object({}),
  body: Type.Object({
    resource_type: Type.Optional(Kind),
    resource_id: Type.Optional(Id),
    reason: Type.Optional(Type.Enum(['not_found', 'refused', 'unavailable'])),
  }),
  answer: item(Type.Object({ waiting: Count }), 'geocoding_retry'),
} as const satisfies Operation

export type UnplacedCounts = Type.Static<typeof UnplacedCounts>
export type Unplaced = Type.Static<typeof Unplaced>
