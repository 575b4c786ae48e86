import type { Queries, Transaction } from '../domain/store.ts'
import { useCode } from './one-time-codes.ts'
import { changePassword, changeUser, findUserProblems, type UserProblem } from './users.ts'

/** Whether no admin of the account has a password yet, so that only a setup link lets one in. */
export const needsSetup = async (queries: Pick<Queries, 'users'>): Promise<boolean> =>
  !(await queries.users.hasAdminWithPassword())

/** What the first admin enters. */
export interface Setup {
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly accountName: string | undefined
}

/** What is wrong with the e-mail address that the admin of this code enters. */
export async function findSetupProblems(
  tx: Transaction,
  hash: string,
  email: string,
): Promise<UserProblem[]> {
  return findUserProblems(tx, (await tx.oneTimeCodes.find(hash))?.userId, { email })
}

/**
 * Uses up a code for the setup: gives its admin a name, an e-mail address and a password, and
 * answers their id. The values must have no problems. undefined: the code cannot be used. `now`: in
 * ms.
 */
export async function setUp(
  tx: Transaction,
  hash: string,
  { name, email, passwordHash, accountName }: Setup,
  now: number,
): Promise<number | undefined> {
  const userId = await useCode(tx, 'setup', hash, now)
  const user = userId === undefined ? undefined : (await tx.users.find([userId])).get(userId)
  if (!user || user.role !== 'admin' || user.status !== 'active') return undefined
  await changeUser(tx, user.id, { name, email }, now)
  await changePassword(tx, user.id, passwordHash, now)
  if (accountName !== undefined) await tx.account.setOwn({ name: accountName }, now)
  return user.id
}
