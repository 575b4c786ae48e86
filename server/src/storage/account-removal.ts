import type { AccountKey } from '../domain/accounts.ts'
import type { Database, SqlTransaction } from './database.ts'
import type { Schema } from './schema.ts'

type AccountTable = Exclude<keyof Schema, 'secrets'>

/** Every table with rows of accounts, in the order of deletion: the last are those that others refer to. */
const order: Record<AccountTable, number> = {
  one_time_codes: 0,
  demo_objects: 0,
  saved_views: 0,
  plan_stops: 0,
  location_looks: 0,
  audit_entries: 0,
  visit_reviews: 0,
  access_tokens: 1,
  sessions: 2,
  oauth_codes: 3,
  oauth_refresh_tokens: 4,
  oauth_grants: 5,
  oauth_clients: 6,
  idempotency_keys: 7,
  rate_buckets: 8,
  searched: 8,
  search_indexes: 8,
  import_conflicts: 9,
  import_errors: 10,
  import_listed: 11,
  import_ranges: 12,
  imports: 13,
  sell_visits: 14,
  geocoding_jobs: 15,
  pin_changes: 16,
  past_verifications: 17,
  record_sites: 18,
  deleted_records: 19,
  record_changes: 19,
  sight_changes: 19,
  external_ids: 19,
  deleted_visits: 20,
  visit_events: 21,
  visits: 22,
  leads: 23,
  contacts: 24,
  visit_outcomes: 25,
  users: 26,
  former_keys: 0,
  stream_forks: 27,
  account_stream: 28,
  import_verifications: 0,
  record_labels: 0,
  custom_fields: 0,
  unsearched_records: 0,
  accounts: 29,
}

const tables = (Object.keys(order) as AccountTable[]).toSorted((a, b) => order[a] - order[b])

/** The name of the secret that holds the highest key of a removed account. */
const highestRemoved = 'highest removed account'

/** Deletes all rows of the account in one transaction; resolves with their number. */
export function removeAccount(database: Database, account: AccountKey): Promise<number> {
  return database.write(account, async (tx) => {
    const value = String(Math.max(account, await highestRemovedKey(tx)))
    await tx.saveRows('secrets', ['name'], [{ name: highestRemoved, value }])
    let rows = 0
    for (const table of tables) {
      const { numDeletedRows } = await tx.db
        .deleteFrom(table)
        .where('account_id', '=', account)
        .executeTakeFirstOrThrow()
      rows += Number(numDeletedRows)
    }
    return rows
  })
}

/** No new account gets the key of a removed one: clients may still hold its positions. */
export async function highestRemovedKey({ db }: SqlTransaction): Promise<number> {
  const row = await db
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', highestRemoved)
    .executeTakeFirst()
  return Number(row?.value ?? 0)
}
