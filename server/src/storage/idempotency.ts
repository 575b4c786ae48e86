import type {
  IdempotencyQueries,
  IdempotencyReads,
  IdempotencyWrites,
} from '../domain/idempotency.ts'
import type { Database, Reader, SqlTransaction } from './database.ts'

export const idempotencyReads = (database: Database): IdempotencyReads => ({
  drop: (account, before, limit) =>
    database.write(account, async ({ db }) => {
      const oldest = await db
        .selectFrom('idempotency_keys')
        .select(['user_id', 'key'])
        .where('account_id', '=', account)
        .where('created_at', '<', before)
        .orderBy('created_at')
        .limit(limit)
        .execute()
      for (const { user_id, key } of oldest) {
        await db
          .deleteFrom('idempotency_keys')
          .where('account_id', '=', account)
          .where('user_id', '=', user_id)
          .where('key', '=', key)
          .execute()
      }
      return oldest.length
    }),
})

export const idempotencyQueries = (reader: Reader, account: number): IdempotencyQueries => ({
  async find(userId, key) {
    const [row] = await reader.query(
      `select fingerprint, body from idempotency_keys
       where account_id = :account and user_id = :userId and key = :key`,
      { account, userId, key },
    )
    return (
      row && {
        fingerprint: String(row['fingerprint']),
        body: String(row['body']),
      }
    )
  },
})

export const idempotencyWrites = (tx: SqlTransaction, account: number): IdempotencyWrites => ({
  ...idempotencyQueries(tx, account),
  async add(userId, key, answer, now) {
    const row = { account_id: account, user_id: userId, key, ...answer, created_at: now }
    await tx.saveRows('idempotency_keys', [], [row])
  },
})
