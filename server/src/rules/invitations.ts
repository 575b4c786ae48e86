import type { Queries, Transaction } from '../domain/store.ts'
import type { User } from '../domain/users.ts'
import { addCode, useCode } from './one-time-codes.ts'
import {
  addUser,
  changePassword,
  changeUser,
  findUserProblems,
  type UserChange,
  type UserProblem,
} from './users.ts'

/** Who is invited. Attributes that are absent stay as they are, for a user who is invited again. */
export type InvitationDraft = Pick<UserChange, 'role' | 'reportsTo'> & {
  readonly name: string
  readonly email: string
}

/** Whether the user has never been let in: an invitation may still make them active. */
const isInvitable = ({ status, confirmed }: User): boolean => status === 'inactive' && !confirmed

const findInvited = async (
  tx: Pick<Queries, 'users'>,
  email: string,
): Promise<User | undefined> => {
  const known = (await tx.users.findByEmail([email])).get(email.toLowerCase())
  return known && isInvitable(known) ? known : undefined
}

/** What is wrong with an invitation. */
export async function findInvitationProblems(
  tx: Pick<Queries, 'users'>,
  draft: UserChange,
): Promise<UserProblem[]> {
  const invited = draft.email === undefined ? undefined : await findInvited(tx, draft.email)
  return findUserProblems(tx, invited?.id, draft)
}

/**
 * Invites a user, again if they have not accepted yet: the new link replaces the old one. Answers the
 * user, and until when the link works. The draft must have no problems. `now`: in ms.
 */
export async function invite(
  tx: Transaction,
  draft: InvitationDraft,
  hash: string,
  now: number,
): Promise<{ readonly user: User; readonly expiresAt: number }> {
  const before = await findInvited(tx, draft.email)
  const present = before
    ? await changeUser(tx, before.id, draft, now)
    : await addUser(tx, { ...draft, status: 'inactive' }, now)
  const user = { ...present, invited: true, confirmed: false }
  await tx.users.save([user])
  return {
    user,
    expiresAt: await addCode(tx, { hash, purpose: 'invitation', userId: user.id }, now),
  }
}

/**
 * Makes the user of an invitation active, with this password; answers their id. undefined: the code
 * cannot be used. `now`: in ms.
 */
export async function acceptInvitation(
  tx: Transaction,
  hash: string,
  passwordHash: string,
  now: number,
): Promise<number | undefined> {
  const userId = await useCode(tx, 'invitation', hash, now)
  const user = userId === undefined ? undefined : (await tx.users.find([userId])).get(userId)
  // NOTE: an admin or an import may have decided otherwise since.
  if (user?.status !== 'inactive') return undefined
  await tx.users.save([{ ...user, status: 'active', confirmed: true, updatedAt: now }])
  await changePassword(tx, user.id, passwordHash, now)
  return user.id
}

/** Withdraws an invitation; the user stays, and can be invited again. False: there is none. */
export async function withdrawInvitation(
  tx: Transaction,
  userId: number,
  now: number,
): Promise<boolean> {
  const user = (await tx.users.find([userId])).get(userId)
  const isOpen = (await tx.oneTimeCodes.removeOf(userId, ['invitation'])) > 0
  if (!user || !isOpen) return false
  await tx.users.save([{ ...user, invited: false, updatedAt: now }])
  return true
}
