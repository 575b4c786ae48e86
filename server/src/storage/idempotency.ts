import type { Store, Writes } from '../domain/store.ts'
import type { Database, Transaction } from './database.ts'

export function idempotencyWrites({ db }: Transaction, account: number): Writes['idempotency'] {
  return {
    async find(userId, key) {
      return db
        .selectFrom('idempotency_keys')
        .select(['fingerprint', 'status', 'body'])
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where('key', '=', key)
        .executeTakeFirst()
    },
    async add(userId, key, answer, now) {
      await db
        .insertInto('idempotency_keys')
        .values({ account_id: account, user_id: userId, key, ...answer, created_at: now })
        .execute()
    },
  }
}

export function keptAnswers(database: Database): Store['idempotency'] {
  return {
    drop: (account, before, limit) =>
      database.write(async ({ db }) => {
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
  }
}
