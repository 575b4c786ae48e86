import type { streamVisits } from '@doorstep/contract/stream'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import {
  parsePosition,
  printPosition,
  resumeOffset,
  type StreamState,
} from '../domain/positions.ts'
import type { EventsPage } from '../domain/store.ts'
import { insufficientScope } from './auth.ts'
import { ApiError, invalidParameter } from './errors.ts'
import { readSince } from './min-position.ts'
import type { Call, Handler } from './routes.ts'

const cacheSeconds = 3600

type StreamCall = Call<typeof streamVisits>

export const handleStreamVisits: Handler<typeof streamVisits> = async (call) => {
  const { actor, query, reply } = call
  if (!actor.isAdmin) {
    throw insufficientScope('The stream is for admins only. Use a token of an admin.')
  }
  const { limit = 25 } = query
  const ifNoneMatch = call.request.headers['if-none-match']
  const start = parseStart(query.position)
  if (ifNoneMatch !== undefined) {
    const { stream } = await readEvents(call, start, 0)
    const etag = etagOf(actor.accountKey, start, limit, stream)
    if (etag !== undefined && isAmong(etag, ifNoneMatch)) {
      reply.code(304).headers(cacheHeaders(etag))
      return undefined
    }
  }
  const { items, stream } = await readEvents(call, start, limit)
  const offset = endOf(offsetOf(start, stream), limit, stream)
  const etag = etagOf(actor.accountKey, start, limit, stream)
  if (etag !== undefined) reply.headers(cacheHeaders(etag))
  const position = printPosition({ generation: stream.generation, offset })
  const next = `${call.origin}/v3/visits/stream?position=${encodeURIComponent(position)}`
  const meta = { links: { next }, position, top: offset >= stream.head }
  return `{"items":[${items}],"meta":${JSON.stringify(meta)}}`
}

type Start = 'tail' | 'top' | NonNullable<ReturnType<typeof parsePosition>>

function parseStart(text: string): Start {
  if (text === 'tail' || text === 'top') return text
  const position = parsePosition(text)
  if (!position) throw malformed(text)
  return position
}

const malformed = (text: string): ApiError =>
  new ApiError([
    invalidParameter(
      'position',
      `must be tail, top, or a position from an earlier answer, given: ${text.slice(0, 100)}`,
    ),
  ])

/** Events after the start, and the stream as it was when they were read. */
async function readEvents(call: StreamCall, start: Start, limit: number): Promise<EventsPage> {
  const { store, actor, query } = call
  const offset = start === 'tail' ? 0 : start === 'top' ? Number.MAX_SAFE_INTEGER : start.offset
  const from = typeof start === 'string' ? undefined : start
  const page = await readSince(query.min_position, (minPosition) =>
    store.events.read(actor.accountKey, { offset, limit, from, minPosition }),
  )
  try {
    offsetOf(start, page.stream)
    return page
  } catch (error) {
    const isUnknown = error instanceof DomainError && error.code === 'position_invalid'
    throw isUnknown ? malformed(query.position) : error
  }
}

function offsetOf(start: Start, stream: StreamState): number {
  if (start === 'tail') return stream.lastDropped
  if (start === 'top') return stream.head
  return resumeOffset(start, stream)
}

/** Offsets have no gaps, so that a page's end is known from its beginning. */
const endOf = (offset: number, limit: number, stream: StreamState): number =>
  Math.min(stream.head, offset + limit)

/** Only a full page strictly below the newest event can never change (PROTOCOL 5.8). */
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

const cacheHeaders = (etag: string) => ({
  ETag: etag,
  'Cache-Control': `private, max-age=${cacheSeconds}`,
  Vary: 'Authorization',
})

const isAmong = (etag: string, ifNoneMatch: string): boolean =>
  ifNoneMatch.split(',').some((given) => given.trim().replace(/^W\//, '') === etag)
