import { hash } from 'node:crypto'

import type { Actor } from '../../domain/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { Store } from '../../domain/store.ts'
import { tokenPattern } from '../../domain/tokens.ts'
import { apiError, type ApiError } from '../errors.ts'

/** The hash that is stored and looked up instead of a token. */
export const hashToken = (token: string): string => hash('sha256', token)

/** The bearer token's hash; undefined when the header is missing or malformed. */
export function bearerHash(header: string | undefined): string | undefined {
  const token = header !== undefined ? /^Bearer +(\S+) *$/i.exec(header)?.[1] : undefined
  return token !== undefined && tokenPattern.test(token) ? hashToken(token) : undefined
}

/** The actor of a valid token. The lookup is by hash, so its time reveals nothing of the token. */
export async function findActor(
  store: Store,
  clock: Clock,
  hash: string | undefined,
): ReturnType<Store['tokens']['findActor']> {
  return hash === undefined ? undefined : store.tokens.findActor(hash, clock())
}

export const unauthorized = (): ApiError =>
  apiError(
    'unauthorized',
    'request is unauthorized',
    'Required access token is missing, malformed, expired, or invalid. Send a valid one in the ' +
      'header Authorization: Bearer <token>.',
    { 'WWW-Authenticate': 'Bearer' },
  )

export const insufficientScope = (details: string): ApiError =>
  apiError('insufficient_scope', 'insufficient scope', details)

export const forbidden = (details: string): ApiError =>
  apiError('forbidden', 'not allowed', details)

export function requireAdmin({ isAdmin }: Actor): void {
  if (!isAdmin) throw forbidden('This operation is for admins only. Ask an admin to do it.')
}

export function requireScopes(actor: Actor, needed: readonly Scope[]): void {
  if (needed.every((scope) => actor.scopes.includes(scope))) return
  throw insufficientScope(
    `This operation needs the scope ${needed.map((scope) => `'${scope}'`).join(' and ')}; the ` +
      `token has: ${actor.scopes.join(' ')}. Ask an admin for another token.`,
  )
}
