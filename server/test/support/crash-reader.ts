import { setTimeout as pause } from 'node:timers/promises'

import type { Client } from '@doorstep/client/client'
import { NetworkError } from '@doorstep/client/errors'
import type { Visit } from '@doorstep/contract/visits'

import { between, type Random } from '../../src/demo/random.ts'
import { parsePosition } from '../../src/domain/positions.ts'
import type { StreamRead } from './crash-faults.ts'
import { clientOf, type Target } from './crash-writers.ts'

const streamLimit = 100
const listMax = 10_000

export interface Reader {
  /** Reads on, in pages of any size, until the server is gone. */
  readonly follow: (target: Target) => Promise<void>
  readonly seen: readonly StreamRead[]
}

/** Follows the stream across all restarts. */
export function newReader(random: Random): Reader {
  const seen: StreamRead[] = []
  let position = 'tail'
  return {
    seen,
    async follow(target) {
      const client = clientOf(target)
      for (;;) {
        try {
          const read = await readPage(
            client,
            position,
            between(random, 1, streamLimit),
            seen.at(-1),
          )
          seen.push(read.page)
          position = read.position
          await pause(between(random, 1, 10))
        } catch (error) {
          if (error instanceof NetworkError) return
          throw error
        }
      }
    },
  }
}

/** The whole stream, in the largest pages. */
export async function drain(client: Client): Promise<StreamRead[]> {
  const pages: StreamRead[] = []
  for (let position = 'tail'; ;) {
    const read = await readPage(client, position, streamLimit, pages.at(-1))
    pages.push(read.page)
    position = read.position
    if (read.top) return pages
  }
}

async function readPage(
  client: Client,
  position: string,
  limit: number,
  before: StreamRead | undefined,
): Promise<{ page: StreamRead; position: string; top: boolean }> {
  const { items: events, meta } = await client.stream.read({ position, limit })
  const page = { from: before?.to ?? 0, to: offsetOf(meta.position), events }
  return { page, position: meta.position, top: meta.top }
}

export async function readHead(client: Client): Promise<number> {
  const { meta } = await client.stream.read({ position: 'top' })
  return offsetOf(meta.position)
}

export async function readTable(client: Client): Promise<Visit[]> {
  const table = await Array.fromAsync(client.visits.each())
  if (table.length >= listMax) throw new Error(`the list ends at ${listMax} visits: write fewer`)
  return table
}

const offsetOf = (position: string): number => parsePosition(position)?.offset ?? Number.NaN
