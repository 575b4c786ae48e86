import type { AccountKey } from '../domain/accounts.ts'
import type { Database, SqlTransaction } from './database.ts'
import type { Schema } from './schema.ts'

type AccountTable = Exclude<keyof Schema, 'secrets'>

/** Every table with rows of accounts. The last two are those that others refer to. */
const tables: readonly AccountTable[] = [
  'access_tokens',
  'sessions',
  'oauth_codes',
  'oauth_refresh_tokens',
  'oauth_clients',
  'idempotency_keys',
  'rate_buckets',
  'import_conflicts',
  'import_errors',
  'import_listed',
  'import_ranges',
  'imports',
  'sell_visits',
  'geocoding_jobs',
  'pin_changes',
  'past_verifications',
  'record_sites',
  'deleted_records',
  'deleted_visits',
  'visit_events',
  'visits',
  'leads',
  'contacts',
  'visit_outcomes',
  'users',
  'stream_forks',
  'account_stream',
  'accounts',
]

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
