import { notFound, userMoved } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import { isEmail, newUser, type User, type UserRole, type UserStatus } from '../domain/users.ts'

/** A change of a user. Attributes that are absent stay as they are. */
export interface UserChange {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly role?: UserRole | undefined
  readonly reportsTo?: number | null | undefined
  readonly status?: UserStatus | undefined
  readonly phoneNumber?: string | null | undefined
  readonly timezone?: string | null | undefined
  readonly teamName?: string | null | undefined
}

/** A fault of a change. `field`: JSON pointer into `data`; `why`: the rest of a sentence. */
export interface UserProblem {
  readonly field: '/email' | '/reports_to' | '/role' | '/status'
  readonly code: 'already_exists' | 'incorrect_value'
  readonly why: string
}

/** What is wrong with a new user, or with this change of the user with the id. */
export async function findUserProblems(
  tx: Pick<Queries, 'users'>,
  id: number | undefined,
  change: UserChange,
): Promise<UserProblem[]> {
  return [
    ...(await emailProblems(tx, id, change)),
    ...(await managerProblems(tx, id, change)),
    ...(await lastAdminProblems(tx, id, change)),
  ]
}

async function emailProblems(
  tx: Pick<Queries, 'users'>,
  id: number | undefined,
  { email }: UserChange,
): Promise<UserProblem[]> {
  if (email === undefined) return []
  if (!isEmail(email)) {
    return [{ field: '/email', code: 'incorrect_value', why: 'must be an e-mail address' }]
  }
  const holder = (await tx.users.findByEmail([email])).get(email.toLowerCase())
  if (!holder || holder.id === id) return []
  return [{ field: '/email', code: 'already_exists', why: `already belongs to user ${holder.id}` }]
}

async function managerProblems(
  tx: Pick<Queries, 'users'>,
  id: number | undefined,
  { reportsTo }: UserChange,
): Promise<UserProblem[]> {
  if (typeof reportsTo !== 'number') return []
  const problem = (why: string): UserProblem[] => [
    { field: '/reports_to', code: 'incorrect_value', why: `${why}, given: ${reportsTo}` },
  ]
  if (reportsTo === id) return problem('must name another user')
  if (!(await tx.users.find([reportsTo])).has(reportsTo))
    return problem('must name an existing user')
  const isBelow = id !== undefined && (await tx.users.findTeam(id)).has(reportsTo)
  return isBelow ? problem('must not name a user who reports to this one') : []
}

async function lastAdminProblems(
  tx: Pick<Queries, 'users'>,
  id: number | undefined,
  { role, status }: UserChange,
): Promise<UserProblem[]> {
  const before = id === undefined ? undefined : (await tx.users.find([id])).get(id)
  if (!before || before.role !== 'admin' || before.status !== 'active') return []
  if (role !== 'user' && status !== 'inactive') return []
  if (await tx.users.hasOtherAdmin(before.id)) return []
  const why = 'cannot change: this is the last active admin. Make another user an admin first'
  const code = 'incorrect_value'
  return [
    ...(role === 'user' ? [{ field: '/role', code, why } as const] : []),
    ...(status === 'inactive' ? [{ field: '/status', code, why } as const] : []),
  ]
}

/** Adds a user. The change must have no problems. `now`: in ms. */
export async function addUser(
  tx: Transaction,
  draft: UserChange & { readonly name: string; readonly email: string },
  now: number,
): Promise<User> {
  const { name, email, role = 'user', reportsTo = null } = draft
  const added = newUser({ id: await tx.users.nextId(), name, email, role, reportsTo }, now)
  const user = changed(added, draft)
  await tx.users.save([user])
  return user
}

/** Changes a user. `now`: in ms. Throws `not_found`. */
export async function changeUser(
  tx: Transaction,
  id: number,
  change: UserChange,
  now: number,
): Promise<User> {
  const before = await findUser(tx, id)
  const after = { ...changed(before, change), updatedAt: now }
  await tx.users.save([after])
  if (after.status === 'inactive') await endAccess(tx, id, now)
  if (change.status !== undefined) await tx.oneTimeCodes.removeOf(id, ['invitation'])
  return after
}

/**
 * Ends all sessions, tokens and grants of a user who is inactive, for good: with an old one nobody
 * gets in when the user is active again. An invitation stays: it makes them active. `now`: in ms.
 */
export async function endAccess(tx: Transaction, id: number, now: number): Promise<void> {
  await tx.sessions.removeOf(id, undefined)
  await tx.oneTimeCodes.removeOf(id, ['setup', 'sign_in'])
  await tx.oauth.revokeGrantsOf(id, now)
  await tx.tokens.revokeOf(id, now)
}

/**
 * Sets a password and revokes what the old one led to: sessions except `currentSession` (a hash),
 * the tokens of OAuth clients, and links that sign in. Personal tokens stay, since programs use them without a sign-in
 * and each can be revoked by itself.
 */
export async function changePassword(
  tx: Transaction,
  id: number,
  hash: string,
  now: number,
  currentSession?: string,
): Promise<void> {
  await tx.users.setPassword(id, hash)
  await tx.sessions.removeOf(id, currentSession)
  await tx.oneTimeCodes.removeOf(id, ['setup', 'sign_in', 'invitation'])
  await tx.oauth.revokeGrantsOf(id, now)
}

const changed = (before: User, change: UserChange): User => ({
  ...before,
  name: change.name ?? before.name,
  email: change.email ?? before.email,
  role: change.role ?? before.role,
  reportsTo: change.reportsTo === undefined ? before.reportsTo : change.reportsTo,
  status: change.status ?? before.status,
  phoneNumber: change.phoneNumber === undefined ? before.phoneNumber : change.phoneNumber,
  timezone: change.timezone === undefined ? before.timezone : change.timezone,
  teamName: change.teamName === undefined ? before.teamName : change.teamName,
})

/** Throws `userMoved` unless there is a user with this id. */
export async function requireUser(tx: Pick<Queries, 'users'>, id: number): Promise<void> {
  if ((await tx.users.find([id])).has(id)) return
  throw userMoved()
}

/** The user. Throws `not_found`. */
export async function findUser(tx: Pick<Queries, 'users'>, id: number): Promise<User> {
  const user = (await tx.users.find([id])).get(id)
  if (!user) throw notFound(`user ${id}`)
  return user
}
