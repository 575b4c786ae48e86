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
  parsed: string
  differs: string
  status: string
  created_at: number
  resolved_at: number | null
  resolved_by: number | null
}

export interface ImportVerificationsTable {
  account_id: number
  import_id: number
  started_at: number
  updated_at: number
  ended_at: number | null
  compared: number
  expected: number
  error: string | null
  summary: string | null
}
