import type { Operation } from '@doorstep/contract/operations'

import type { AccountKey } from '../../domain/accounts.ts'
import type { CodePurpose } from '../../domain/one-time-codes.ts'
import { isUsable } from '../../rules/one-time-codes.ts'
import { apiError, type ApiError } from '../errors.ts'
import type { Call } from '../request/call.ts'
import { hashToken } from './auth.ts'
import { addressOf } from './client-address.ts'

type OpenCall = Pick<Call<Operation>, 'store' | 'signIns' | 'clock' | 'request'>

/**
 * Looks up a code that somebody sends who is not signed in. Throws 401 if it cannot be used, and 429
 * after too many that could not.
 */
export async function requireCode(
  { store, signIns, clock, request }: OpenCall,
  purpose: CodePurpose,
  code: string,
): Promise<{ readonly hash: string; readonly accountKey: AccountKey }> {
  const hash = hashToken(code)
  const found = await signIns.checkCode(addressOf(request), clock, async () => {
    const known = await store.oneTimeCodes.find(hash)
    return known && isUsable(known, purpose, clock()) ? known : undefined
  })
  if (!found) throw wrongCode()
  return found
}

export const wrongCode = (): ApiError =>
  apiError(
    'unauthorized',
    'the link does not work',
    'The link was used, withdrawn or replaced, or has expired. Ask for a new one.',
    { 'WWW-Authenticate': 'Bearer' },
  )

/** The address of a page that sends the code. Browsers keep what follows the # from servers. */
export const codeLink = (origin: string, page: CodePage, code: string): string =>
  `${origin}/${page}#code=${code}`

export type CodePage = 'setup' | 'sign-in' | 'invitation'
