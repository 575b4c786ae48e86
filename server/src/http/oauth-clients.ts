import type * as contract from '@doorstep/contract/oauth-clients'

import { printSeconds } from '../domain/clock.ts'
import { type OAuthClient, redirectUriProblem } from '../domain/oauth.ts'
import { addClient, removeClient } from '../rules/oauth-clients.ts'
import { hashToken } from './access/auth.ts'
import { fieldProblem } from './errors.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'

export const listOAuthClients: Handler<typeof contract.listOAuthClients> = (call) => {
  const { actor, store } = call
  return answerPage(
    call,
    'oauth_client',
    ['id'],
    (page) => store.oauth.listClients(actor.accountKey, page),
    toAnswer,
  )
}

export const createOAuthClient: Handler<typeof contract.createOAuthClient> = async (call) => {
  const { store, actor, body, clock, newSecret } = call
  const secret = body.public === true ? null : newSecret()
  const client = {
    uid: newSecret(),
    name: body.name,
    redirectUris: body.redirect_uris,
    secretHash: secret === null ? null : hashToken(secret),
    createdAt: clock(),
  }
  const id = await store.write(actor.accountKey, (tx) => addClient(tx, actor, client))
  return printItem('oauth_client', { ...toAnswer({ ...client, id }), client_secret: secret })
}

export const deleteOAuthClient: Handler<typeof contract.deleteOAuthClient> = async (call) => {
  const { store, actor, params, clock } = call
  const isRemoved = await store.write(actor.accountKey, (tx) =>
    removeClient(tx, actor, idOf(params), clock()),
  )
  if (!isRemoved) throw notFound('oauth_client', params)
  return undefined
}

export const checks: Checks<typeof contract.createOAuthClient> = {
  always: (_call, { redirect_uris: uris = [] }) =>
    uris.flatMap((uri, index) => {
      const why = typeof uri === 'string' ? redirectUriProblem(uri) : undefined
      const field = `/redirect_uris/${index}`
      return why === undefined ? [] : [fieldProblem('oauth_client', field, 'incorrect_value', why)]
    }),
}

const toAnswer = (client: OAuthClient): contract.OAuthClient => ({
  id: client.id,
  client_id: client.uid,
  name: client.name,
  redirect_uris: [...client.redirectUris],
  public: client.secretHash === null,
  created_at: printSeconds(client.createdAt),
})
