import { timingSafeEqual } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { sessionIdleMs } from '../../domain/sessions.ts'
import { tokenPattern } from '../../domain/tokens.ts'
import { prefixOf } from '../request/origin.ts'
import { forbidden, hashToken } from './auth.ts'

/** The session that a request's cookie names. */
export interface BrowserSession {
  readonly id: string
  /** The hash that is stored and looked up instead of the id. */
  readonly hash: string
}

export const sessionCookie = 'doorstep_session'

/** The session that the cookie names, if this server signed it. It may have ended. */
export function readSession(
  app: FastifyInstance,
  header: string | undefined,
): BrowserSession | undefined {
  const given = header?.includes(sessionCookie) ? app.parseCookie(header)[sessionCookie] : undefined
  const id = given === undefined ? null : app.unsignCookie(given).value
  return id !== null && tokenPattern.test(id) ? { id, hash: hashToken(id) } : undefined
}

export const setSessionCookie = (reply: FastifyReply, id: string): FastifyReply =>
  reply.setCookie(sessionCookie, id, {
    ...attributesOf(reply),
    maxAge: sessionIdleMs / 1000,
    signed: true,
  })

export const clearSessionCookie = (reply: FastifyReply): FastifyReply =>
  reply.clearCookie(sessionCookie, attributesOf(reply))

/** `auto`: secure if the client speaks https. */
const attributesOf = ({ request }: FastifyReply) =>
  ({ path: prefixOf(request) || '/', httpOnly: true, sameSite: 'lax', secure: 'auto' }) as const

/** Derived from the session's id, so nobody without the cookie can compute it. */
export const csrfTokenOf = ({ id }: Pick<BrowserSession, 'id'>): string => hashToken(`csrf ${id}`)

const safeMethods = ['GET', 'HEAD']

/** A write with the cookie must prove that it comes from a page that can read answers. */
export function requireCsrfToken({ sender, method, headers }: FastifyRequest): void {
  const session = sender?.session
  if (!session || safeMethods.includes(method)) return
  const given = Buffer.from(String(headers['x-csrf-token'] ?? ''))
  const expected = Buffer.from(csrfTokenOf(session))
  if (given.length === expected.length && timingSafeEqual(given, expected)) return
  throw forbidden(
    'A write with the session cookie needs the header X-CSRF-Token. Send the csrf_token that ' +
      'GET /v2/session returns.',
  )
}
