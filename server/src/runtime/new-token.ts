import { randomBytes } from 'node:crypto'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Scope } from '../domain/scopes.ts'
import type { Store, Transaction } from '../domain/store.ts'
import { hashToken } from '../http/access/auth.ts'
import { noteToken } from '../rules/audited.ts'

export interface TokenRequest {
  readonly email: string
  readonly description: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number | null
}

/** Creates a token for the user with this e-mail address; answers its 64 hex characters. */
export const makeToken = (
  store: Store,
  account: AccountKey,
  request: TokenRequest,
): Promise<string> => store.write(account, (tx) => addToken(tx, request))

/** The same as part of a transaction. */
export async function addToken(
  tx: Transaction,
  { email, ...request }: TokenRequest,
): Promise<string> {
  const secret = randomBytes(32).toString('hex')
  const user = (await tx.users.findByEmail([email])).get(email.toLowerCase())
  if (!user)
    throw new DomainError(
      'not_found',
      `${email} is not a user of this account. \`./doorstep user list\` lists them.`,
    )
  if (user.status !== 'active')
    throw new DomainError('not_found', `${email} is not active. An admin can make them active.`)
  const token = {
    ...request,
    hash: hashToken(secret),
    userId: user.id,
    createdAt: Date.now(),
    revokedAt: null,
  }
  const id = await tx.tokens.add(token)
  await noteToken(tx, 'command_line', 'token_created', { ...token, id })
  return secret
}
