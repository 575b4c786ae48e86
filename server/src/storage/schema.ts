import type { Generated } from 'kysely'

import type { ResourceKind, ResourceType, VerificationStatus } from '../domain/visits.ts'

/** The tables, alike in every engine. Booleans are 0 or 1, times are ms since 1970. */
export interface Schema {
  accounts: AccountsTable
  account_stream: AccountStreamTable
  stream_forks: { account_id: number; generation: number; fork_offset: number }
  users: UsersTable
  access_tokens: AccessTokensTable
  sessions: SessionsTable
  secrets: { name: string; value: string }
  visit_outcomes: VisitOutcomesTable
  leads: RecordsTable
  contacts: RecordsTable
  visits: VisitsTable
  deleted_visits: { account_id: number; id: number; sequence: number }
  deleted_records: { account_id: number; resource_kind: number; id: number }
  visit_events: VisitEventsTable
  record_sites: RecordSitesTable
  idempotency_keys: IdempotencyKeysTable
  past_verifications: PastVerificationsTable
  pin_changes: PinChangesTable
  geocoding_jobs: GeocodingJobsTable
  oauth_clients: OAuthClientsTable
  oauth_codes: OAuthCodesTable
  oauth_refresh_tokens: OAuthRefreshTokensTable
  imports: ImportsTable
  import_ranges: ImportRangesTable
  import_errors: ImportErrorsTable
  import_listed: { account_id: number; import_id: number; list: string; id: number }
  sell_visits: SellVisitsTable
  import_conflicts: ImportConflictsTable
  rate_buckets: { account_id: number; key_hash: string; level: number; at: number }
}

export interface AccountsTable {
  account_id: number
  id: number
  name: string
  currency: string
  time_format: string
  timezone: string
  phone: string | null
  subdomain: string | null
  first_local_id: Generated<number>
  next_user_id: number
  next_token_id: number
  next_visit_id: Generated<number>
  next_outcome_id: Generated<number>
  next_lead_id: Generated<number>
  next_contact_id: Generated<number>
  next_pin_change_id: Generated<number>
  next_oauth_client_id: Generated<number>
  next_import_id: Generated<number>
  next_conflict_id: Generated<number>
  verification_radius_m: Generated<number>
  created_at: number
  updated_at: number
}

export interface AccountStreamTable {
  account_id: number
  generation: number
  head: number
  last_dropped: number
  last_event_at: number
  revision: number
}

export interface UsersTable {
  account_id: number
  id: number
  name: string
  email: string
  email_key: string
  status: string
  invited: number
  confirmed: number
  phone_number: string | null
  role: string
  roles: string
  team_name: string | null
  group_id: number | null
  group_name: string | null
  reports_to: number | null
  timezone: string | null
  created_at: number
  updated_at: number
  deleted_at: number | null
  zendesk_user_id: string | null
  identity_type: string
  password_hash: string | null
}

export interface AccessTokensTable {
  account_id: number
  id: number
  hash: string
  user_id: number
  scopes: string
  description: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  last_used_at: Generated<number | null>
  oauth_client_id: Generated<number | null>
  oauth_grant_hash: Generated<string | null>
}

export interface OAuthClientsTable {
  account_id: number
  id: number
  uid: string
  name: string
  redirect_uris: string
  secret_hash: string | null
  created_at: number
}

export interface OAuthCodesTable {
  account_id: number
  hash: string
  client_id: number
  user_id: number
  scopes: string
  redirect_uri: string
  code_challenge: string | null
  code_challenge_method: string | null
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface OAuthRefreshTokensTable {
  account_id: number
  hash: string
  client_id: number
  user_id: number
  scopes: string
  grant_hash: string
  created_at: number
}

export interface SessionsTable {
  hash: string
  account_id: number
  user_id: number
  created_at: number
  last_used_at: number
}

export interface VisitOutcomesTable {
  account_id: number
  id: number
  name: string
  has_original_name: number
  is_derived: number
  created_at: number
  updated_at: number
  refresh_after_visit_id: number | null
  color: string | null
  icon: string | null
  position: Generated<number>
  active: Generated<number>
  merged_into_id: Generated<number | null>
  merge_after_visit_id: Generated<number | null>
}

export interface RecordsTable {
  account_id: number
  id: number
  owner_id: number | null
  attributes: string
  latitude: number | null
  longitude: number | null
  location_precision: string | null
  verification_radius_m: number | null
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
  /** In one line; empty: there is none; null: not saved since this column is here. */
  address: Generated<string | null>
}

export interface VisitsTable {
  account_id: number
  id: number
  creator_id: number
  outcome_id: number | null
  status: number
  resource_kind: number
  owner_id: number | null
  visited_at: number
  item: string
  resource_id: number
  resource_type: number
  sequence: number
  created_at: number
  updated_at: number
  source_updated_at: number | null
  source_sequence: number | null
  source_event_at: number | null
  latitude: number | null
  longitude: number | null
  outcome_name: string | null
  outcome_has_original_name: number | null
  resource_address: string | null
  summary: string | null
  evidence: string | null
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
}

export interface PastVerificationsTable {
  account_id: number
  visit_id: number
  sequence: number
  evidence: string
  replaced_at: number
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

export interface IdempotencyKeysTable {
  account_id: number
  user_id: number
  key: string
  fingerprint: string
  status: number
  body: string
  created_at: number
}

export interface VisitEventsTable {
  account_id: number
  offset: number
  visit_id: number
  sequence: number
  appended_at: number
  body: string
}

export interface ImportsTable {
  account_id: number
  id: number
  source: string
  base_url: string
  phase: string
  progress: string
  started_at: number
  updated_at: number
  finished_at: number | null
  runner: string | null
  heartbeat_at: number | null
  stop_asked: number
  last_error: string | null
}

export interface ImportRangesTable {
  account_id: number
  import_id: number
  list: string
  filter: string
  state: string
}

export interface ImportErrorsTable {
  account_id: number
  import_id: number
  item_key: string
  field: string
  reason: string
  item: string
  at: number
}

export interface SellVisitsTable {
  account_id: number
  id: number
  creator_id: number
  outcome_id: number | null
  status: number
  resource_kind: number
  resource_id: number
  visited_at: number
  summary_digest: number
  updated_at: number | null
  sequence: number | null
  event_at: number | null
  gone: number
  comparison: number
}

export interface ImportConflictsTable {
  account_id: number
  id: number
  visit_id: number
  item: string
  told: string
  differs: string
  status: string
  created_at: number
  resolved_at: number | null
  resolved_by: number | null
}

/** Words are stored as their position in these lists, which only ever grow at the end. */
export const statuses: readonly VerificationStatus[] = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]
export const resourceKinds: readonly ResourceKind[] = ['lead', 'contact']
export const resourceTypes: readonly ResourceType[] = ['lead', 'contact', 'prospect_and_customer']

export function word<Word extends string>(words: readonly Word[], stored: number): Word {
  const found = words[stored]
  if (found === undefined) throw new Error(`unknown stored word ${stored} of ${words.join(', ')}`)
  return found
}
