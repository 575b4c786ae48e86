import type { Kysely, Selectable } from 'kysely'

import type { OAuthClient, OAuthReads, OAuthWrites } from '../../domain/oauth.ts'
import { nextId } from '../counters.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import type { Schema } from '../schema.ts'
import type { OAuthClientsTable } from './schema.ts'

export function oauthClientReads({ db }: Database): Pick<OAuthReads, 'findClient' | 'listClients'> {
  return {
    async findClient(uid) {
      const row = await db
        .selectFrom('oauth_clients')
        .selectAll()
        .where('uid', '=', uid)
        .executeTakeFirst()
      return row && { accountKey: row.account_id, client: toClient(row) }
    },
    listClients: (account, page) => readPage(clientsOf(db, account), page, toClient),
  }
}

export function oauthClientWrites(
  { db }: SqlTransaction,
  account: number,
): Pick<OAuthWrites, 'addClient' | 'findClient' | 'removeClient'> {
  return {
    async addClient(client) {
      const id = await nextId(db, account, 'next_oauth_client_id')
      await db
        .insertInto('oauth_clients')
        .values({
          account_id: account,
          id,
          uid: client.uid,
          name: client.name,
          redirect_uris: JSON.stringify(client.redirectUris),
          secret_hash: client.secretHash,
          created_at: client.createdAt,
        })
        .execute()
      return id
    },
    async findClient(id) {
      const row = await clientsOf(db, account).where('id', '=', id).executeTakeFirst()
      return row && toClient(row)
    },
    async removeClient(id, at) {
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('made_with_grant_hash', 'in', (eb) =>
          eb
            .selectFrom('oauth_grants')
            .select('hash')
            .where('account_id', '=', account)
            .where('client_id', '=', id),
        )
        .where('revoked_at', 'is', null)
        .execute()
      for (const table of ['oauth_codes', 'oauth_refresh_tokens', 'oauth_grants'] as const) {
        await db
          .deleteFrom(table)
          .where('account_id', '=', account)
          .where('client_id', '=', id)
          .execute()
      }
      await db
        .updateTable('access_tokens')
        .set({ revoked_at: at })
        .where('account_id', '=', account)
        .where('oauth_client_id', '=', id)
        .where('revoked_at', 'is', null)
        .execute()
      const result = await db
        .deleteFrom('oauth_clients')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .executeTakeFirst()
      return result.numDeletedRows > 0n
    },
  }
}

const clientsOf = (db: Kysely<Schema>, account: number) =>
  db.selectFrom('oauth_clients').selectAll().where('account_id', '=', account)

function toClient(row: Selectable<OAuthClientsTable>): OAuthClient {
  const redirectUris: unknown = JSON.parse(row.redirect_uris)
  return {
    id: row.id,
    uid: row.uid,
    name: row.name,
    redirectUris: Array.isArray(redirectUris) ? redirectUris.map(String) : [],
    secretHash: row.secret_hash,
    createdAt: row.created_at,
  }
}
