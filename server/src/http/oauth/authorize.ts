import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Scope } from '../../domain/scopes.ts'
import { sessionIdleMs, type SignInCandidate } from '../../domain/sessions.ts'
import { findByPassword } from '../access/passwords.ts'
import { type BrowserSession, readSession } from '../access/session-cookie.ts'
import type { Tools } from '../request/call.ts'
import { prefixOf } from '../request/origin.ts'
import {
  allow,
  type Authorization,
  findAuthorization,
  findGrantable,
  redirectTo,
} from './authorization.ts'
import { formTokenOf, isFormToken, readFormCookie, setFormCookie } from './consent-form.ts'
import { consentPolicy, pagePolicy, printConsent, printProblem } from './consent-page.ts'
import { bug, type OAuthFailure, toFailure } from './errors.ts'
import type { OfferedGrants } from './library.ts'
import { readGiven } from './parameters.ts'

const htmlType = 'text/html; charset=utf-8'
const staleForm = 'This page has expired, or did not come from this server. Please decide again.'
const wrongPassword = 'The e-mail address or the password is wrong.'

interface Context {
  readonly app: FastifyInstance
  readonly tools: Tools
  readonly offered: OfferedGrants
}

/** Serves the consent page, and acts on the user's decision. */
export function serveAuthorize(app: FastifyInstance, tools: Tools, offered: OfferedGrants): void {
  const context = { app, tools, offered }
  app.get('/oauth2/authorize', { schema: { hide: true } }, (request, reply) =>
    orProblemPage(request, reply, async () => {
      const authorization = await findAuthorization(tools, readGiven(request.query, {}), offered)
      return orRedirectError(request, reply, authorization, async () => {
        const scopes = await findGrantable(authorization, offered)
        return showConsent(context, request, reply, { authorization, scopes })
      })
    }),
  )
  app.post('/oauth2/authorize', { schema: { hide: true } }, (request, reply) =>
    orProblemPage(request, reply, async () => {
      const given = readGiven({}, request.body)
      const authorization = await findAuthorization(tools, given, offered)
      return orRedirectError(request, reply, authorization, () =>
        decide(context, request, reply, authorization),
      )
    }),
  )
}

async function decide(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
): Promise<FastifyReply> {
  const { app, tools, offered } = context
  const { given, client, accountKey } = authorization
  const scopes = await findGrantable(authorization, offered)
  const signedIn = await findSignedIn(context, request, authorization)
  const cookieId = readFormCookie(app, request.headers.cookie)
  const key = { cookieId: cookieId ?? '', sessionId: signedIn?.session.id, clientUid: client.uid }
  const email = given.get('email')?.trim() ?? ''
  const showAgain = (status: number, problem: string) =>
    showConsent(context, request, reply.code(status), { authorization, scopes, problem, email })
  if (cookieId === undefined || !isFormToken(given.get('form_token'), key)) {
    return showAgain(403, staleForm)
  }
  if (given.get('decision') !== 'allow') {
    const denied = { error: 'access_denied', error_description: 'Access denied.' }
    return reply.redirect(redirectTo(authorization, denied), 303)
  }
  const password = given.get('password') ?? ''
  try {
    const isMeant = (candidate: SignInCandidate) => candidate.accountKey === accountKey
    const typed = { email, password, request }
    const [found] = signedIn ? [signedIn] : await findByPassword(tools, typed, isMeant)
    const userId = found?.userId
    if (userId === undefined) return showAgain(403, wrongPassword)
    return reply.redirect(await allow(tools, authorization, offered, userId), 303)
  } catch (error) {
    const failure = toFailure(error, request)
    if (failure?.status !== 429) throw error
    return showAgain(429, failure.message)
  }
}

async function showConsent(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  page: {
    readonly authorization: Authorization
    readonly scopes: readonly Scope[]
    readonly problem?: string
    readonly email?: string
  },
): Promise<FastifyReply> {
  const { app, tools } = context
  const { accountKey, client, redirectUri } = page.authorization
  const signedIn = await findSignedIn(context, request, page.authorization)
  const user = signedIn && (await tools.store.users.find(accountKey, signedIn.userId))
  const account = await tools.store.accounts.find(accountKey)
  const cookieId = readFormCookie(app, request.headers.cookie) ?? tools.newSecret()
  setFormCookie(reply, cookieId)
  const sessionId = signedIn?.session.id
  const formToken = formTokenOf({ cookieId, sessionId, clientUid: client.uid })
  return reply
    .type(htmlType)
    .header('Content-Security-Policy', consentPolicy(redirectUri))
    .send(
      printConsent({
        ...page,
        action: `${prefixOf(request)}/oauth2/authorize`,
        formToken,
        user: user ?? null,
        accountName: account?.name ?? '',
      }),
    )
}

/** A user of another account than the client's counts as not signed in. */
async function findSignedIn(
  { app, tools }: Context,
  { headers }: FastifyRequest,
  { accountKey }: Authorization,
): Promise<{ session: BrowserSession; userId: number } | undefined> {
  const session = readSession(app, headers.cookie)
  const usedAfter = tools.clock() - sessionIdleMs
  const actor = session && (await tools.store.sessions.findActor(session.hash, usedAfter))
  if (!session || actor?.accountKey !== accountKey) return undefined
  return { session, userId: actor.userId }
}

/** Shows an error to the user without a redirect, for an unknown client or redirect URI. */
async function orProblemPage(
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (error) {
    const { status, message, headers } = failureOf(error, request)
    return reply
      .code(status === 401 ? 400 : status)
      .headers(headers)
      .header('Content-Security-Policy', pagePolicy("'none'"))
      .type(htmlType)
      .send(printProblem(message))
  }
}

async function orRedirectError(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = failureOf(error, request)
    return reply.redirect(
      redirectTo(authorization, { error: code, error_description: message }),
      303,
    )
  }
}

function failureOf(error: unknown, request: FastifyRequest): OAuthFailure {
  const known = toFailure(error, request)
  if (!known) request.log.error({ err: error, logref: request.id }, 'a request failed')
  return known ?? bug()
}
