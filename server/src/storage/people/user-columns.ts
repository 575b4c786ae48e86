import type { Schema } from '../schema.ts'

export interface UserColumn {
  readonly table: keyof Schema
  readonly column: string
}

const named = (...names: readonly (readonly [keyof Schema, string])[]): readonly UserColumn[] =>
  names.map(([table, column]) => ({ table, column }))

/** Columns of rows that end with the user they name; in an order in which they can. */
export const endingColumns = named(
  ['access_tokens', 'user_id'],
  ['sessions', 'user_id'],
  ['one_time_codes', 'user_id'],
  ['oauth_codes', 'user_id'],
  ['oauth_refresh_tokens', 'user_id'],
  ['oauth_grants', 'user_id'],
  ['pin_changes', 'creator_id'],
  ['saved_views', 'creator_id'],
  ['plan_stops', 'user_id'],
  ['visit_reviews', 'user_id'],
  ['location_looks', 'user_id'],
)

/** Columns that are empty without the user they named. */
export const emptiedColumns = named(
  ['users', 'reports_to'],
  ['leads', 'owner_id'],
  ['contacts', 'owner_id'],
  ['leads', 'placed_by'],
  ['leads', 'verification_radius_by'],
  ['contacts', 'placed_by'],
  ['contacts', 'verification_radius_by'],
  ['record_sites', 'placed_by'],
  ['pin_changes', 'decided_by'],
  ['import_conflicts', 'resolved_by'],
  ['record_labels', 'creator_id'],
  ['deleted_records', 'deleted_by'],
)

/** Columns that go on to name the user: who was shown a place or did something, others want to know. */
export const stayingColumns = named(['location_looks', 'viewer_id'], ['audit_entries', 'actor_id'])
