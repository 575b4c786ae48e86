import Type from 'typebox'

import { Links } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages } from './parameters.ts'

const Moment = Type.String({ format: 'date-time' })

/** What is held about where the token's user was, and who looked. */
export const LocationData = Type.Object({
  shares_location: Type.Boolean({
    description: 'Whether check-ins use the location that the phone reports',
  }),
  held: Type.Object({
    visits: Type.Integer({ description: 'Visits logged here that still hold a precise place' }),
    until: nullable(Moment),
    by_day: Type.Array(
      Type.Object({ date: Type.String({ format: 'date' }), visits: Type.Integer() }),
      { description: 'How many places go on which day, in the user’s time zone' },
    ),
    imported_visits: Type.Integer({
      description: 'Visits with a precise place as they were imported, which stays',
    }),
  }),
  retention: Type.Object({
    days: Type.Number(),
    set_by: nullable(Id),
    set_at: nullable(Moment),
  }),
  looks: Type.Array(Type.Object({ user_id: Id, at: Moment, visit_id: Id }), {
    description: 'Who else saw a precise place within the last year, the newest first',
  }),
})

const one = {
  tag: 'Users',
  resource: 'location_data',
  path: '/v2/users/self/location_data',
} as const

const answer = Type.Object({
  data: LocationData,
  meta: Type.Object({ type: Type.Literal('location_data'), links: Links }),
})

export const getLocationData = {
  ...one,
  id: 'getLocationData',
  method: 'GET',
  summary: 'What is held about where you were, until when, and who looked',
  description: '`page` and `per_page` are those of `looks`.',
  scopes: ['profile'],
  query: Type.Object({
    ...pages(),
    download: Type.Optional(
      Type.Boolean({
        description: 'Whether to note in the audit that you take your data with you',
      }),
    ),
  }),
  answer,
} as const satisfies Operation

export const updateLocationData = {
  ...one,
  id: 'updateLocationData',
  method: 'PUT',
  summary: 'Switch your location on or off',
  description:
    'While it is off, each of your check-ins is `location_services_disabled` with the reason ' +
    '`switched_off`, and stores nothing of the location that the phone reports.',
  scopes: ['profile', 'write'],
  query: Type.Object({}),
  body: Type.Object({ shares_location: Type.Boolean() }),
  answer,
} as const satisfies Operation

export const deleteLocationData = {
  ...one,
  id: 'deleteLocationData',
  method: 'DELETE',
  summary: 'Remove the precise places of your visits now',
  description: 'As time would do: findings and distances stay. Each is an event of cause `system`.',
  scopes: ['profile', 'write'],
  query: Type.Object({}),
} as const satisfies Operation

export type LocationData = Type.Static<typeof LocationData>
