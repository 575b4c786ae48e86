import type { SignInCandidate } from '../../domain/sessions.ts'
import type { Tools } from '../request/call.ts'

/** The most accounts in which one e-mail address is tried. */
const candidatesMax = 10

export interface GivenPassword {
  readonly email: string
  readonly password: string
  /** Where it comes from. */
  readonly address: string
}

/**
 * The active users with this e-mail address and password, of the accounts that are meant. An unknown
 * address takes as long as a known one. Throws 429 after too many wrong passwords.
 */
export async function findByPassword(
  { store, passwords, signIns, clock }: Tools,
  { email, password, address }: GivenPassword,
  isMeant: (candidate: SignInCandidate) => boolean,
): Promise<readonly SignInCandidate[]> {
  const known = await store.users.findSignIns(email, candidatesMax)
  const candidates = known.filter(isMeant)
  // An account that does not exist counts for all of them: it must not tell who is known.
  const users = candidates.length > 0 ? candidates : known
  return signIns.check({ email, address, users }, clock, async () => {
    const matching: SignInCandidate[] = []
    for (const candidate of candidates) {
      if (await passwords.verify(candidate.passwordHash, password)) matching.push(candidate)
    }
    if (candidates.length === 0) await passwords.verify(null, password)
    return matching
  })
}
