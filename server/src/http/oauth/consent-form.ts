import type { FastifyInstance, FastifyReply } from 'fastify'

import { tokenPattern } from '../../domain/tokens.ts'
import { hashToken } from '../access/auth.ts'
import { isSame } from './client-authentication.ts'

/** What ties a form to the browser that it was shown in. */
export interface FormKey {
  readonly cookieId: string
  /** Of the session that the form speaks of. */
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

/** NOTE: `lax`, so that a second form, asked for from the client's site, finds the first one's. */
export const setFormCookie = (reply: FastifyReply, id: string): FastifyReply =>
  reply.setCookie(formCookie, id, {
    path: '/oauth2',
    httpOnly: true,
    sameSite: 'lax',
    secure: 'auto',
    signed: true,
    maxAge: formMaxAgeS,
  })

/** Nobody can make it who does not know what is in the browser's cookies. */
export const formTokenOf = ({ cookieId, sessionId, clientUid }: FormKey): string =>
  hashToken(`consent ${cookieId} ${sessionId ?? '-'} ${clientUid}`)

export const isFormToken = (given: string | undefined, key: FormKey): boolean =>
  isSame(given ?? '', formTokenOf(key))
