import Type from 'typebox'

import { item } from './envelopes.ts'
import {
  mapAttributionLengthMax,
  mapStyleUrlLengthMax,
  repLocationDaysMax,
  retentionHoursMax,
  verificationRadiusMaxM,
  verificationRadiusMinM,
  visitEveryDaysMax,
} from './limits.ts'
import type { Operation } from './operations.ts'
import { nullable, Text } from './parameters.ts'

/** Settings that the operator of the server can fix. */
export const fixableSettings = ['days_kept', 'retention_hours', 'geocoder', 'map'] as const

const Radius = Type.Integer({ minimum: verificationRadiusMinM, maximum: verificationRadiusMaxM })
const Days = Type.Integer({ minimum: 1, maximum: repLocationDaysMax })
const VisitEvery = Type.Integer({ minimum: 1, maximum: visitEveryDaysMax })
const Hours = Type.Integer({ minimum: 1, maximum: retentionHoursMax })

/** The settings in force for the account. */
export const Settings = Type.Object({
  name: Type.String(),
  timezone: Type.String({ description: '`Europe/Berlin`, or `UTC(+|-)hh:mm`' }),
  radius_m: { ...Radius, description: 'For leads and contacts without a radius of their own' },
  visit_every_days: nullable({
    ...VisitEvery,
    description: 'How often to visit leads and contacts that say nothing themselves',
  }),
  days_kept: { ...Days, description: 'Days until precise locations of reps are deleted' },
  retention_hours: { ...Hours, description: 'How long events stay in the stream, at least' },
  geocoder: Type.Object({
    adapter: Type.String({ description: '`none`, or the service that places addresses' }),
    has_key: Type.Boolean(),
  }),
  map: Type.Object({
    style_url: nullable(Type.String({ description: 'null: the map that the server brings' })),
    attribution: nullable(Type.String()),
  }),
  has_demo: Type.Boolean({ description: 'Whether the demo team is there' }),
  fixed: Type.Array(Type.Enum(fixableSettings), {
    description: 'Settings that whoever runs the server has fixed',
  }),
})

const shared = {
  tag: 'Settings',
  resource: 'settings',
  path: '/v2/settings',
  isForAdmins: true,
  query: Type.Object({}),
  answer: item(Settings, 'settings'),
} as const

export const getSettings = {
  ...shared,
  id: 'getSettings',
  method: 'GET',
  summary: 'The account’s settings',
  description: 'For admins.',
  scopes: ['profile'],
} as const satisfies Operation

export const updateSettings = {
  ...shared,
  id: 'updateSettings',
  method: 'PUT',
  summary: 'Change the account’s settings',
  description:
    'For admins. Changes what is given, at once; null brings the server’s own value back, or means: not regularly. A ' +
    'setting that is `fixed` is 422. A new radius judges no earlier visit again.',
  scopes: ['profile', 'write'],
  body: Type.Object({
    name: Type.Optional(Text),
    timezone: Type.Optional(Text),
    radius_m: Type.Optional(Radius),
    visit_every_days: Type.Optional(nullable(VisitEvery)),
    days_kept: Type.Optional(nullable(Days)),
    retention_hours: Type.Optional(nullable(Hours)),
    map: Type.Optional(
      Type.Object({
        style_url: Type.Optional(
          nullable(Type.String({ minLength: 1, maxLength: mapStyleUrlLengthMax })),
        ),
        attribution: Type.Optional(
          nullable(Type.String({ minLength: 1, maxLength: mapAttributionLengthMax })),
        ),
      }),
    ),
  }),
} as const satisfies Operation

export type Settings = Type.Static<typeof Settings>
