import type { Kysely } from 'kysely'

import type { OAuthCode, RefreshToken } from '../domain/oauth.ts'
import type { Store, Writes } from '../domain/store.ts'
import { parseScopes } from '../domain/tokens.ts'
import type { Database, Transaction } from './database.ts'
import { oauthClientReads, oauthClientWrites } from './oauth-clients.ts'
import type { Schema } from './schema.ts'

export function oauthReads(database: Database): Store['oauth'] {
  const { reader } = database
  return {
    ...oauthClientReads(database),
    findCode: (account, hash) => findCode(reader, account, hash),
    findRefreshToken: (account, hash) => findRefreshToken(reader, account, hash),
    async findInfo(hash) {
      const row = await reader
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
      database.write(account, async ({ db }) => {
        const codes = await db
          .selectFrom('oauth_codes')
          .select('hash')
          .where('account_id', '=', account)
          .where('expires_at', '<', before)
          .orderBy('expires_at')
          .limit(limit)
          .execute()
        for (const { hash } of codes) await removeCode(db, account, hash)
        const tokens = await db
          .selectFrom('access_tokens')
          .select('id')
          .where('account_id', '=', account)
          .where('oauth_client_id', 'is not', null)
          .where('expires_at', '<', before)
          .orderBy('expires_at')
          .limit(limit - codes.length)
          .execute()
        for (const { id } of tokens) {
          await db
            .deleteFrom('access_tokens')
            .where('account_id', '=', account)
            .where('id', '=', id)
            .execute()
        }
        return codes.length + tokens.length
      }),
  }
}

export function oauthWrites(tx: Transaction, account: number): Writes['oauth'] {
  const { db } = tx
  return {
    ...oauthClientWrites(tx, account),
    async addCode(code) {
      await db
        .insertInto('oauth_codes')
        .values({
          account_id: account,
          hash: code.hash,
          client_id: code.clientId,
          user_id: code.userId,
          scopes: code.scopes.join(' '),
          redirect_uri: code.redirectUri,
          code_challenge: code.codeChallenge,
          code_challenge_method: code.codeChallengeMethod,
          created_at: code.createdAt,
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
        .values({
          account_id: account,
          hash: token.hash,
          client_id: token.clientId,
          user_id: token.userId,
          scopes: token.scopes.join(' '),
          grant_hash: token.grantHash,
          created_at: token.createdAt,
        })
        .execute()
    },
    findRefreshToken: (hash) => findRefreshToken(db, account, hash),
    async revokeGrant(grantHash, at) {
      await db
        .deleteFrom('oauth_refresh_tokens')
        .where('account_id', '=', account)
        .where('grant_hash', '=', grantHash)
        .execute()
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('oauth_grant_hash', '=', grantHash)
        .where('revoked_at', 'is', null)
        .execute()
    },
    async revokeAccessToken(clientId, hash, at) {
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('oauth_client_id', '=', clientId)
        .where('hash', '=', hash)
        .where('revoked_at', 'is', null)
        .execute()
    },
  }
}

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
      hash,
      clientId: row.client_id,
      userId: row.user_id,
      scopes: parseScopes(row.scopes) ?? [],
      redirectUri: row.redirect_uri,
      codeChallenge: row.code_challenge,
      codeChallengeMethod: row.code_challenge_method,
      createdAt: row.created_at,
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
  return (
    row && {
      hash,
      clientId: row.client_id,
      userId: row.user_id,
      scopes: parseScopes(row.scopes) ?? [],
      grantHash: row.grant_hash,
      createdAt: row.created_at,
    }
  )
}

async function removeCode(db: Kysely<Schema>, account: number, hash: string): Promise<void> {
  await db
    .deleteFrom('oauth_codes')
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .execute()
}
