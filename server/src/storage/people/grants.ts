import { type Selectable, sql } from 'kysely'

import type { Grant, OAuthReads, OAuthWrites } from '../../domain/oauth.ts'
import { parseScopes } from '../../domain/scopes.ts'
import { nextId } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import type { OAuthGrantsTable } from './schema.ts'

export function grantReads({ db }: Database): Pick<OAuthReads, 'listGrants'> {
  return {
    listGrants(account, userId, now, page) {
      const clientColumn = (name: 'uid' | 'name') =>
        sql<string | null>`(select ${sql.ref(name)} from oauth_clients c
          where c.account_id = oauth_grants.account_id and c.id = oauth_grants.client_id)`
      const query = db
        .selectFrom('oauth_grants')
        .selectAll()
        .select(clientColumn('uid').as('client_uid'))
        .select(clientColumn('name').as('client_name'))
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
      return readPage(query, page, (row) => ({
        ...toGrant(row),
        clientUid: row.client_uid ?? '',
        clientName: row.client_name ?? '',
      }))
    },
  }
}

export function grantWrites(
  { db }: SqlTransaction,
  account: number,
): Pick<OAuthWrites, 'addGrant' | 'findGrant' | 'hasGrant' | 'revokeGrant' | 'revokeGrantsOf'> {
  return {
    async addGrant(grant) {
      const id = await nextId(db, account, 'next_grant_id')
      await db
        .insertInto('oauth_grants')
        .values({
          account_id: account,
          id,
          hash: grant.hash,
          client_id: grant.clientId,
          user_id: grant.userId,
          scopes: grant.scopes.join(' '),
          created_at: grant.createdAt,
          expires_at: grant.expiresAt,
        })
        .execute()
      return id
    },
    async findGrant(id) {
      const row = await db
        .selectFrom('oauth_grants')
        .selectAll()
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toGrant(row)
    },
    async hasGrant(hash) {
      const row = await db
        .selectFrom('oauth_grants')
        .select('id')
        .where('account_id', '=', account)
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row !== undefined
    },
    async revokeGrant(hash, at) {
      await revokingTokens(db, account, at).where('oauth_grant_hash', '=', hash).execute()
      await revokingTokens(db, account, at).where('made_with_grant_hash', '=', hash).execute()
      await db
        .deleteFrom('oauth_refresh_tokens')
        .where('account_id', '=', account)
        .where('grant_hash', '=', hash)
        .execute()
      const row = await db
        .deleteFrom('oauth_grants')
        .where('account_id', '=', account)
        .where('hash', '=', hash)
        .returningAll()
        .executeTakeFirst()
      return row && toGrant(row)
    },
    revokeGrantsOf: (userId, at) => revokeGrantsOf(db, account, userId, at),
  }
}

/** The tokens with a grant, and those that were created with one. */
async function revokeGrantsOf(
  db: SqlTransaction['db'],
  account: number,
  userId: number,
  at: number,
): Promise<void> {
  await revokingTokens(db, account, at)
    .where('user_id', '=', userId)
    .where('oauth_client_id', 'is not', null)
    .execute()
  await revokingTokens(db, account, at)
    .where('made_with_grant_hash', 'in', (eb) =>
      eb
        .selectFrom('oauth_grants')
        .select('hash')
        .where('account_id', '=', account)
        .where('user_id', '=', userId),
    )
    .execute()
  for (const table of ['oauth_codes', 'oauth_refresh_tokens', 'oauth_grants'] as const) {
    await db
      .deleteFrom(table)
      .where('account_id', '=', account)
      .where('user_id', '=', userId)
      .execute()
  }
}

const revokingTokens = (db: SqlTransaction['db'], account: number, at: number) =>
  db
    .updateTable('access_tokens')
    .set({ revoked_at: at })
    .where('account_id', '=', account)
    .where('revoked_at', 'is', null)

const toGrant = (row: Selectable<OAuthGrantsTable>): Grant => ({
  id: row.id,
  hash: row.hash,
  clientId: row.client_id,
  userId: row.user_id,
  scopes: parseScopes(row.scopes) ?? [],
  createdAt: row.created_at,
  expiresAt: row.expires_at,
})
