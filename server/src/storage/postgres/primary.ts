import pg from 'pg'

import type { Clock } from '../../domain/clock.ts'
import { urlsOfHosts } from '../../domain/database-hosts.ts'
import { connectionOptions, endClient } from './connection.ts'
import { followTimeline, type NewTimeline } from './timeline.ts'

const probeMs = 2_000

export interface Following {
  readonly clock: Clock
  /** Connections that were made before lead elsewhere. */
  readonly onMoved?: () => void
  readonly onNewTimeline?: ((found: NewTimeline) => void) | undefined
}

/**
 * Which of the URL's hosts new connections of one process lead to. A standby may take the place of the
 * primary at any time.
 */
export class Primary {
  readonly #urls: readonly string[]
  readonly #following: Following
  #url: string
  #locating: Promise<void> | undefined

  constructor(url: string, following: Following) {
    this.#urls = urlsOfHosts(url)
    this.#url = this.#urls[0] ?? url
    this.#following = following
  }

  /** Where it was found last. */
  get url(): string {
    return this.#url
  }

  /** Looks for it after something failed where it was; resolves to whether it has moved. */
  async locate(): Promise<boolean> {
    const before = this.#url
    if (this.#urls.length > 1) {
      this.#locating ??= this.#ask().finally(() => (this.#locating = undefined))
      await this.#locating
    }
    return this.#url !== before
  }

  async #ask(): Promise<void> {
    const found = await Promise.all(this.#urls.map(timelineAt))
    const newest = Math.max(...found)
    const url = this.#urls[found.indexOf(newest)]
    if (newest === 0 || url === undefined || url === this.#url) return
    this.#url = url
    this.#following.onMoved?.()
  }

  /** Readies a new connection; refuses one to a standby, unless the URL has no other host. */
  async welcome(client: pg.ClientBase): Promise<void> {
    const { clock, onNewTimeline } = this.#following
    const isPrimary = await followTimeline(client, clock, (found) => onNewTimeline?.(found))
    if (!isPrimary && this.#urls.length > 1) throw new StandbyError()
  }
}

/** Finds the primary among the hosts of a URL. */
export async function findPrimary(url: string): Promise<string> {
  const primary = new Primary(url, { clock: Date.now })
  await primary.locate()
  return primary.url
}

/** This host is not the primary, or not yet. */
class StandbyError extends Error {
  override readonly name = 'StandbyError'
  /** PostgreSQL's own, for a write to a standby. */
  readonly code = '25006'

  constructor() {
    super('the server is a standby')
  }
}

/**
 * The timeline of a primary, which each promotion raises, so that one that was replaced and does not
 * know it yet is found out; 0 for a standby, and for what does not answer.
 */
async function timelineAt(url: string): Promise<number> {
  const client = new pg.Client({
    ...connectionOptions(url, probeMs),
    connectionTimeoutMillis: probeMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ file: string | null }>(
      `select case when not pg_is_in_recovery()
         then pg_walfile_name(pg_current_wal_insert_lsn()) end as file`,
    )
    return Number.parseInt(rows[0]?.file?.slice(0, 8) ?? '0', 16)
  } catch {
    return 0
  } finally {
    void endClient(client)
  }
}
