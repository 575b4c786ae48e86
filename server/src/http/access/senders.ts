import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Actor } from '../../domain/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { sessionIdleMs } from '../../domain/sessions.ts'
import type { Store } from '../../domain/store.ts'
import type { LastUses } from '../../rules/usage-log.ts'
import { bearerHash, findActor } from './auth.ts'
import { type BrowserSession, readSession } from './session-cookie.ts'

/** Who sends a request, and by what that is known. */
export interface Sender {
  readonly actor: Actor
  /** Under which name the rate limit counts it. */
  readonly limitKey: string
  readonly session: BrowserSession | null
}

export interface SenderTools {
  readonly store: Store
  readonly clock: Clock
  readonly lastUses: LastUses
}

/** By the bearer token; by the session's cookie where there is no such header. */
export async function findSender(
  app: FastifyInstance,
  { headers }: FastifyRequest,
  { store, clock, lastUses }: SenderTools,
): Promise<Sender | undefined> {
  const now = clock()
  if (headers.authorization !== undefined) {
    const hash = bearerHash(headers.authorization)
    const actor = await findActor(store, clock, hash)
    if (!actor || hash === undefined) return undefined
    lastUses.note(actor.accountKey, { tokenId: actor.tokenId }, now)
    return { actor, limitKey: hash, session: null }
  }
  const session = readSession(app, headers.cookie)
  const actor = session && (await store.sessions.findActor(session.hash, now - sessionIdleMs))
  if (!actor) return undefined
  lastUses.note(actor.accountKey, { sessionHash: session.hash }, now)
  return { actor, limitKey: `session ${session.hash}`, session }
}
