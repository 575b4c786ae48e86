import type { Selectable } from 'kysely'

import {
  codeLifetimeMs,
  type CodePurpose,
  type OneTimeCode,
  type OneTimeCodeReads,
  type OneTimeCodeWrites,
} from '../../domain/one-time-codes.ts'
import type { Database, SqlTransaction } from '../database.ts'
import type { OneTimeCodesTable } from './schema.ts'
import { findUsers } from './users.ts'

export const oneTimeCodeReads = (database: Database): OneTimeCodeReads => ({
  async find(hash) {
    const row = await database.db
      .selectFrom('one_time_codes')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst()
    return row && { ...toCode(row), accountKey: row.account_id }
  },
  async listInvitations(account, now, { offset, limit, sort }) {
    const rows = await database.db
      .selectFrom('one_time_codes')
      .selectAll()
      .where('account_id', '=', account)
      .where('purpose', '=', 'invitation')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('user_id', sort.descending ? 'desc' : 'asc')
      .limit(limit + 1)
      .offset(offset)
      .execute()
    const kept = rows.slice(0, limit)
    const ids = kept.map((row) => row.user_id)
    const users = await findUsers(database, account, ids)
    return {
      rows: kept.flatMap(({ user_id, created_at: createdAt, expires_at: expiresAt }) => {
        const user = users.get(user_id)
        return user ? [{ user, createdAt, expiresAt }] : []
      }),
      hasMore: rows.length > limit,
    }
  },
  drop: (account, before) =>
    database.write(account, async ({ db }) => {
      await db
        .deleteFrom('one_time_codes')
        .where('account_id', '=', account)
        .where('expires_at', '<=', before)
        .execute()
    }),
})

export const oneTimeCodeWrites = ({ db }: SqlTransaction, account: number): OneTimeCodeWrites => ({
  async add({ hash, purpose, userId, createdAt, expiresAt }) {
    await db
      .insertInto('one_time_codes')
      .values({
        hash,
        account_id: account,
        purpose,
        user_id: userId,
        created_at: createdAt,
        expires_at: expiresAt,
        used_at: null,
      })
      .execute()
  },
  async find(hash) {
    const row = await db
      .selectFrom('one_time_codes')
      .selectAll()
      .where('account_id', '=', account)
      .where('hash', '=', hash)
      .executeTakeFirst()
    return row && toCode(row)
  },
  async use(hash, at) {
    const { numUpdatedRows } = await db
      .updateTable('one_time_codes')
      .set({ used_at: at })
      .where('account_id', '=', account)
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
  async removeOf(userId, purposes) {
    const { numDeletedRows } = await db
      .deleteFrom('one_time_codes')
      .where('account_id', '=', account)
      .where('user_id', '=', userId)
      .where('purpose', 'in', purposes)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
})

const toCode = (row: Selectable<OneTimeCodesTable>): OneTimeCode => ({
  hash: row.hash,
  purpose: toPurpose(row.purpose),
  userId: row.user_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
})

function toPurpose(text: string): CodePurpose {
  if (isPurpose(text)) return text
  throw new Error(`unknown purpose of a one-time code: ${text}`)
}

const isPurpose = (text: string): text is CodePurpose => Object.hasOwn(codeLifetimeMs, text)
