import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Actor } from '../../domain/actor.ts'
import type { Clock } from '../../domain/clock.ts'
import { sessionIdleMs } from '../../domain/sessions.ts'
import type { Store } from '../../domain/store.ts'
import type { UsageLog } from '../../rules/usage-log.ts'
import { bearerHash, findActor } from './auth.ts'
import { isForeign } from './cors.ts'
import { type BrowserSession, readSession } from './session-cookie.ts'

/** The sender of a request, and how they were authenticated. */
export interface Sender {
  readonly actor: Actor
  /** The key of the rate limit's bucket that counts their requests. */
  readonly limitKey: string
  /** null: authenticated by a token. */
  readonly session: BrowserSession | null
}

export interface SenderTools {
  readonly store: Store
  readonly clock: Clock
  readonly usageLog: UsageLog
  readonly corsOrigins: readonly string[]
}

/** By the bearer token, or by the session cookie if there is no Authorization header. */
export async function findSender(
  app: FastifyInstance,
  request: FastifyRequest,
  { store, clock, usageLog, corsOrigins }: SenderTools,
): Promise<Sender | undefined> {
  const { headers } = request
  const now = clock()
  if (headers.authorization !== undefined) {
    const hash = bearerHash(headers.authorization)
    const actor = await findActor(store, clock, hash)
    if (!actor || hash === undefined) return undefined
    usageLog.note(actor.accountKey, { tokenId: actor.tokenId }, now)
    return { actor, limitKey: hash, session: null }
  }
  if (isForeign(request, corsOrigins)) return undefined
  const session = readSession(app, headers.cookie)
  const actor = session && (await store.sessions.findActor(session.hash, now - sessionIdleMs))
  if (!actor) return undefined
  usageLog.note(actor.accountKey, { sessionHash: session.hash }, now)
  return { actor, limitKey: `session ${session.hash}`, session }
}
