import type { Writes } from '../domain/store.ts'
import type { Transaction } from './database.ts'

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
