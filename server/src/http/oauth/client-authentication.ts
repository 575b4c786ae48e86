import { timingSafeEqual } from 'node:crypto'

import type { AccountClient } from '../../domain/oauth.ts'
import type { Store } from '../../domain/store.ts'
import { hashToken } from '../access/auth.ts'
import { OAuthFailure } from './errors.ts'
import type { Given } from './parameters.ts'

interface Credentials {
  readonly uid: string
  readonly secret: string
  readonly isBasic: boolean
}

/** By HTTP Basic, otherwise by parameters. A public client has no secret (RFC 6749, 2.3). */
export async function authenticateClient(
  store: Store,
  given: Given,
  authorization: string | undefined,
): Promise<AccountClient> {
  const credentials = readBasic(authorization) ?? {
    uid: given.get('client_id') ?? '',
    secret: given.get('client_secret') ?? '',
    isBasic: false,
  }
  if (credentials.uid === '') throw invalidClient('client_id is missing.', credentials)
  const found = await store.oauth.findClient(credentials.uid)
  const hash = found?.client.secretHash ?? null
  const isRight =
    hash === null ? credentials.secret === '' : isSame(hashToken(credentials.secret), hash)
  if (!found || !isRight) {
    throw invalidClient('The client is unknown, or its secret is wrong.', credentials)
  }
  return found
}

/** undefined: another scheme, or no such header. Both parts are form-encoded. */
function readBasic(authorization: string | undefined): Credentials | undefined {
  const encoded = /^Basic +([^\s]+) *$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [, uid = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  return { uid: formDecoded(uid), secret: formDecoded(secret), isBasic: true }
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const invalidClient = (description: string, { isBasic }: Credentials): OAuthFailure =>
  new OAuthFailure('invalid_client', description, {
    headers: isBasic ? { 'WWW-Authenticate': 'Basic realm="doorstep"' } : {},
  })

/** Compares in a time that does not depend on how much is right. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
