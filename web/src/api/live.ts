import { PositionGoneError, UnauthorizedError } from '@doorstep/client/errors'

import { basePath } from '../base-path.ts'
import { client } from './client.ts'
import { applyEvents, type LiveEvent, markAllStale, markTotalsStale } from './live-cache.ts'
import { pause, untilSignedIn } from './live-pauses.ts'

/** Who follows: admins read the stream, everybody else the changes of what they see. */
export interface Follower {
  readonly id: number
  readonly role: string
}

/** What tabs post to each other. */
type Posted =
  | { readonly kind: 'asks' }
  | {
      readonly kind: 'heard'
      /** Just before the events; undefined: the tab began with this. */
      readonly from: string | undefined
      readonly position: string
      readonly events: readonly LiveEvent[]
    }
  | { readonly kind: 'reset' }

const waitS = 25
const limit = 100
/** Between two answers with events, so that a busy team is read in few requests. */
const gatherMs = 100
const backoffMs = { least: 1_000, most: 60_000 }
/** After a longer absence everything is read again, instead of every event in between. */
const awayMaxMs = 300_000

let heardAt = 0
/** Just after what this tab has shown; undefined: it has yet to begin. */
let position: string | undefined
const listeners = new Set<() => void>()

/** When the server last answered, in ms; 0: not yet. For useSyncExternalStore. */
export const live = {
  heardAt: (): number => heardAt,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function hear(next: string, events: readonly LiveEvent[]): void {
  const isFirst = position === undefined
  heardAt = Date.now()
  position = next
  for (const listener of listeners) listener()
  applyEvents(events)
  // What was read just before the position was known could be older than it.
  if (isFirst) markTotalsStale()
}

/** What another tab heard. If it began elsewhere than where this tab is, events are missing here. */
function hearFrom(from: string | undefined, next: string, events: readonly LiveEvent[]): void {
  if (position !== undefined && position !== from && position !== next) reset()
  hear(next, events)
}

function reset(): void {
  position = undefined
  markAllStale()
}

/**
 * Keeps what is shown up to date, while the tab is visible: one tab follows the server, and posts to the
 * others. Returns how to stop.
 */
export function followVisits(follower: Follower): () => void {
  const name = `doorstep-live${basePath}-${follower.id}`
  // NOTE: browsers have locks only on https and on this machine. Elsewhere each tab follows by itself.
  const isShared = 'locks' in navigator
  const channel = new BroadcastChannel(name)
  const post = (posted: Posted) => {
    if (isShared) channel.postMessage(posted)
  }
  let following: AbortController | undefined
  let isLeading = false

  channel.addEventListener('message', ({ data: posted }: MessageEvent<Posted>) => {
    if (posted.kind === 'heard') hearFrom(posted.from, posted.position, posted.events)
    else if (posted.kind === 'reset') reset()
    else if (isLeading && position !== undefined) {
      post({ kind: 'heard', from: position, position, events: [] })
    }
  })

  async function lead(signal: AbortSignal): Promise<void> {
    isLeading = true
    try {
      await follow(follower, signal, post)
    } finally {
      isLeading = false
    }
  }

  function begin(): void {
    if (following || document.visibilityState === 'hidden') return
    following = new AbortController()
    const { signal } = following
    if (position !== undefined && Date.now() - heardAt > awayMaxMs) reset()
    post({ kind: 'asks' })
    const led = isShared
      ? navigator.locks.request(name, { signal }, () => lead(signal))
      : lead(signal)
    led.catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }

  function rest(): void {
    following?.abort()
    following = undefined
  }

  const turn = () => (document.visibilityState === 'hidden' ? rest() : begin())
  document.addEventListener('visibilitychange', turn)
  begin()
  return () => {
    document.removeEventListener('visibilitychange', turn)
    rest()
    channel.close()
    position = undefined
    heardAt = 0
  }
}

async function follow(
  { role }: Follower,
  signal: AbortSignal,
  post: (posted: Posted) => void,
): Promise<void> {
  const source = role === 'admin' ? client.stream : client.changes
  let failures = 0
  while (!signal.aborted) {
    try {
      // From the top the first answer is not waited for: it says where the top is.
      const from = position
      const query =
        from === undefined ? { position: 'top', limit } : { position: from, limit, wait: waitS }
      const { items, meta } = await source.read(query, { signal })
      if (signal.aborted) return
      failures = 0
      hear(meta.position, items)
      post({ kind: 'heard', from, position: meta.position, events: items })
      if (items.length > 0) await pause(gatherMs, signal)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof PositionGoneError) {
        reset()
        post({ kind: 'reset' })
      } else if (error instanceof UnauthorizedError) {
        await untilSignedIn(signal)
      } else {
        await pause(Math.min(backoffMs.most, backoffMs.least * 2 ** failures), signal)
      }
      failures += 1
    }
  }
}
