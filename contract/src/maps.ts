import Type from 'typebox'

import { item } from './envelopes.ts'
import { verificationStatuses } from './findings.ts'
import { mapItemsMax, mapPointsMax, zoomMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { externalIdFilters, Id, nullable, numbers, Time } from './parameters.ts'
import { visitFilterRules, visitFilters } from './visit-filters.ts'

const Latitude = Type.Number()
const Longitude = Type.Number()
const Count = Type.Integer({ minimum: 0 })
const Kind = Type.Enum(['lead', 'contact'])
const degrees = (title: string, most: number) =>
  Type.Number({ title, minimum: -most, maximum: most })

const view = {
  bbox: Type.Optional(
    numbers<[west: number, south: number, east: number, north: number]>(
      [degrees('west', 180), degrees('south', 90), degrees('east', 180), degrees('north', 90)],
      'What the map shows; by default the world. West above east crosses the antimeridian. What is ' +
        'on the east or north edge belongs to the next map',
    ),
  ),
  zoom: Type.Integer({
    minimum: 0,
    maximum: zoomMax,
    description: 'As maps on the web count it, with tiles of 512 pixels',
  }),
  clusters: Type.Optional(
    Type.Boolean({
      description:
        `\`false\`: each is a point of its own, if the map shows no more than ` +
        `${mapPointsMax.toLocaleString('en')}; otherwise clusters come all the same`,
    }),
  ),
}

/** What a cluster spans: west, south, east, north. */
const Box = Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })

const Sums = {
  shown: Type.Integer({ description: 'What the map shows: all counts and points together' }),
  total: Type.Integer({ description: 'What the filters leave, on the map or not' }),
  unmapped: Type.Integer({ description: 'What has no place' }),
}

const VisitMap = Type.Object({
  clusters: Type.Array(
    Type.Object({
      latitude: Latitude,
      longitude: Longitude,
      count: Count,
      outcomes: Type.Record(Type.String(), Count, {
        description: 'By the id of the outcome, or `none`',
      }),
      statuses: Type.Record(Type.String(), Count),
      bbox: Box,
    }),
  ),
  points: Type.Array(
    Type.Object({
      id: Id,
      latitude: Latitude,
      longitude: Longitude,
      outcome_id: nullable(Id),
      status: Type.Enum(verificationStatuses),
      creator_id: Id,
      visited_at: Type.String({ format: 'date-time' }),
    }),
  ),
  ...Sums,
})

const CustomerMap = Type.Object({
  clusters: Type.Array(
    Type.Object({ latitude: Latitude, longitude: Longitude, count: Count, bbox: Box }),
  ),
  points: Type.Array(
    Type.Object({
      resource_type: Kind,
      id: Id,
      latitude: Latitude,
      longitude: Longitude,
      owner_id: nullable(Id),
      last_visit: nullable(
        Type.Object({ at: Type.String({ format: 'date-time' }), outcome_id: nullable(Id) }),
      ),
    }),
  ),
  ...Sums,
})

const items = `At most ${mapItemsMax.toLocaleString('en')} clusters and points: a larger map has larger clusters.`

export const getVisitMap = {
  id: 'getVisitMap',
  method: 'GET',
  path: '/v2/map/visits',
  tag: 'Maps and reports',
  summary: 'Visits on a map',
  description:
    'Each visit stands at its lead or contact, and where that has no place, where the rep was, as ' +
    `long as that is kept. Takes the filters of the list; \`bbox\` is what the map shows. ${items}`,
  scopes: ['read'],
  query: Type.Object({ ...visitFilters, ...view }, visitFilterRules),
  answer: item(VisitMap, 'visit_map'),
} as const satisfies Operation

export const getCustomerMap = {
  id: 'getCustomerMap',
  method: 'GET',
  path: '/v2/map/customers',
  tag: 'Maps and reports',
  summary: 'Leads and contacts on a map',
  description: `The last visit is the last one that the token’s user may see. ${items}`,
  scopes: ['read'],
  query: Type.Object({
    resource_type: Type.Optional(Kind),
    owner_id: Type.Optional(Id),
    below: Type.Optional(
      Type.Integer({ ...Id, description: 'Owned by this user or anyone below them' }),
    ),
    unvisited_since: Type.Optional(Time),
    outcome_id: Type.Optional(Type.Integer({ ...Id, description: 'Of the last visit' })),
    ...externalIdFilters,
    ...view,
  }),
  answer: item(CustomerMap, 'customer_map'),
} as const satisfies Operation

export type VisitMap = Type.Static<typeof VisitMap>
export type CustomerMap = Type.Static<typeof CustomerMap>
