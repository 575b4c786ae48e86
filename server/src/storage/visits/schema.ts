import type { Generated } from 'kysely'

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
  /** Positions in the lists of schema.ts, and bits of one; filled from evidence and status. */
  reason: Generated<number | null>
  flags: Generated<number>
  review: Generated<number | null>
}

export interface PastVerificationsTable {
  account_id: number
  visit_id: number
  sequence: number
  evidence: string
  replaced_at: number
}

export interface VisitEventsTable {
  account_id: number
  offset: number
  visit_id: number
  sequence: number
  appended_at: number
  body: string
}

export interface VisitReviewsTable {
  account_id: number
  visit_id: number
  number: number
  /** The action of the review. */
  verdict: string
  note: string | null
  user_id: number
  at: number
  sequence: number
}
