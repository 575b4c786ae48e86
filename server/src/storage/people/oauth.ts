import type { Kysely, Selectable } from 'kysely'

import type {
  OAuthGrant,
  OAuthCode,
  RefreshToken,
  OAuthReads,
  OAuthWrites,
} from '../../domain/oauth.ts'
import { parseScopes } from '../../domain/scopes.ts'
import type { Database, SqlTransaction } from '../database.ts'
import type { Schema } from '../schema.ts'
import { grantReads, grantWrites } from './grants.ts'
import { oauthClientReads, oauthClientWrites } from './oauth-clients.ts'
import type { OAuthRefreshTokensTable } from './schema.ts'

export function oauthReads(database: Database): OAuthReads {
  const { db } = database
  return {
    ...oauthClientReads(database),
    ...grantReads(database),
    findCode: (account, hash) => findCode(db, account, hash),
    findRefreshToken: (account, hash) => findRefreshToken(db, account, hash),
    async findInfo(hash) {
      const row = await db
        .selectFrom('access_tokens as t')
        .leftJoin('oauth_clients as c', (join) =>
          join.onRef('c.account_id', '=', 't.account_id').onRef('c.id', '=', 't.oauth_client_id'),
        )
        .select(['t.user_id', 't.scopes', 't.created_at', 't.expires_at', 'c.uid'])
        .where('t.hash', '=', hash)
        .executeTakeFirst()
      return (
        row && {
          userId: row.user_id,
          scopes: parseScopes(row.scopes) ?? [],
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          clientUid: row.uid,
        }
      )
    },
    drop: (account, before, limit) =>
      database.write(account, async (tx) => {
        const codes = await tx.db
          .selectFrom('oauth_codes')
          .select('hash')
          .where('account_id', '=', account)
          .where('expires_at', '<', before)
          .orderBy('expires_at')
          .limit(limit)
          .execute()
        for (const { hash } of codes) await removeCode(tx.db, account, hash)
        const tokens = await tx.db
          .selectFrom('access_tokens')
          .select('id')
          .where('account_id', '=', account)
          .where('oauth_client_id', 'is not', null)
          .where('expires_at', '<', before)
          .orderBy('expires_at')
          .limit(limit - codes.length)
          .execute()
        for (const { id } of tokens) {
          await tx.db
            .deleteFrom('access_tokens')
            .where('account_id', '=', account)
            .where('id', '=', id)
            .execute()
        }
        await tx.db
          .deleteFrom('oauth_grants')
          .where('account_id', '=', account)
          .where('expires_at', '<', before)
          .execute()
        return codes.length + tokens.length
      }),
  }
}

export function oauthWrites(tx: SqlTransaction, account: number): OAuthWrites {
  const { db } = tx
  return {
    ...oauthClientWrites(tx, account),
    ...grantWrites(tx, account),
    async addCode(code) {
      await db
        .insertInto('oauth_codes')
        .values({
          ...toAllowanceRow(account, code),
          redirect_uri: code.redirectUri,
          code_challenge: code.codeChallenge,
          code_challenge_method: code.codeChallengeMethod,
          expires_at: code.expiresAt,
          used_at: null,
        })
        .execute()
    },
    findCode: (hash) => findCode(db, account, hash),
    async useCode(hash, at) {
      const result = await db
        .updateTable('oauth_codes')
        .set({ used_at: at })
        .where('account_id', '=', account)
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows > 0n
    },
    removeCode: (hash) => removeCode(db, account, hash),
    async addRefreshToken(token) {
      await db
        .insertInto('oauth_refresh_tokens')
        .values({ ...toAllowanceRow(account, token), grant_hash: token.grantHash })
        .execute()
    },
    findRefreshToken: (hash) => findRefreshToken(db, account, hash),
    async revokeAccessToken(clientId, hash, at) {
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('revoked_at', 'is', null)
        .where('oauth_client_id', '=', clientId)
        .where('hash', '=', hash)
        .execute()
    },
  }
}

type AllowanceRow = Pick<
  Selectable<OAuthRefreshTokensTable>,
  'hash' | 'client_id' | 'user_id' | 'scopes' | 'created_at'
>

const toAllowanceRow = (account: number, allowance: OAuthGrant) => ({
  account_id: account,
  hash: allowance.hash,
  client_id: allowance.clientId,
  user_id: allowance.userId,
  scopes: allowance.scopes.join(' '),
  created_at: allowance.createdAt,
})

const toAllowance = (row: AllowanceRow): OAuthGrant => ({
  hash: row.hash,
  clientId: row.client_id,
  userId: row.user_id,
  scopes: parseScopes(row.scopes) ?? [],
  createdAt: row.created_at,
})

async function findCode(
  db: Kysely<Schema>,
  account: number,
  hash: string,
): Promise<OAuthCode | undefined> {
  const row = await db
    .selectFrom('oauth_codes')
    .selectAll()
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return (
    row && {
      ...toAllowance(row),
      redirectUri: row.redirect_uri,
      codeChallenge: row.code_challenge,
      codeChallengeMethod: row.code_challenge_method,
      expiresAt: row.expires_at,
    }
  )
}

async function findRefreshToken(
  db: Kysely<Schema>,
  account: number,
  hash: string,
): Promise<RefreshToken | undefined> {
  const row = await db
    .selectFrom('oauth_refresh_tokens')
    .selectAll()
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row && { ...toAllowance(row), grantHash: row.grant_hash }
}

async function removeCode(db: Kysely<Schema>, account: number, hash: string): Promise<void> {
  await db
    .deleteFrom('oauth_codes')
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .execute()
}
