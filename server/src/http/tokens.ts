import type * as contract from '@doorstep/contract/tokens'

import type { Actor } from '../domain/actor.ts'
import { parseTime, printSeconds } from '../domain/clock.ts'
import { scopes } from '../domain/scopes.ts'
import type { AccessToken } from '../domain/tokens.ts'
import { noteToken } from '../rules/audited.ts'
import { forbidden, hashToken, unauthorized } from './access/auth.ts'
import { throwProblems, fieldProblem } from './errors.ts'
import type { Checks, Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'

export const listTokens: Handler<typeof contract.listTokens> = async (call) => {
  const { query, actor, store } = call
  const { user_id: userId = actor.userId } = query
  requireOwn(actor, userId)
  return answerPage(
    call,
    'token',
    ['id'],
    (page) => store.tokens.listOf(actor.accountKey, userId, page),
    toAnswer,
  )
}

export const createToken: Handler<typeof contract.createToken> = async (call) => {
  const { store, actor, body, clock, newSecret } = call
  const userId = body.user_id ?? actor.userId
  requireOwn(actor, userId)
  const { grantHash } = actor
  const secret = newSecret()
  const token = {
    hash: hashToken(secret),
    userId,
    scopes: scopes.filter((scope) => body.scopes.includes(scope)),
    description: body.description,
    createdAt: clock(),
    expiresAt: earlier(timeOf(body.expires_at), actor.expiresAt),
    revokedAt: null,
  }
  const id = await store.write(actor.accountKey, async (tx) => {
    const user = (await tx.users.find([userId])).get(userId)
    const why = `must name an active user of this account, given: ${userId}`
    if (user?.status !== 'active') throwProblems([problem('/user_id', why)])
    // The grant may have been revoked since the request came in.
    if (grantHash !== null && !(await tx.oauth.hasGrant(grantHash))) throw unauthorized()
    const grant = grantHash === null ? undefined : { clientId: null, grantHash }
    const added = await tx.tokens.add(token, grant)
    await noteToken(tx, actor, 'token_created', { ...token, id: added })
    return added
  })
  return printItem('token', { ...toAnswer({ ...token, id, lastUsedAt: null }), token: secret })
}

/** A token expires no later than the token that created it. */
const earlier = (wanted: number | null, end: number | null): number | null =>
  wanted === null || end === null ? (wanted ?? end) : Math.min(wanted, end)

export const deleteToken: Handler<typeof contract.deleteToken> = async (call) => {
  const { store, actor, params, clock } = call
  const isRevoked = await store.write(actor.accountKey, async (tx) => {
    const token = await tx.tokens.find(idOf(params))
    const isMine = token !== undefined && (actor.isAdmin || token.userId === actor.userId)
    if (!isMine || !(await tx.tokens.revoke(token.id, clock()))) return false
    await noteToken(tx, actor, 'token_revoked', token)
    return true
  })
  if (!isRevoked) throw notFound('token', params)
  return undefined
}

export const checks: Checks<typeof contract.createToken> = {
  always: ({ actor, clock }, { scopes: wanted = [], expires_at: expiresAt }) => {
    const lacking = wanted.filter((scope) => scope && !actor.scopes.includes(scope))
    const end = timeOf(expiresAt)
    return [
      ...(lacking.length > 0
        ? [
            problem(
              '/scopes',
              `may only contain scopes that you have. Remove: ${lacking.join(', ')}`,
            ),
          ]
        : []),
      ...(end !== null && end <= clock()
        ? [problem('/expires_at', `must be in the future, given: ${expiresAt}`)]
        : []),
    ]
  },
}

function requireOwn(actor: Actor, userId: number): void {
  if (actor.isAdmin || userId === actor.userId) return
  throw forbidden('Only an admin may manage the tokens of other users. Ask an admin to do it.')
}

const problem = (field: string, why: string) => fieldProblem('token', field, 'incorrect_value', why)

const timeOf = (text: string | null | undefined): number | null =>
  text ? (parseTime(text) ?? null) : null

const toAnswer = (token: AccessToken): contract.Token => ({
  id: token.id,
  user_id: token.userId,
  description: token.description,
  scopes: [...token.scopes],
  created_at: printSeconds(token.createdAt),
  expires_at: token.expiresAt === null ? null : printSeconds(token.expiresAt),
  last_used_at: token.lastUsedAt === null ? null : printSeconds(token.lastUsedAt),
})
