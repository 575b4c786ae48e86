import { openBodyBytesMax } from '@doorstep/contract/limits'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { revokeToken } from '../../rules/oauth-grants.ts'
import { bearerHash, findActor, hashToken } from '../access/auth.ts'
import type { Tools } from '../request/call.ts'
import { originOf } from '../request/origin.ts'
import { jsonType } from '../request/requests.ts'
import { serveAuthorize } from './authorize.ts'
import { authenticateClient } from './client-authentication.ts'
import { bug, OAuthFailure, printFailure, toFailure } from './errors.ts'
import type { OfferedGrants } from './library.ts'
import { parseBody, readGiven } from './parameters.ts'
import { grantTokens } from './token.ts'

const unseen = { schema: { hide: true } }

/** Serves OAuth 2, with the bodies and errors that its RFCs define (PROTOCOL 9.2). */
export async function serveOAuth(
  root: FastifyInstance,
  tools: Tools,
  offered: OfferedGrants,
): Promise<void> {
  await root.register(async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
      parseBody(request, body),
    )
    app.addHook('onRoute', (route) => {
      route.bodyLimit = openBodyBytesMax
    })
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'Content-Language': 'en', 'Cache-Control': 'no-store', Pragma: 'no-cache' })
    })
    app.setErrorHandler((error, request, reply) => {
      const known = toFailure(error, request)
      if (!known) request.log.error({ err: error, logref: request.id }, 'a request failed')
      const failure = known ?? bug()
      void reply
        .code(failure.status)
        .headers({ 'Content-Language': 'en', 'Cache-Control': 'no-store', Pragma: 'no-cache' })
        .headers(failure.headers)
        .type(jsonType)
        .send(printFailure(failure, originOf(request)))
    })
    serveAuthorize(app, tools, offered)
    serveTokens(app, tools, offered)
    refuseOtherMethods(app)
  })
}

function serveTokens(app: FastifyInstance, tools: Tools, offered: OfferedGrants): void {
  const { store, clock } = tools

  app.post('/oauth2/token', unseen, async (request, reply) => {
    const { query, body, headers } = request
    const given = readGiven(query, body)
    const found = await authenticateClient(store, given, headers.authorization)
    const answer = await grantTokens(tools, offered, found, given, request)
    return reply.type(jsonType).send(JSON.stringify(answer))
  })

  app.post('/oauth2/revoke', unseen, async ({ query, body, headers }, reply) => {
    const given = readGiven(query, body)
    const { accountKey, client } = await authenticateClient(store, given, headers.authorization)
    const token = given.get('token')
    if (token === undefined)
      throw new OAuthFailure('invalid_request', 'token is missing. Send it in the form.')
    const now = clock()
    await store.write(accountKey, (tx) => revokeToken(tx, client, hashToken(token), now))
    return reply.type(jsonType).send('{}')
  })

  app.get('/oauth2/token/info', unseen, async ({ headers }, reply) => {
    const hash = bearerHash(headers.authorization)
    const actor = await findActor(store, clock, hash)
    const info = actor && hash !== undefined ? await store.oauth.findInfo(hash) : undefined
    if (!info) throw invalidToken()
    const { userId, scopes, createdAt, expiresAt, clientUid } = info
    const leftMs = expiresAt === null ? null : expiresAt - clock()
    const answer = {
      resource_owner_id: userId,
      scopes,
      expires_in_seconds: leftMs === null ? null : Math.floor(leftMs / 1000),
      application: { uid: clientUid },
      created_at: Math.floor(createdAt / 1000),
    }
    return reply.type(jsonType).send(JSON.stringify(answer))
  })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const known = {
  '/oauth2/authorize': ['GET', 'POST'],
  '/oauth2/token': ['POST'],
  '/oauth2/revoke': ['POST'],
  '/oauth2/token/info': ['GET'],
}

/** 405 with `Allow` (PROTOCOL 1.6). */
function refuseOtherMethods(app: FastifyInstance): void {
  for (const [url, served] of Object.entries(known)) {
    const allowed = [...served, ...(served.includes('GET') ? ['HEAD'] : [])].join(', ')
    const method = methods.filter((each) => !served.includes(each))
    const headers = { Allow: allowed }
    app.route({
      ...unseen,
      method,
      url,
      exposeHeadRoute: false,
      handler: () => {
        const why = `This method is not supported on this path. Use one of: ${allowed}.`
        throw new OAuthFailure('invalid_request', why, { status: 405, headers })
      },
    })
  }
}

const invalidToken = (): OAuthFailure =>
  new OAuthFailure(
    'invalid_token',
    'The access token is missing, malformed, expired or revoked. Ask for another one.',
    {
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    },
  )
