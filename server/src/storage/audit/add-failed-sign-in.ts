import type { Kysely } from 'kysely'

import type { Database } from '../database.ts'
import type { Schema } from '../schema.ts'
import { addEntry } from './add-entry.ts'

/** Adds an entry of the time `at` (ms), unless there are `max` for the same user since `since`. */
export async function addFailedSignIn(
  database: Database,
  account: number,
  at: number,
  userId: number | null,
  { max, since }: { readonly max: number; readonly since: number },
): Promise<void> {
  const isEnough = async (db: Kysely<Schema>) => {
    const query = db
      .selectFrom('audit_entries')
      .select('id')
      .where('account_id', '=', account)
      .where('action', '=', 'sign_in_failed')
      .where('subject_id', userId === null ? 'is' : '=', userId)
      .where('at', '>=', since)
    return (await query.limit(max).execute()).length >= max
  }
  // NOTE: read first, so that a flood takes no write turns from others.
  if (await isEnough(database.db)) return
  await database.write(account, async (tx) => {
    if (await isEnough(tx.db)) return
    const subject = userId === null ? null : ({ kind: 'user', id: userId } as const)
    await addEntry(tx, account, at, 'nobody', 'sign_in_failed', subject)
  })
}
