import { streamLimitDefault } from '@doorstep/contract/limits'
import type * as contract from '@doorstep/contract/stream'

import type { Actor } from '../../domain/actor.ts'
import { printPosition } from '../../domain/positions.ts'
import type { ChangesPage } from '../../domain/visit-changes.ts'
import { unauthorized } from '../access/auth.ts'
import type { Call, Handler } from '../request/call.ts'
import { orRefuse } from '../request/min-position.ts'
import { wrapItems } from '../request/pages.ts'
import { endWithClient, malformed, parseStart, type Start } from './stream.ts'

type ChangesCall = Call<typeof contract.listVisitChanges>

export const listVisitChanges: Handler<typeof contract.listVisitChanges> = async (call) => {
  const { actor, lookLog, clock, origin, operation } = call
  const { items, position, isTop, located } = await readOrWait(call)
  lookLog.note(actor.accountKey, actor.userId, located, clock())
  const printed = printPosition(position)
  const next = `${origin}${operation.path}?position=${encodeURIComponent(printed)}`
  const meta = { links: { next }, position: printed, top: isTop }
  return wrapItems(Buffer.from(items.join(',')), meta)
}

/** As the stream does, but each reader has a page of their own (PROTOCOL 5.8.2). */
async function readOrWait(call: ChangesCall): Promise<ChangesPage> {
  const { actor, query, request, streamWaits, findActor } = call
  const sender = request.sender?.limitKey ?? ''
  using wait =
    query.wait === undefined
      ? undefined
      : streamWaits.begin(actor.accountKey, sender, query.wait * 1000)
  let page = await read(call, actor, parseStart(query.position))
  if (!wait || !isEmptyTop(page)) return page
  using _ending = endWithClient(call, wait)
  while (await wait.forMoreThan(page.position.offset, page.position.sight.done)) {
    // A sender whose token or session was revoked while waiting must not see what is new.
    const reader = await findActor(request)
    if (!reader) throw unauthorized()
    page = await read(call, reader, page.position)
    if (!isEmptyTop(page)) return page
  }
  return page
}

const isEmptyTop = ({ items, isTop }: ChangesPage): boolean => items.length === 0 && isTop

const read = ({ store, query }: ChangesCall, viewer: Actor, from: Start): Promise<ChangesPage> =>
  orRefuse(
    () => malformed(query.position),
    () =>
      store.visitChanges.read(viewer.accountKey, {
        viewer,
        from,
        limit: query.limit ?? streamLimitDefault,
      }),
  )
