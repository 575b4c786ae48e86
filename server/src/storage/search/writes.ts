import type { SearchWrites } from '../../domain/search.ts'
import type { SqlTransaction } from '../database.ts'
import { listUsersAfter } from '../people/users.ts'
import { matchRecords } from '../records/list.ts'
import { tableOf } from '../schema.ts'
import { indexRecords, indexUsers, indexVersion } from './rows.ts'

export const searchWrites = (tx: SqlTransaction, account: number): SearchWrites => ({
  async index(kind, afterId, limit) {
    if (kind === 'user') {
      const users = await listUsersAfter(tx, account, afterId, limit)
      await indexUsers(tx, account, users)
      return users.at(-1)?.id
    }
    const table = tableOf(kind)
    const records = await matchRecords(tx, account, table, {}, limit, afterId)
    await indexRecords(tx, account, kind, records)
    return records.at(-1)?.id
  },
  setComplete: () => saveComplete(tx, account),
})

export async function saveComplete(tx: SqlTransaction, account: number): Promise<void> {
  const row = { account_id: account, version: indexVersion }
  await tx.saveRows('search_indexes', ['account_id'], [row])
}
