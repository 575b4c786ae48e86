import { failedSignInsNotedMax, failedSignInsNotedMs } from '@doorstep/contract/limits'
import type { FastifyRequest } from 'fastify'

import type { SignInCandidate } from '../../domain/sessions.ts'
import type { Tools } from '../request/call.ts'
import { addressOf } from './client-address.ts'

/** The most accounts in which one e-mail address is tried. */
const candidatesMax = 10

export interface GivenPassword {
  readonly email: string
  readonly password: string
  /** That it comes with. */
  readonly request: FastifyRequest
}

/**
 * The active users with this e-mail address and password, of the accounts that are meant. An unknown
 * address takes as long as a known one. Throws 429 after too many wrong passwords.
 */
export async function findByPassword(
  { store, passwords, signIns, clock }: Tools,
  { email, password, request }: GivenPassword,
  isMeant: (candidate: SignInCandidate) => boolean,
): Promise<readonly SignInCandidate[]> {
  const known = await store.users.findSignIns(email, candidatesMax)
  const candidates = known.filter(isMeant)
  // An account that does not exist counts for all of them: it must not tell who is known.
  const users = candidates.length > 0 ? candidates : known
  const address = addressOf(request)
  const found = await signIns.check({ email, address, users }, clock, async () => {
    const matching: SignInCandidate[] = []
    for (const candidate of candidates) {
      if (await passwords.verify(candidate.passwordHash, password)) matching.push(candidate)
    }
    if (candidates.length === 0) await passwords.verify(null, password)
    return matching
  })
  if (found.length === 0) {
    // NOTE: not awaited, because it takes longer for a known address than for an unknown one.
    noteFailure(store, candidates, clock()).catch((error: unknown) => {
      request.log.error({ err: error, logref: request.id }, 'a failed sign-in could not be noted')
    })
  }
  return found
}

/** For an address that nobody has, in the only account; with several, nobody knows which was meant. */
async function noteFailure(
  store: Tools['store'],
  candidates: readonly SignInCandidate[],
  now: number,
): Promise<void> {
  const unless = { max: failedSignInsNotedMax, since: now - failedSignInsNotedMs }
  for (const { accountKey, userId } of candidates) {
    await store.audit.addFailedSignIn(accountKey, userId, unless)
  }
  const only = candidates.length === 0 ? await store.accounts.findOnly() : undefined
  if (only) await store.audit.addFailedSignIn(only.key, null, unless)
}
