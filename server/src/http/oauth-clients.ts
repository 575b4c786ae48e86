import type {
  createOAuthClient,
  deleteOAuthClient,
  listOAuthClients,
  OAuthClient as Answer,
} from '@doorstep/contract/oauth-clients'

import { printSeconds } from '../domain/clock.ts'
import { type OAuthClient, redirectUriProblem } from '../domain/oauth.ts'
import { hashToken } from './access/auth.ts'
import { fieldProblem } from './request/body.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { collectionOf, pageLinks, printItems, toSort } from './request/pages.ts'

export const handleListOAuthClients: Handler<typeof listOAuthClients> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.oauth.listClients(actor.accountKey, {
    offset: (page - 1) * limit,
    limit,
    sort: toSort(sort_by, ['id']),
  })
  const links = pageLinks(`${origin}/v2/oauth_clients`, query, hasMore)
  return collectionOf(printItems('oauth_client', rows.map(toAnswer)), rows.length, links)
}

export const handleCreateOAuthClient: Handler<typeof createOAuthClient> = async (call) => {
  const { store, actor, body, clock, newSecret } = call
  const secret = body.public === true ? null : newSecret()
  const client = {
    uid: newSecret(),
    name: body.name,
    redirectUris: body.redirect_uris,
    secretHash: secret === null ? null : hashToken(secret),
    createdAt: clock(),
  }
  const id = await store.write(actor.accountKey, (tx) => tx.oauth.addClient(client))
  const data = { ...toAnswer({ ...client, id }), client_secret: secret }
  return JSON.stringify({ data, meta: { type: 'oauth_client' } })
}

export const handleDeleteOAuthClient: Handler<typeof deleteOAuthClient> = async (call) => {
  const { store, actor, params, clock } = call
  const isRemoved = await store.write(actor.accountKey, (tx) =>
    tx.oauth.removeClient(idOf(params), clock()),
  )
  if (!isRemoved) throw notFound('oauth_client', params)
  return undefined
}

export const oauthClientChecks: Checks<typeof createOAuthClient> = {
  always: (_call, { redirect_uris: uris = [] }) =>
    uris.flatMap((uri, index) => {
      const why = typeof uri === 'string' ? redirectUriProblem(uri) : undefined
      const field = `/redirect_uris/${index}`
      return why === undefined ? [] : [fieldProblem('oauth_client', field, 'incorrect_value', why)]
    }),
}

const toAnswer = (client: OAuthClient): Answer => ({
  id: client.id,
  client_id: client.uid,
  name: client.name,
  redirect_uris: [...client.redirectUris],
  public: client.secretHash === null,
  created_at: printSeconds(client.createdAt),
})
