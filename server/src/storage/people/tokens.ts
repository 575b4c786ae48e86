import type { Selectable } from 'kysely'

import { parseScopes } from '../../domain/scopes.ts'
import type { AccessToken, TokenReads, TokenWrites } from '../../domain/tokens.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import type { AccessTokensTable } from './schema.ts'

export function tokenReads(database: Database): TokenReads {
  return {
    async findActor(hash, now) {
      const [row] = await database.query(
        `select t.account_id, t.id, t.user_id, t.scopes, t.expires_at, u.role,
           coalesce(t.oauth_grant_hash, t.made_with_grant_hash) grant_hash
         from access_tokens t join users u on u.account_id = t.account_id and u.id = t.user_id
         where t.hash = :hash and t.revoked_at is null
           and (t.expires_at is null or t.expires_at > :now) and u.status = 'active'`,
        { hash, now },
      )
      return (
        row && {
          accountKey: Number(row['account_id']),
          tokenId: Number(row['id']),
          userId: Number(row['user_id']),
          isAdmin: row['role'] === 'admin',
          expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
          scopes: parseScopes(String(row['scopes'])) ?? [],
          grantHash: row['grant_hash'] === null ? null : String(row['grant_hash']),
        }
      )
    },
    async list(account) {
      const rows = await database.db
        .selectFrom('access_tokens as t')
        .innerJoin('users as u', (join) =>
          join.onRef('u.account_id', '=', 't.account_id').onRef('u.id', '=', 't.user_id'),
        )
        .selectAll('t')
        .select('u.email')
        .where('t.account_id', '=', account)
        .where('t.oauth_client_id', 'is', null)
        .orderBy('t.id')
        .execute()
      return rows.map((row) => ({ ...toToken(row), email: row.email }))
    },
    listOf(account, userId, page) {
      const query = database.db
        .selectFrom('access_tokens')
        .selectAll()
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .where('oauth_client_id', 'is', null)
      return readPage(query, page, toToken)
    },
  }
}

export function tokenWrites({ db }: SqlTransaction, account: number): TokenWrites {
  return {
    async add(token, grant) {
      const { next_token_id } = await db
        .updateTable('accounts')
        .set((eb) => ({ next_token_id: eb('next_token_id', '+', 1) }))
        .where('account_id', '=', account)
        .returning('next_token_id')
        .executeTakeFirstOrThrow()
      const id = next_token_id - 1
      await db
        .insertInto('access_tokens')
        .values({
          account_id: account,
          id,
          hash: token.hash,
          user_id: token.userId,
          scopes: token.scopes.join(' '),
          description: token.description,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          revoked_at: token.revokedAt,
          oauth_client_id: grant?.clientId ?? null,
          [grant?.clientId === null ? 'made_with_grant_hash' : 'oauth_grant_hash']:
            grant?.grantHash ?? null,
        })
        .execute()
      return id
    },
    async find(id) {
      const row = await db
        .selectFrom('access_tokens')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toToken(row)
    },
    async revoke(id, at) {
      const result = await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    async revokeOf(userId, at) {
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .execute()
    },
  }
}

const toToken = (row: Selectable<AccessTokensTable>): AccessToken => ({
  id: row.id,
  hash: row.hash,
  userId: row.user_id,
  scopes: parseScopes(row.scopes) ?? [],
  description: row.description,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
})
