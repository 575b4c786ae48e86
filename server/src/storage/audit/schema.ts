export interface AuditEntriesTable {
  account_id: number
  id: number
  at: number
  actor_id: number | null
  means: string | null
  token_id: number | null
  token_name: string | null
  action: string
  subject_kind: string | null
  subject_id: number | null
  subject_name: string | null
  details: string
}
