import type { AccountKey } from '../../domain/accounts.ts'
import type { Tools } from '../request/call.ts'
import { findMatching } from '../sessions.ts'

export interface GivenPassword {
  readonly email: string
  readonly password: string
  readonly address: string
}

/** The active user of the account with this password. Throws 429 after too many wrong ones. */
export async function findByPassword(
  tools: Tools,
  account: AccountKey,
  { email, password, address }: GivenPassword,
): Promise<number | undefined> {
  await tools.signIns.attempt(email, address, tools.clock())
  const [user] = await findMatching(
    tools,
    email,
    password,
    ({ accountKey }) => accountKey === account,
  )
  if (user) await tools.signIns.forgive(email, address, tools.clock())
  return user?.userId
}
