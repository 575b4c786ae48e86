import { streamLimitDefault } from '@doorstep/contract/limits'
import type * as contract from '@doorstep/contract/stream'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Actor } from '../../domain/actor.ts'
import {
  parsePosition,
  printPosition,
  resumeOffset,
  type StreamState,
} from '../../domain/positions.ts'
import type { EventsPage } from '../../domain/visit-events.ts'
import { insufficientScope, unauthorized } from '../access/auth.ts'
import type { ApiError } from '../errors.ts'
import type { Call, Handler } from '../request/call.ts'
import { readAtLeast, refuse, orRefuse } from '../request/min-position.ts'
import { wrapItems } from '../request/pages.ts'
import { findNamed } from '../request/tags.ts'
import type { StreamWait } from './long-poll.ts'

const cacheSeconds = 3600

type StreamCall = Call<typeof contract.streamVisits>

export const streamVisits: Handler<typeof contract.streamVisits> = async (call) => {
  const { actor, query, reply } = call
  requireReader(actor)
  const { limit = streamLimitDefault } = query
  const ifNoneMatch = call.request.headers['if-none-match']
  const start = parseStart(query.position)
  if (ifNoneMatch !== undefined) {
    const { stream } = await readEvents(call, start, 0)
    const etag = etagOf(actor.accountKey, start, limit, stream)
    const named = etag && findNamed(ifNoneMatch, etag)
    if (named !== undefined) {
      reply.code(304).headers(cacheHeaders(call, named))
      return undefined
    }
  }
  const { items, stream, from } = await readOrWait(call, start, limit)
  const offset = endOf(offsetOf(from, stream), limit, stream)
  call.readerLags.note(call.request.sender?.limitKey ?? '', stream.head - offset)
  const etag = etagOf(actor.accountKey, start, limit, stream)
  if (etag !== undefined) reply.headers(cacheHeaders(call, etag))
  const position = printPosition({ generation: stream.generation, offset })
  const next = `${call.origin}/v3/visits/stream?position=${encodeURIComponent(position)}`
  const meta = { links: { next }, position, top: offset >= stream.head }
  return wrapItems(items, meta)
}

function requireReader({ isAdmin }: Actor): void {
  if (!isAdmin) {
    throw insufficientScope('The stream is for admins only. Use the token of an admin.')
  }
}

export type Start = 'tail' | 'top' | NonNullable<ReturnType<typeof parsePosition>>

export function parseStart(text: string): Start {
  if (text === 'tail' || text === 'top') return text
  const position = parsePosition(text)
  if (!position) throw malformed(text)
  return position
}

export const malformed = (text: string): ApiError =>
  refuse('position', 'tail, top, or a position returned by this stream', text)

/** As `readEvents`, but waits as long as the client asked if there are no events (PROTOCOL 5.8.2). */
async function readOrWait(
  call: StreamCall,
  start: Start,
  limit: number,
): Promise<EventsPage & { readonly from: Start }> {
  const { actor, query, request, streamWaits, findActor } = call
  const sender = request.sender?.limitKey ?? ''
  using wait =
    query.wait === undefined
      ? undefined
      : streamWaits.begin(actor.accountKey, sender, query.wait * 1000)
  const page = await readEvents(call, start, limit)
  if (!wait || page.items.length > 0) return { ...page, from: start }
  using _ending = endWithClient(call, wait)
  // `top` and `tail` mean what they meant when the request came.
  const offset = offsetOf(start, page.stream)
  const from = { generation: page.stream.generation, offset }
  const name = [from.generation, offset, limit, query.min_position].join(' ')
  for (let isWaiting = true; isWaiting;) {
    isWaiting = await wait.forMoreThan(offset)
    // NOTE: a commit wakes the reader, and replicas may lag behind it: read from the primary.
    const read = () => readEvents(call, from, limit, true)
    const later = await streamWaits.readPage(actor.accountKey, name, read)
    if (later.items.length === 0) continue
    // A sender whose token or session was revoked while waiting must not see these events.
    const reader = await findActor(call.request)
    if (!reader) throw unauthorized()
    requireReader(reader)
    return { ...later, from }
  }
  return { ...page, from }
}

export function endWithClient(
  { request, reply }: Pick<StreamCall, 'request' | 'reply'>,
  wait: StreamWait,
): Disposable {
  const { socket } = request.raw
  const end = () => wait.end()
  // NOTE: a client that half-closes the connection may still read, so it gets its answer now.
  socket.once('end', end)
  reply.raw.once('close', end)
  if (socket.readableEnded || socket.destroyed) end()
  return {
    [Symbol.dispose]: () => {
      socket.off('end', end)
      reply.raw.off('close', end)
    },
  }
}

/** Events after the start, and the state of the stream at that read. */
async function readEvents(
  call: StreamCall,
  start: Start,
  limit: number,
  isNewest = false,
): Promise<EventsPage> {
  const { store, actor, query } = call
  const offset = start === 'tail' ? 0 : start === 'top' ? Number.MAX_SAFE_INTEGER : start.offset
  const from = typeof start === 'string' ? undefined : start
  const page = await readAtLeast(query.min_position, (minPosition) =>
    store.events.read(actor.accountKey, { offset, limit, from, minPosition, isNewest }),
  )
  await orRefuse(
    () => malformed(query.position),
    async () => offsetOf(start, page.stream),
  )
  return page
}

function offsetOf(start: Start, stream: StreamState): number {
  if (start === 'tail') return stream.lastDropped
  if (start === 'top') return stream.head
  return resumeOffset(start, stream)
}

/** Offsets have no gaps, so a page's start determines its end. */
const endOf = (offset: number, limit: number, stream: StreamState): number =>
  Math.min(stream.head, offset + limit)

/** Only a full page strictly below the newest event can never change (PROTOCOL 5.8.1). */
function etagOf(
  account: AccountKey,
  start: Start,
  limit: number,
  stream: StreamState,
): string | undefined {
  if (start === 'tail' || start === 'top') return undefined
  const end = start.offset + limit
  return end < stream.head ? `"${account}-${stream.generation}-${start.offset}-${end}"` : undefined
}

/** What a session reads stays in no browser's cache. */
const cacheHeaders = ({ request }: StreamCall, etag: string) => ({
  ETag: etag,
  'Cache-Control': request.sender?.session ? 'no-store' : `private, max-age=${cacheSeconds}`,
})
