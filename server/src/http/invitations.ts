import type * as contract from '@doorstep/contract/invitations'

import { printSeconds } from '../domain/clock.ts'
import type { Invitation } from '../domain/one-time-codes.ts'
import type { Queries } from '../domain/store.ts'
import {
  acceptInvitation as accept,
  findInvitationProblems,
  invite,
  withdrawInvitation,
} from '../rules/invitations.ts'
import type { UserChange } from '../rules/users.ts'
import { hashToken } from './access/auth.ts'
import { codeLink, requireCode, wrongCode } from './access/one-time-codes.ts'
import { fieldProblem, type Problem, throwProblems } from './errors.ts'
import type { Checks, Handler, OpenHandler } from './request/call.ts'
import { writeChecked } from './request/idempotency.ts'
import { notFound, writeObject } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'
import { signIn } from './sessions.ts'

export const listInvitations: Handler<typeof contract.listInvitations> = (call) => {
  const { actor, store, clock } = call
  return answerPage(
    call,
    'invitation',
    ['id'],
    (page) => store.oneTimeCodes.listInvitations(actor.accountKey, clock(), page),
    toAnswer,
  )
}

/** NOTE: takes no Idempotency-Key: the stored answer would hold the link. */
export const createInvitation: Handler<typeof contract.createInvitation> = async (call) => {
  const { body, clock, newSecret, origin } = call
  const code = newSecret()
  const draft = toDraft(body)
  const { name, email } = body
  const now = clock()
  const invitation = await writeChecked(
    call,
    async (queries) => throwProblems(await problemsOf(queries, draft)),
    async (tx) => {
      const invited = await invite(tx, { ...draft, name, email }, hashToken(code), now)
      const { id, role, reportsTo } = invited.user
      const details = { role, reports_to: reportsTo }
      await tx.audit.add(call.actor, 'user_invited', { kind: 'user', id }, details)
      return invited
    },
  )
  const answer = toAnswer({ ...invitation, createdAt: now })
  return printItem('invitation', { ...answer, link: codeLink(origin, 'invitation', code) })
}

export const deleteInvitation: Handler<typeof contract.deleteInvitation> = (call) =>
  writeObject(call, 'invitation', async (tx, id) => {
    if (!(await withdrawInvitation(tx, id, call.clock()))) throw notFound('invitation', call.params)
    await tx.audit.add(call.actor, 'invitation_withdrawn', { kind: 'user', id })
    return undefined
  })

export const acceptInvitation: OpenHandler<typeof contract.acceptInvitation> = async (call) => {
  const { body, passwords, clock } = call
  const { hash, accountKey } = await requireCode(call, 'invitation', body.code)
  const passwordHash = await passwords.hash(body.password)
  return signIn(call, accountKey, 'invitation', async (tx) => {
    const userId = await accept(tx, hash, passwordHash, clock())
    if (userId === undefined) throw wrongCode()
    return userId
  })
}

/** Problems that only the store can find. */
export const checks: Checks<typeof contract.createInvitation> = {
  checkMoreOnRefusal: ({ store, actor }, body) =>
    store.read(actor.accountKey, (queries) => problemsOf(queries, toDraft(body))),
}

async function problemsOf(queries: Queries, draft: UserChange): Promise<Problem[]> {
  const problems = await findInvitationProblems(queries, draft)
  return problems.map(({ field, code, why }) => fieldProblem('invitation', field, code, why))
}

type Body = Parameters<NonNullable<typeof checks.checkMoreOnRefusal>>[1]

const toDraft = (body: Body): UserChange => ({
  name: body.name,
  email: body.email,
  role: body.role,
  reportsTo: body.reports_to,
})

const toAnswer = ({ user, createdAt, expiresAt }: Invitation): contract.Invitation => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  reports_to: user.reportsTo,
  created_at: printSeconds(createdAt),
  expires_at: printSeconds(expiresAt),
})
