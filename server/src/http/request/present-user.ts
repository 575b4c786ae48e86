import type { Operation } from '@doorstep/contract/operations'

import { type Actor, sendersChanged } from '../../domain/actor.ts'
import { DomainError, isUserMoved } from '../../domain/errors.ts'
import type { Store } from '../../domain/store.ts'
import { requireUser } from '../../rules/users.ts'
import { unauthorized } from '../access/auth.ts'
import { toApiError } from './answer-errors.ts'
import type { Call } from './call.ts'

type ActorCall = Pick<Call<Operation>, 'store' | 'actor' | 'request' | 'findActor'>

/**
 * Runs the handler for the user as they are now. A sender is cached for a moment, in which an import
 * can give their user another id (PROTOCOL A.8): each write checks the id, and if it has changed, the
 * request starts again with the new one.
 */
export async function runAsPresent<Given extends ActorCall, Result>(
  call: Given,
  handler: (call: Given) => Promise<Result>,
): Promise<Result> {
  const run = (actor: Actor) => handler({ ...call, actor, store: writingAs(actor, call.store) })
  try {
    return await run(call.actor)
  } catch (error) {
    if (!(await hasMoved(call, error))) throw error
    call.store.wake(sendersChanged)
    const actor = await call.findActor(call.request)
    if (!actor) throw unauthorized()
    // What a read was refused for stands. No write can succeed until the new id is found.
    if (actor.userId === call.actor.userId) {
      throw call.request.method === 'GET' ? error : stillMoving()
    }
    return run(actor).catch((again: unknown) => {
      throw isUserMoved(again) ? stillMoving() : again
    })
  }
}

const stillMoving = (): DomainError =>
  new DomainError('unavailable', 'An import is giving your user another id. Try again shortly.')

/** The store, whose writes fail with `userMoved` once the user's id has changed. */
const writingAs = ({ accountKey, userId }: Actor, store: Store): Store => ({
  ...store,
  write: (account, work, writeOptions) =>
    store.write(
      account,
      async (tx) => {
        if (account === accountKey) await requireUser(tx, userId)
        return work(tx)
      },
      writeOptions,
    ),
})

/** Whether the user has another id by now: any refusal, such as 'not found', may have that reason. */
async function hasMoved({ store, actor }: ActorCall, error: unknown): Promise<boolean> {
  const status = toApiError(error)?.status ?? 500
  return status < 500 && (await store.users.find(actor.accountKey, actor.userId)) === undefined
}
