import type * as contract from '@doorstep/contract/setup'

import { findSetupProblems, needsSetup, setUp } from '../rules/setup.ts'
import { requireCode, wrongCode } from './access/one-time-codes.ts'
import { ApiError, fieldProblem, throwProblems, unknownPath } from './errors.ts'
import type { OpenHandler } from './request/call.ts'
import { signIn } from './sessions.ts'

export const createSetup: OpenHandler<typeof contract.createSetup> = async (call) => {
  const { store, body, passwords, clock } = call
  const only = await store.accounts.findOnly()
  if (only && !(await store.read(only.key, needsSetup))) throw new ApiError([unknownPath])
  const { hash, accountKey } = await requireCode(call, 'setup', body.code)
  const passwordHash = await passwords.hash(body.password)
  return signIn(call, accountKey, 'setup', async (tx) => {
    if (!(await needsSetup(tx))) throw new ApiError([unknownPath])
    const { name, email, account_name: accountName } = body
    const problems = await findSetupProblems(tx, hash, email)
    throwProblems(problems.map(({ field, code, why }) => fieldProblem('setup', field, code, why)))
    const userId = await setUp(tx, hash, { name, email, passwordHash, accountName }, clock())
    if (userId === undefined) throw wrongCode()
    return userId
  })
}
