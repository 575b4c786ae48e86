import { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import type * as contract from '@doorstep/contract/users'

import { printSeconds } from '../domain/clock.ts'
import type { Queries } from '../domain/store.ts'
import type { User, UserFilter } from '../domain/users.ts'
import { noteNewUser, noteUserChange } from '../rules/audited.ts'
import {
  addUser,
  changePassword,
  changeUser,
  findUser,
  findUserProblems,
  type UserChange,
} from '../rules/users.ts'
import { forbidden, unauthorized } from './access/auth.ts'
import { addressOf } from './access/client-address.ts'
import { ApiError, fieldProblem, invalidParameter, type Problem, throwProblems } from './errors.ts'
import type { Checks, Handler, Call } from './request/call.ts'
import { type FilterReaders, type OfEveryList, readFilter } from './request/filter-readers.ts'
import { writeOnce } from './request/idempotency.ts'
import { idOf, notFound, type Params, writeCheckedObject, writeObject } from './request/ids.ts'
import type { Present } from './request/if-match.ts'
import { answerPage, printItem } from './request/pages.ts'
import { byRevision } from './request/tagged.ts'
import { toTimeBounds } from './request/time-ranges.ts'
import { findActivity } from './user-activity.ts'

/** NOTE: activity changes without a write of the account. */
export const listUsers: Handler<typeof contract.listUsers> = (call) =>
  (call.query.include ? readUsers : readUsersByRevision)(call)

const readUsers: Handler<typeof contract.listUsers> = async (call) => {
  const { query, actor, store, clock } = call
  const filter = {
    ids: query.ids,
    ...readFilter(Object.values(filterReaders), query),
    ...toTimeBounds(query),
  }
  if (query.include && (query.per_page ?? 0) > perPageMax) {
    const why = `must be between 1 and ${perPageMax} with include=activity`
    throw new ApiError([invalidParameter('per_page', `${why}, given: ${query.per_page}`)])
  }
  return answerPage(
    call,
    'user',
    ['id', 'name', 'created_at', 'updated_at'],
    async (page) => {
      const { rows, ...more } = await store.users.list(actor.accountKey, filter, page)
      if (!query.include) return { rows: rows.map(toUserAnswer), ...more }
      const ids = rows.map(({ id }) => id)
      const activity = await findActivity(store, actor, ids, clock())
      return { rows: rows.map((user) => withActivity(user, activity)), ...more }
    },
    (answer) => answer,
  )
}

type UserQuery = QueryOf<typeof contract.listUsers>

const filterReaders: FilterReaders<UserQuery, OfEveryList, UserFilter> = {
  name: ({ name }) => ({ name }),
  email: ({ email }) => ({ email }),
  role: ({ role }) => ({ role }),
  role_id: ({ role_id: roleId }) => ({ roleId }),
  status: ({ status }) => ({ status }),
  confirmed: ({ confirmed }) => ({ confirmed }),
  zendesk_user_ids: ({ zendesk_user_ids: zendeskUserIds }) => ({ zendeskUserIds }),
  identity_type: ({ identity_type: identityType }) => ({ identityType }),
}

const readUsersByRevision = byRevision(readUsers)

export const getUser: Handler<typeof contract.getUser> = (call) => answerUser(call, call.params)

export const getUserSelf: Handler<typeof contract.getUserSelf> = (call) =>
  answerUser(call, { id: String(call.actor.userId) })

async function answerUser(
  {
    store,
    actor,
    query,
    clock,
  }: Pick<Call<typeof contract.getUser>, 'store' | 'actor' | 'query' | 'clock'>,
  params: Params,
): Promise<string> {
  const user = await store.users.find(actor.accountKey, idOf(params))
  if (!user) throw notFound('user', params)
  if (!query.include) return printUser(user)
  const activity = await findActivity(store, actor, [user.id], clock())
  return printItem('user', withActivity(user, activity))
}

export const presentUser: Present = async (tx, { params }) =>
  [...(await tx.users.find([idOf(params)])).values()].map(printUser)

export const createUser: Handler<typeof contract.createUser> = (call) =>
  writeOnce(
    call,
    async (queries) => throwProblems(await problemsOf(queries, undefined, call.body)),
    async (tx) => {
      const { name, email } = call.body
      const user = await addUser(tx, { ...toChange(call.body), name, email }, call.clock())
      await noteNewUser(tx, call.actor, user)
      return printUser(user)
    },
  )

export const updateUser: Handler<typeof contract.updateUser> = async (call) => {
  const { actor, body, clock } = call
  const check = async (queries: Queries, id: number) => {
    const user = await findUser(queries, id)
    throwProblems(await problemsOf(queries, id, body))
    return user
  }
  return writeCheckedObject(call, 'user', check, async (tx, id, before) => {
    const after = await changeUser(tx, id, toChange(body), clock())
    await noteUserChange(tx, actor, before, after)
    return printUser(after)
  })
}

/** Requires the old password, since someone else may be using an open session. */
export const updatePassword: Handler<typeof contract.updatePassword> = async (call) => {
  const { store, actor, body, passwords, signIns, request, clock } = call
  const user = await store.users.find(actor.accountKey, actor.userId)
  if (!user) throw unauthorized()
  const hash = await store.users.findPassword(actor.accountKey, actor.userId)
  const attempt = { email: user.email, address: addressOf(request), users: [actor] }
  const [isRight] = await signIns.check(attempt, clock, async () =>
    (await passwords.verify(hash, body.old)) ? [actor] : [],
  )
  if (!isRight) {
    const why = 'is not the current password'
    throwProblems([fieldProblem('password', '/old', 'incorrect_value', why)])
  }
  const renewed = await passwords.hash(body.new)
  await store.write(actor.accountKey, async (tx) => {
    await changePassword(tx, actor.userId, renewed, clock(), request.sender?.session?.hash)
    await tx.audit.add(actor, 'password_changed', { kind: 'user', id: actor.userId })
  })
  return undefined
}

export const setPassword: Handler<typeof contract.setPassword> = async (call) => {
  const { actor, body, params, passwords, clock } = call
  if (idOf(params) === actor.userId) {
    throw forbidden('Change your own with PUT /v2/users/self/password, which requires the old one.')
  }
  const hash = await passwords.hash(body.new)
  return writeObject(call, 'user', async (tx, id) => {
    await findUser(tx, id)
    await changePassword(tx, id, hash, clock())
    await tx.audit.add(actor, 'password_changed', { kind: 'user', id })
    return undefined
  })
}

/** Problems that only the store can find. */
export const checks: Checks<typeof contract.createUser | typeof contract.updateUser> = {
  checkMoreOnRefusal: async ({ store, actor, params }, body) =>
    store.read(actor.accountKey, (queries) =>
      problemsOf(queries, 'id' in params ? idOf(params) : undefined, body),
    ),
}

async function problemsOf(
  queries: Queries,
  id: number | undefined,
  body: contract.UserChange,
): Promise<Problem[]> {
  const problems = await findUserProblems(queries, id, toChange(body))
  return problems.map(({ field, code, why }) => fieldProblem('user', field, code, why))
}

const toChange = (body: contract.UserChange): UserChange => ({
  name: body.name,
  email: body.email,
  role: body.role,
  reportsTo: body.reports_to,
  status: body.status,
  phoneNumber: body.phone_number,
  timezone: body.timezone,
  teamName: body.team_name,
})

const printUser = (user: User): string => printItem('user', toUserAnswer(user))

const withActivity = (
  user: User,
  activity: Awaited<ReturnType<typeof findActivity>>,
): contract.User => ({ ...toUserAnswer(user), activity: activity.get(user.id) ?? null })

export const toUserAnswer = (user: User): contract.User => ({
  id: user.id,
  name: user.name,
  email: user.email,
  status: user.status,
  invited: user.invited,
  confirmed: user.confirmed,
  phone_number: user.phoneNumber,
  role: user.role,
  roles: [...user.roles],
  team_name: user.teamName,
  group: user.group,
  reports_to: user.reportsTo,
  timezone: user.timezone,
  created_at: printSeconds(user.createdAt),
  updated_at: printSeconds(user.updatedAt),
  deleted_at: user.deletedAt === null ? null : printSeconds(user.deletedAt),
  zendesk_user_id: user.zendeskUserId,
  identity_type: user.identityType,
})
