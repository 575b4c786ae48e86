import Type, { type Static } from 'typebox'

import {
  attributeLengthMax,
  descriptionLengthMax,
  membersMax,
  sitesMax,
  tagLengthMax,
  tagsMax,
  verificationRadiusMaxM,
  verificationRadiusMinM,
  visitEveryDaysMax,
} from './limits.ts'
import { ExternalIds, Id, nullable, severalOf, Text } from './parameters.ts'

export const locationPrecisions = [
  'pin',
  'rooftop',
  'interpolated',
  'street',
  'postcode',
  'city',
] as const

export const Line = nullable(Type.String({ maxLength: attributeLengthMax }))

export const Address = Type.Object({
  line1: Type.Optional(Line),
  city: Type.Optional(Line),
  postal_code: Type.Optional(Line),
  state: Type.Optional(Line),
  country: Type.Optional(Line),
})

/** Attributes whose names each account chooses. */
export const CustomFields = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: { anyOf: [{}, { type: 'null' }] },
})

const Tags = Type.Array(Type.String({ minLength: 1, maxLength: tagLengthMax }), {
  maxItems: tagsMax,
})

export const answeredTexts = {
  title: Line,
  description: nullable(Type.String({ maxLength: descriptionLengthMax })),
  industry: Line,
  website: Line,
  email: Line,
  phone: Line,
  mobile: Line,
  fax: Line,
  twitter: Line,
  facebook: Line,
  linkedin: Line,
  skype: Line,
}

const Latitude = Type.Number({ minimum: -90, maximum: 90 })
const Longitude = Type.Number({ minimum: -180, maximum: 180 })
const Precision = Type.Enum(locationPrecisions)
const Radius = Type.Integer({ minimum: verificationRadiusMinM, maximum: verificationRadiusMaxM })

/** An additional place of a lead or contact. */
export const Site = Type.Object({
  name: Type.Optional(Line),
  latitude: Latitude,
  longitude: Longitude,
  location_precision: Type.Optional(Precision),
})

/** Where a lead or contact is and how often to go there; returned with `include=location` only (PROTOCOL 9.1.3). */
const location = {
  latitude: nullable(Latitude),
  longitude: nullable(Longitude),
  location_precision: nullable(Precision),
  verification_radius_m: nullable(Radius),
  sites: Type.Array(Site, { maxItems: sitesMax }),
  visit_every_days: nullable(Type.Integer({ minimum: 1, maximum: visitEveryDaysMax })),
}

/** Attributes that a client may write, of leads and contacts. */
export const writable = {
  owner_id: Type.Optional(nullable(Id)),
  first_name: Type.Optional(Line),
  last_name: Type.Optional(Line),
  ...Type.Partial(Type.Object(answeredTexts)).properties,
  address: Type.Optional(nullable(Address)),
  tags: Type.Optional(Tags),
  custom_fields: Type.Optional(CustomFields),
  ...Type.Partial(Type.Object(location)).properties,
}

/** The first attributes of every answer. */
export const identity = { id: Id, creator_id: nullable(Id), owner_id: nullable(Id) }

export const answeredEnd = {
  tags: Tags,
  custom_fields: CustomFields,
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  ...Type.Partial(Type.Object(location)).properties,
  external_ids: Type.Optional(ExternalIds),
}

/** Filters of leads and contacts. Members are written `address[city]=`, `custom_fields[sku]=`. */
export const sharedFilters = {
  creator_id: Type.Optional(Id),
  owner_id: Type.Optional(Id),
  first_name: Type.Optional(Text),
  last_name: Type.Optional(Text),
  email: Type.Optional(Text),
  phone: Type.Optional(Text),
  mobile: Type.Optional(Text),
  address: Type.Optional(
    Type.Object({
      city: Type.Optional(Text),
      postal_code: Type.Optional(Text),
      state: Type.Optional(Text),
      country: Type.Optional(Text),
    }),
  ),
  custom_fields: Type.Optional(
    Type.Unsafe<Record<string, string>>({
      type: 'object',
      additionalProperties: Text,
      maxProperties: membersMax,
    }),
  ),
}

/** What is added to a lead or contact that asks for it, in this order. */
export const recordParts = ['location', 'external_ids'] as const
export type RecordPart = (typeof recordParts)[number]

export const include = Type.Optional(
  Type.Unsafe<RecordPart[]>({
    ...severalOf(Type.Enum(recordParts), recordParts.length),
    description:
      '`location` adds latitude, longitude, location_precision, verification_radius_m, sites and ' +
      'visit_every_days',
  }),
)

const params = Type.Object({ id: Id })
const query = Type.Object({ include })

/** What an operation on leads shares with the same one on contacts. */
export const recordOperation = {
  get: { method: 'GET', scopes: ['read'], params, query },
  create: { method: 'POST', scopes: ['write'], query },
  update: { method: 'PUT', scopes: ['write'], params, query },
  delete: { method: 'DELETE', scopes: ['write'], params, query: Type.Object({}) },
} as const

const LocationChange = Type.Partial(Type.Object(location))
const Filters = Type.Object(sharedFilters)

export type Location = Static<typeof LocationChange>
export type SharedFilters = Static<typeof Filters>
