import { randomBytes } from 'node:crypto'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Scope } from '../domain/scopes.ts'
import type { Store } from '../domain/store.ts'
import { hashToken } from '../http/access/auth.ts'

export interface TokenRequest {
  readonly email: string
  readonly description: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number | null
}

/** Creates a token for the user with this e-mail address; answers its 64 hex characters. */
export async function makeToken(
  store: Store,
  account: AccountKey,
  { email, ...request }: TokenRequest,
): Promise<string> {
  const secret = randomBytes(32).toString('hex')
  await store.write(account, async (tx) => {
    const user = (await tx.users.findByEmail([email])).get(email.toLowerCase())
    if (!user) throw new DomainError('not_found', `${email} is not a user of this account.`)
    await tx.tokens.add({
      ...request,
      hash: hashToken(secret),
      userId: user.id,
      createdAt: Date.now(),
      revokedAt: null,
    })
  })
  return secret
}
