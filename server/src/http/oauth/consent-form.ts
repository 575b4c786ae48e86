import type { FastifyInstance, FastifyReply } from 'fastify'

import { tokenPattern } from '../../domain/tokens.ts'
import { hashToken } from '../access/auth.ts'
import { prefixOf } from '../request/origin.ts'
import { isSame } from './client-authentication.ts'

/** What binds a form to the browser that shows it. */
export interface FormKey {
  readonly cookieId: string
  /** The session of the user whom the form names. */
  readonly sessionId: string | undefined
  readonly clientUid: string
}

const formCookie = 'doorstep_consent'
const formMaxAgeS = 3_600

export function readFormCookie(
  app: FastifyInstance,
  header: string | undefined,
): string | undefined {
  const given = header?.includes(formCookie) ? app.parseCookie(header)[formCookie] : undefined
  const id = given === undefined ? null : app.unsignCookie(given).value
  return id !== null && tokenPattern.test(id) ? id : undefined
}

/** NOTE: `lax`, so that a second form, opened from the client's site, reuses the first cookie. */
export const setFormCookie = (reply: FastifyReply, id: string): FastifyReply =>
  reply.setCookie(formCookie, id, {
    path: `${prefixOf(reply.request)}/oauth2`,
    httpOnly: true,
    sameSite: 'lax',
    secure: 'auto',
    signed: true,
    maxAge: formMaxAgeS,
  })

/** Derived from the browser's cookies, so nobody without them can compute it. */
export const formTokenOf = ({ cookieId, sessionId, clientUid }: FormKey): string =>
  hashToken(`consent ${cookieId} ${sessionId ?? '-'} ${clientUid}`)

export const isFormToken = (given: string | undefined, key: FormKey): boolean =>
  isSame(given ?? '', formTokenOf(key))
