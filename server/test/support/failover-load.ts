import { setTimeout as pause } from 'node:timers/promises'

import type { Client } from '@doorstep/client/client'
import {
  DoorstepError,
  NetworkError,
  PositionGoneError,
  RequestInProgressError,
  ServerError,
} from '@doorstep/client/errors'

import { parsePosition } from '../../src/domain/positions.ts'

const retryMs = 20
const waitSeconds = 5
const pageLimit = 100
/** One in so many is sent again to the other server after it was answered. */
const repeatEvery = 5

/** A check-in that a server has said is saved. */
export interface Saved {
  /** Its key, and what the visit says. */
  readonly request: string
  readonly position: string
  readonly atMs: number
}

export interface Load {
  readonly saved: readonly Saved[]
  /** Answers that may never be given. */
  readonly faults: readonly string[]
  /** Lets every writer find out what became of its last check-in. */
  stop(): Promise<void>
}

/** Writers that check in without a pause, each by turns at both servers, with the same key until saved. */
export function startWriters(
  clients: readonly Client[],
  lead: number,
  names: readonly string[],
): Load {
  const saved: Saved[] = []
  const faults: string[] = []
  let isOver = false
  async function checkIn(request: string, turn: number): Promise<void> {
    for (let attempt = turn; ; attempt++) {
      const answer = await send(clients[attempt % clients.length], lead, request, faults)
      if (answer === undefined) {
        await pause(retryMs)
        continue
      }
      saved.push({ request, position: answer.position, atMs: performance.now() })
      return
    }
  }
  async function write(name: string, place: number): Promise<void> {
    for (let n = 1; !isOver; n++) {
      const request = `${name}-${n}`
      await checkIn(request, place + n)
      // As a phone that did not get the answer.
      if (n % repeatEvery === 0)
        await send(clients[(place + n + 1) % clients.length], lead, request, faults)
    }
  }
  const running = Promise.all(names.map(write))
  return {
    saved,
    faults,
    async stop() {
      isOver = true
      await running
    },
  }
}

/** Sends once; undefined when it is unknown whether it was saved. */
async function send(
  client: Client | undefined,
  lead: number,
  request: string,
  faults: string[],
): Promise<{ position: string } | undefined> {
  try {
    const draft = {
      resource_type: 'lead',
      resource_id: lead,
      summary: request,
      device: { unavailable: 'timeout' },
    } as const
    const done = await client?.visits.create(draft, { idempotencyKey: request })
    return done && { position: String(done.meta.position) }
  } catch (error) {
    if (!isPassing(error)) faults.push(`${request}: ${String(error)}`)
    return undefined
  }
}

/** The server asks to try again, or does not answer. */
const isPassing = (error: unknown): boolean =>
  error instanceof NetworkError ||
  error instanceof RequestInProgressError ||
  (error instanceof ServerError && error.status === 503)

export interface Follower {
  /** What it was given since the last reset, in order: the check-in, and its offset. */
  readonly seen: readonly { readonly request: string; readonly offset: number }[]
  /** Check-ins that it was given before a reset. */
  readonly seenBefore: ReadonlySet<string>
  /** Positions that were refused since their events are lost. */
  readonly resets: readonly string[]
  readonly faults: readonly string[]
  /** Reads up to the newest event, then ends. */
  stop(): Promise<void>
}

/** Reads the stream by turns from both servers, always on from the position that it was given last. */
export function startFollower(clients: readonly Client[], start: string): Follower {
  const seen: { request: string; offset: number }[] = []
  const seenBefore = new Set<string>()
  const resets: string[] = []
  const faults: string[] = []
  let isOver = false
  let position = start
  async function follow(): Promise<void> {
    for (let turn = 0; ; turn++) {
      const isLast = isOver
      try {
        const client = clients[turn % clients.length]
        const waiting = isLast ? {} : { wait: waitSeconds }
        const page = await client?.stream.read({ position, limit: pageLimit, ...waiting })
        if (!page) continue
        const end = parsePosition(page.meta.position)?.offset ?? Number.NaN
        page.items.forEach(({ data }, index) => {
          seen.push({ request: String(data.summary), offset: end - page.items.length + index + 1 })
        })
        position = page.meta.position
        if (isLast && page.meta.top) return
      } catch (error) {
        if (error instanceof PositionGoneError && error.code === 'stream_reset') {
          resets.push(position)
          position = 'tail'
          for (const { request } of seen) seenBefore.add(request)
          seen.length = 0
        } else if (isPassing(error)) await pause(retryMs)
        else if (error instanceof DoorstepError) {
          faults.push(`reading on from ${position}: ${String(error)}`)
          await pause(retryMs)
        } else throw error
      }
    }
  }
  const running = follow()
  return {
    seen,
    seenBefore,
    resets,
    faults,
    async stop() {
      isOver = true
      await running
    },
  }
}

/** The longest time in which nothing was saved, in ms. */
export function longestGap(saved: readonly Saved[]): number {
  const times = saved.map(({ atMs }) => atMs)
  return Math.max(...times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs)))
}
