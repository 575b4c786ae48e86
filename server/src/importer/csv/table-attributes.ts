/** What the rows of a table are. */
export const tableKinds = ['lead', 'contact', 'visit'] as const
export type TableKind = (typeof tableKinds)[number]

/** The attributes that columns of visits can be mapped to. */
const visitAttributes = [
  'id',
  'external_id',
  'visited_at',
  'creator_id',
  'creator',
  'outcome_id',
  'outcome',
  'resource_type',
  'resource_id',
  'lead_id',
  'contact_id',
  'lead',
  'contact',
  'lead_external_id',
  'contact_external_id',
  'resource_address',
  'rep_location_verification_status',
  'summary',
  'created_at',
  'updated_at',
  'latitude',
  'longitude',
] as const

const texts =
  'first_name last_name name title description industry website email phone mobile fax twitter ' +
  'facebook linkedin skype status customer_status prospect_status'
/** Attributes that are text, as they are. */
export const plainAttributes: readonly string[] = [...texts.split(' '), 'organization_name']

const recordAttributes = [
  'id',
  'external_id',
  ...plainAttributes,
  'is_organization',
  'owner',
  'owner_id',
  'creator',
  'creator_id',
  'line1',
  'city',
  'postal_code',
  'state',
  'country',
  'tags',
  'created_at',
  'updated_at',
  'latitude',
  'longitude',
]

export const attributesOf: Readonly<Record<TableKind, readonly string[]>> = {
  visit: visitAttributes,
  lead: recordAttributes,
  contact: recordAttributes,
}

/** Headers that mean an attribute of another name. */
const renamed: Readonly<Record<string, string>> = {
  company_name: 'organization_name',
  organisation_name: 'organization_name',
  is_organisation: 'is_organization',
  mobile_phone: 'mobile',
  address: 'line1',
  address_line1: 'line1',
  zip: 'postal_code',
}

const customHeader = /^custom (?:\((?:contact|lead)\) )?(.+)$/i
export const customPrefix = 'custom:'

/** Whether columns of the kind can be mapped to the attribute. */
export const isAttribute = (kind: TableKind, name: string): boolean =>
  attributesOf[kind].includes(name) ||
  (kind !== 'visit' && name.startsWith(customPrefix) && name.length > customPrefix.length)

/** A header as it is compared with others. */
export const plainHeader = (header: string): string =>
  header.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** The attribute that a header names without a map. */
export function attributeOf(kind: TableKind, header: string): string | undefined {
  if (kind !== 'visit') {
    const field = customHeader.exec(header.trim())?.[1]
    if (field !== undefined) return `${customPrefix}${field}`
  }
  const plain = plainHeader(header).replaceAll(' ', '_')
  const name = kind === 'visit' ? plain : (renamed[plain] ?? plain)
  return attributesOf[kind].includes(name) ? name : undefined
}
