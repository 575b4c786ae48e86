import type {
  createUser,
  setPassword,
  updatePassword,
  updateUser,
  UserChange as Body,
} from '@doorstep/contract/users'

import type { Transaction } from '../domain/store.ts'
import type { User } from '../domain/users.ts'
import {
  addUser,
  changePassword,
  changeUser,
  findUser,
  findUserProblems,
  type UserChange,
} from '../rules/user-changes.ts'
import { forbidden, unauthorized } from './access/auth.ts'
import { type Problem, throwProblems } from './errors.ts'
import { fieldProblem } from './request/body.ts'
import type { Checks, Handler } from './request/call.ts'
import { writeOnce } from './request/idempotency.ts'
import { idOf, orNotFound } from './request/ids.ts'
import { printUser } from './users.ts'

export const handleCreateUser: Handler<typeof createUser> = (call) =>
  writeOnce(call, async (tx) => {
    const { name, email } = call.body
    throwProblems(await problemsOf(tx, undefined, call.body))
    return printOne(await addUser(tx, { ...toChange(call.body), name, email }, call.clock()))
  })

export const handleUpdateUser: Handler<typeof updateUser> = async (call) => {
  const { store, actor, body, params, clock } = call
  const id = idOf(params)
  return orNotFound('user', params, () =>
    store.write(actor.accountKey, async (tx) => {
      await findUser(tx, id)
      throwProblems(await problemsOf(tx, id, body))
      return printOne(await changeUser(tx, id, toChange(body), clock()))
    }),
  )
}

/** A session may have been taken over: the old password proves who it is. */
export const handleUpdatePassword: Handler<typeof updatePassword> = async (call) => {
  const { store, actor, body, passwords, signIns, request, clock } = call
  const user = await store.users.find(actor.accountKey, actor.userId)
  if (!user) throw unauthorized()
  await signIns.attempt(user.email, request.ip, clock())
  const hash = await store.users.findPassword(actor.accountKey, actor.userId)
  if (!(await passwords.verify(hash, body.old))) {
    const why = 'is not the present password'
    throwProblems([fieldProblem('password', '/old', 'incorrect_value', why)])
  }
  await signIns.forgive(user.email, request.ip, clock())
  const renewed = await passwords.hash(body.new)
  await store.write(actor.accountKey, (tx) =>
    changePassword(tx, actor.userId, renewed, clock(), request.browserSession?.hash),
  )
  return undefined
}

export const handleSetPassword: Handler<typeof setPassword> = async (call) => {
  const { store, actor, body, params, passwords, clock } = call
  const id = idOf(params)
  if (id === actor.userId) {
    throw forbidden('Change your own with PUT /v2/users/self/password, which asks for the old one.')
  }
  const hash = await passwords.hash(body.new)
  return orNotFound('user', params, async () => {
    await store.write(actor.accountKey, async (tx) => {
      await findUser(tx, id)
      await changePassword(tx, id, hash, clock())
    })
    return undefined
  })
}

/** What the schema cannot see, where the body has other problems already. */
export const userChecks: Checks<typeof createUser | typeof updateUser> = {
  checkMoreOnRefusal: async ({ store, actor, params }, body) =>
    store.preview(actor.accountKey, (tx) =>
      problemsOf(tx, 'id' in params ? idOf(params) : undefined, body),
    ),
}

async function problemsOf(tx: Transaction, id: number | undefined, body: Body): Promise<Problem[]> {
  const problems = await findUserProblems(tx, id, toChange(body))
  return problems.map(({ field, code, why }) => fieldProblem('user', field, code, why))
}

const toChange = (body: Body): UserChange => ({
  name: body.name,
  email: body.email,
  role: body.role,
  reportsTo: body.reports_to,
  status: body.status,
  phoneNumber: body.phone_number,
  timezone: body.timezone,
  teamName: body.team_name,
})

const printOne = (user: User): string =>
  JSON.stringify({ data: printUser(user), meta: { type: 'user' } })
