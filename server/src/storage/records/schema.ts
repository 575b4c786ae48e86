import type { Generated } from 'kysely'

export interface RecordsTable {
  account_id: number
  id: number
  owner_id: number | null
  attributes: string
  latitude: number | null
  longitude: number | null
  location_precision: string | null
  verification_radius_m: number | null
  verification_radius_by: number | null
  placed_by: number | null
  created_at: number
  updated_at: number
  creator_id: number | null
  source_id: number | null
  contact_id: number | null
  is_organization: Generated<number>
  first_name: Generated<string>
  last_name: Generated<string>
  /** A contact's name, a lead's organization. */
  name: Generated<string>
  status: string | null
  email_key: string | null
  phone: string | null
  mobile: string | null
  city: string | null
  postal_code: string | null
  state: string | null
  country: string | null
  custom_fields: string | null
  /** On one line. Empty: no address; null: not saved since the column was added. */
  address: Generated<string | null>
  visit_every_days: number | null
  /** When this server last saved the record, by its own clock. */
  changed_at: number
}

export interface RecordSitesTable {
  account_id: number
  resource_kind: number
  resource_id: number
  number: number
  name: string | null
  latitude: number
  longitude: number
  location_precision: string
  placed_by: number | null
}

export interface GeocodingJobsTable {
  account_id: number
  resource_kind: number
  resource_id: number
  address: string
  attempts: number
  due_at: number | null
  failure: string | null
  detail: string | null
}

export interface PinChangesTable {
  account_id: number
  id: number
  creator_id: number
  resource_kind: number
  resource_id: number
  latitude: number
  longitude: number
  note: string | null
  status: string
  decided_by: number | null
  decided_at: number | null
  created_at: number
}

export interface DeletedRecordsTable {
  account_id: number
  resource_kind: number
  id: number
  deleted_by: number | null
  /** 0: it was deleted before this was stored. */
  deleted_at: number
}

export interface RecordLabelsTable {
  account_id: number
  list: number
  id: number
  resource_kind: number
  name: string
  name_key: string
  creator_id: number | null
  is_default: Generated<number>
  created_at: number
  updated_at: number
}

export interface CustomFieldsTable {
  account_id: number
  resource_kind: number
  id: number
  name: string
  name_key: string
  type: string
  choices: string | null
  for_company: number
  for_contact: number
  is_derived: number
  created_at: number
  updated_at: number
}
