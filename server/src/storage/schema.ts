import type { Generated } from 'kysely'

import type {
  VerificationStatus,
  VerificationReason,
  ReviewFlag,
  ReviewState,
} from '../domain/findings.ts'
import type { ResourceKind, ResourceType } from '../domain/visits.ts'
import type { AuditEntriesTable } from './audit/schema.ts'
import type {
  ImportsTable,
  ImportRangesTable,
  ImportErrorsTable,
  SellVisitsTable,
  ImportConflictsTable,
  ImportVerificationsTable,
} from './imports/schema.ts'
import type {
  UsersTable,
  AccessTokensTable,
  SessionsTable,
  OneTimeCodesTable,
  IdempotencyKeysTable,
  OAuthClientsTable,
  OAuthCodesTable,
  OAuthGrantsTable,
  OAuthRefreshTokensTable,
  SavedViewsTable,
  PlanStopsTable,
  LocationLooksTable,
} from './people/schema.ts'
import type {
  DeletedRecordsTable,
  RecordsTable,
  RecordSitesTable,
  PinChangesTable,
  GeocodingJobsTable,
  RecordLabelsTable,
  CustomFieldsTable,
} from './records/schema.ts'
import type { SearchedTable } from './search/schema.ts'
import type {
  VisitOutcomesTable,
  VisitsTable,
  VisitEventsTable,
  PastVerificationsTable,
  VisitReviewsTable,
} from './visits/schema.ts'

/** The tables, which are the same in every engine. Booleans are 0 or 1, times are ms since 1970. */
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
  deleted_records: DeletedRecordsTable
  visit_events: VisitEventsTable
  record_sites: RecordSitesTable
  idempotency_keys: IdempotencyKeysTable
  past_verifications: PastVerificationsTable
  pin_changes: PinChangesTable
  geocoding_jobs: GeocodingJobsTable
  oauth_clients: OAuthClientsTable
  oauth_codes: OAuthCodesTable
  oauth_grants: OAuthGrantsTable
  oauth_refresh_tokens: OAuthRefreshTokensTable
  imports: ImportsTable
  import_ranges: ImportRangesTable
  import_errors: ImportErrorsTable
  import_listed: { account_id: number; import_id: number; list: string; id: number }
  sell_visits: SellVisitsTable
  import_conflicts: ImportConflictsTable
  searched: SearchedTable
  search_indexes: { account_id: number; version: number }
  one_time_codes: OneTimeCodesTable
  demo_objects: { account_id: number; kind: number; id: number }
  saved_views: SavedViewsTable
  plan_stops: PlanStopsTable
  location_looks: LocationLooksTable
  visit_reviews: VisitReviewsTable
  import_verifications: ImportVerificationsTable
  record_labels: RecordLabelsTable
  custom_fields: CustomFieldsTable
  unsearched_records: { account_id: number; resource_kind: number; after_id: number }
  former_keys: FormerKeysTable
  rate_buckets: { account_id: number; key_hash: string; level: number; at: number }
  record_changes: { account_id: number; kind: number; id: number; revision: number }
  sight_changes: SightChangesTable
  external_ids: ExternalIdsTable
  audit_entries: AuditEntriesTable
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
  next_grant_id: Generated<number>
  next_import_id: Generated<number>
  next_conflict_id: Generated<number>
  next_saved_view_id: Generated<number>
  next_label_id: Generated<number>
  next_audit_entry_id: Generated<number>
  verification_radius_m: Generated<number>
  visit_every_days: Generated<number | null>
  own_name: Generated<string | null>
  own_timezone: Generated<string | null>
  rep_location_days: Generated<number | null>
  retention_hours: Generated<number | null>
  map_style_url: Generated<string | null>
  map_attribution: Generated<string | null>
  demo_busy_until: Generated<number | null>
  created_at: number
  updated_at: number
}

export interface ExternalIdsTable {
  account_id: number
  source: string
  kind: number
  external_id: string
  id: number
}

export interface SightChangesTable {
  account_id: number
  number: number
  kind: number
  id: number
  former_id: number | null
  head: number
  changed_at: number
}

export interface AccountStreamTable {
  account_id: number
  generation: number
  head: number
  last_dropped: number
  last_event_at: number
  /** Up to this offset a clock that was ahead may have dated events; null: all are right. */
  ahead_until: Generated<number | null>
  revision: number
  /** The highest revision whose former keys have been deleted. */
  keys_dropped: Generated<number>
  /** The number of the newest sight change. */
  sight: Generated<number>
}

/** A sort key that a row had until this revision. */
export interface FormerKeysTable {
  account_id: number
  field: number
  id: number
  revision: number
  former_number: number | null
  former_text: string | null
  changed_at: number
}

/** Words are stored as their index in these lists, which may only grow at the end. */
export const statuses: readonly VerificationStatus[] = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]
export const reasons: readonly VerificationReason[] = [
  'permission_denied',
  'no_fix',
  'not_on_device',
  'invalid_fix',
  'mock_location',
  'address_missing',
  'address_imprecise',
  'stale_fix',
  'inaccurate_fix',
  'within_radius',
  'outside_radius',
  'borderline',
  'switched_off',
]
/** Each is a bit of `visits.flags`, the first the lowest. */
export const reviewFlags: readonly ReviewFlag[] = [
  'impossible_speed',
  'repeated_coordinates',
  'accuracy_zero_or_constant',
  'clock_skew',
  'late_sync',
  'mock_location',
  'visited_at_far_from_fix',
  'self_placed',
]
export const reviewStates: readonly ReviewState[] = ['open', 'kept', 'dismissed']
export const resourceKinds: readonly ResourceKind[] = ['lead', 'contact']
export const tableOf = (kind: ResourceKind) => (kind === 'lead' ? 'leads' : 'contacts')
export const resourceTypes: readonly ResourceType[] = ['lead', 'contact', 'prospect_and_customer']
/** Each is the number of its place in former_keys, which may only grow at the end. */
export const sortKeys = [
  'visits.visited_at',
  'visits.created_at',
  'visits.updated_at',
  'leads.created_at',
  'leads.updated_at',
  'leads.first_name',
  'leads.last_name',
  'leads.name',
  'contacts.created_at',
  'contacts.updated_at',
  'contacts.first_name',
  'contacts.last_name',
  'contacts.name',
  'users.name',
  'users.created_at',
  'users.updated_at',
] as const

export function word<Word extends string>(words: readonly Word[], stored: number): Word {
  const found = words[stored]
  if (found === undefined) throw new Error(`unknown stored word ${stored} of ${words.join(', ')}`)
  return found
}
