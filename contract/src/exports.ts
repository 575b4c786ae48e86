import Type from 'typebox'

import { severalOf } from './parameters.ts'

export const exportFormats = ['csv', 'ndjson', 'geojson', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The media type of each format. */
export const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Readonly<Record<ExportFormat, string>>

/** Columns of visits. The last two are where the rep was, and only exported if they are named. */
export const visitExportColumns = [
  'id',
  'creator_id',
  'creator_name',
  'outcome_id',
  'outcome_name',
  'resource_type',
  'resource_id',
  'resource_name',
  'resource_owner_id',
  'visited_at',
  'resource_address',
  'resource_latitude',
  'resource_longitude',
  'rep_location_verification_status',
  'reason',
  'distance_m',
  'radius_m',
  'accuracy_m',
  'flags',
  'review_state',
  'review_note',
  'reviewed_by',
  'reviewed_at',
  'summary',
  'created_at',
  'updated_at',
  'external_ids',
  'rep_latitude',
  'rep_longitude',
] as const

const recordStart = ['id', 'creator_id', 'owner_id', 'owner_name'] as const
const recordEnd = [
  'title',
  'description',
  'industry',
  'website',
  'email',
  'phone',
  'mobile',
  'fax',
  'twitter',
  'facebook',
  'linkedin',
  'skype',
  'address_line1',
  'address_city',
  'address_postal_code',
  'address_state',
  'address_country',
  'latitude',
  'longitude',
  'location_precision',
  'verification_radius_m',
  'visit_every_days',
  'tags',
  'custom_fields',
  'created_at',
  'updated_at',
  'external_ids',
] as const

export const leadExportColumns = [
  ...recordStart,
  'first_name',
  'last_name',
  'organization_name',
  'status',
  'source_id',
  'unqualified_reason_id',
  ...recordEnd,
] as const

export const contactExportColumns = [
  ...recordStart,
  'contact_id',
  'parent_organization_id',
  'name',
  'first_name',
  'last_name',
  'is_organization',
  'customer_status',
  'prospect_status',
  ...recordEnd,
] as const

/** The parameters of an export besides its filters. */
export const exportQuery = <Name extends string>(columns: readonly Name[]) => ({
  format: Type.Optional(Type.Enum(exportFormats, { default: 'csv' })),
  columns: Type.Optional(
    Type.Unsafe<Name[]>({
      ...severalOf(Type.Enum([...columns]), columns.length),
      description: 'In this order; default: all of them, but not where the rep was',
    }),
  ),
  bom: Type.Optional(
    Type.Boolean({ description: 'Begins a CSV file with a byte order mark, for spreadsheets' }),
  ),
})

/** What exports share. The answer is a file, and errors are JSON as everywhere. */
export const exportOperation = {
  method: 'GET',
  scopes: ['read'],
  files: Object.values(exportTypes),
  description:
    'Answers everything that the filters leave as one file, by id, however much it is. The header ' +
    '`Doorstep-Position` is the position of the stream at which it was taken: the export and what ' +
    'the stream or `GET /v2/visits/changes` answer from there on are a complete replica. The last ' +
    'line of NDJSON and the `meta` of GeoJSON repeat it with the count of rows; a file without ' +
    'its end was cut off.',
} as const
