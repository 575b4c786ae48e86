import type { FastifyRequest } from 'fastify'

import { type Actor, sendersChanged } from '../../domain/actor.ts'
import { DomainError, isUserMoved } from '../../domain/errors.ts'
import type { Store } from '../../domain/store.ts'
import { requireUser } from '../../rules/users.ts'
import { unauthorized } from '../access/auth.ts'
import { toApiError } from './answer-errors.ts'
import type { Tools } from './call.ts'

/**
 * Runs a handler for the user as they are now. A sender is cached for a moment, in which an import
 * can give their user another id (PROTOCOL A.8): each write checks the id, and if it has changed, the
 * request starts again with the new one.
 */
export async function runAsPresent<Result>(
  tools: Pick<Tools, 'store' | 'findActor'>,
  request: FastifyRequest,
  cached: Actor,
  run: (actor: Actor) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(cached)
  } catch (error) {
    if (!(await hasMoved(tools.store, cached, error))) throw error
    tools.store.wake(sendersChanged)
    const actor = await tools.findActor(request)
    if (!actor) throw unauthorized()
    // What a read was refused for stands. No write can succeed until the new id is found.
    if (actor.userId === cached.userId) throw request.method === 'GET' ? error : stillMoving()
    return run(actor).catch((again: unknown) => {
      throw isUserMoved(again) ? stillMoving() : again
    })
  }
}

const stillMoving = (): DomainError =>
  new DomainError('unavailable', 'An import is giving your user another id. Try again shortly.')

/** The store, whose writes fail with `userMoved` once the user's id has changed. */
export const writingAs = ({ accountKey, userId }: Actor, store: Store): Store => ({
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
async function hasMoved(store: Store, actor: Actor, error: unknown): Promise<boolean> {
  const status = toApiError(error)?.status ?? 500
  return status < 500 && (await store.users.find(actor.accountKey, actor.userId)) === undefined
}
