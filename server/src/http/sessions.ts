import type * as contract from '@doorstep/contract/sessions'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { SignInCandidate } from '../domain/sessions.ts'
import type { Transaction } from '../domain/store.ts'
import { useCode } from '../rules/one-time-codes.ts'
import { hashToken, unauthorized } from './access/auth.ts'
import { requireCode, wrongCode } from './access/one-time-codes.ts'
import { findByPassword } from './access/passwords.ts'
import { clearSessionCookie, csrfTokenOf, setSessionCookie } from './access/session-cookie.ts'
import { ApiError, apiError, resourceNotFound, fieldProblem } from './errors.ts'
import type { Call, Handler, OpenHandler, Tools } from './request/call.ts'
import { printItem } from './request/pages.ts'
import { toUserAnswer } from './users.ts'

export const createSession: OpenHandler<typeof contract.createSession> = async (call) => {
  const { body, request } = call
  const { account = null, password } = body
  const typed = { email: body.email.trim(), password, request }
  const matching = await findByPassword(
    call,
    typed,
    ({ accountId, accountName }) =>
      account === null || account === accountName || account === String(accountId),
  )
  const [user, ...others] = matching
  if (!user) throw wrongPassword()
  if (others.length > 0) throw ambiguous(matching)
  return signIn(call, user.accountKey, 'password', async (tx) => {
    const { userId } = user
    const now = (await tx.users.find([userId])).get(userId)
    // An import has just given them another id.
    if (!now) throw new DomainError('unavailable', 'Your account has just changed. Sign in again.')
    // A user who became inactive meanwhile gets no session.
    if (now.status !== 'active') throw wrongPassword()
    return userId
  })
}

export const createSessionByCode: OpenHandler<typeof contract.createSessionByCode> = async (
  call,
) => {
  const { hash, accountKey } = await requireCode(call, 'sign_in', call.body.code)
  return signIn(call, accountKey, 'link', async (tx) => {
    const userId = await useCode(tx, 'sign_in', hash, call.clock())
    const user = userId && (await tx.users.find([userId])).get(userId)
    if (!user || user.status !== 'active') throw wrongCode()
    return user.id
  })
}

type SignInCall = Pick<
  Call<typeof contract.createSession>,
  'store' | 'clock' | 'newSecret' | 'request' | 'reply'
>

/**
 * Begins a session of the user whom `admit` answers, in the same transaction, and ends the session
 * that the browser had before. `by`: what let them in.
 */
export async function signIn(
  call: SignInCall,
  accountKey: AccountKey,
  by: 'password' | 'link' | 'invitation' | 'setup',
  admit: (tx: Transaction) => Promise<number>,
): Promise<string> {
  const { store, clock, newSecret, reply } = call
  const session = { id: newSecret() }
  const now = clock()
  const userId = await store.write(accountKey, async (tx) => {
    const admitted = await admit(tx)
    await tx.sessions.add({
      hash: hashToken(session.id),
      userId: admitted,
      createdAt: now,
      lastUsedAt: now,
    })
    await tx.audit.add({ userId: admitted, tokenId: null }, 'signed_in', null, { by })
    return admitted
  })
  await endSession(call)
  setSessionCookie(reply, session.id)
  return printSession(call, accountKey, userId, csrfTokenOf(session))
}

export const getSession: Handler<typeof contract.getSession> = async (call) => {
  const { actor, request, reply } = call
  const session = request.sender?.session ?? null
  if (session) setSessionCookie(reply, session.id)
  return printSession(call, actor.accountKey, actor.userId, session && csrfTokenOf(session))
}

export const deleteSession: Handler<typeof contract.deleteSession> = async (call) => {
  if (!call.request.sender?.session) throw resourceNotFound('session', 'self')
  await endSession(call)
  clearSessionCookie(call.reply)
  return undefined
}

async function endSession({
  store,
  request,
}: Pick<Call<typeof contract.deleteSession>, 'store' | 'request'>) {
  const { actor, session } = request.sender ?? {}
  if (!actor || !session) return
  await store.write(actor.accountKey, async (tx) => {
    await tx.sessions.remove(session.hash)
    await tx.audit.add(actor, 'signed_out')
  })
}

async function printSession(
  { store }: Pick<Tools, 'store'>,
  account: AccountKey,
  userId: number,
  csrfToken: string | null,
): Promise<string> {
  const user = await store.users.find(account, userId)
  if (!user) throw unauthorized()
  const timezone = (await store.accounts.find(account))?.timezone ?? 'UTC'
  return printItem('session', { user: toUserAnswer(user), timezone, csrf_token: csrfToken })
}

const wrongPassword = (): ApiError =>
  apiError(
    'unauthorized',
    'sign-in failed',
    'The e-mail address or the password is wrong. Ask an admin for a new password if it is lost.',
    { 'WWW-Authenticate': 'Bearer' },
  )

function ambiguous(matching: readonly SignInCandidate[]): ApiError {
  const known = matching.map(({ accountId, accountName }) => `${accountId} (${accountName})`)
  const why = `must name the account, one of: ${known.join(', ')}`
  return new ApiError([fieldProblem('session', '/account', 'missing', why)])
}
