import { DomainError } from '../domain/errors.ts'
import { type Position, resumeOffset } from '../domain/positions.ts'
import type { Store } from '../domain/store.ts'
import type { ReadableDatabase } from './database.ts'
import { readEvents } from './events.ts'
import { visitReads } from './visits.ts'

/** Less than the second in which every answer has to be there (PROTOCOL 5.7). */
const waitMaxMs = 800
const pollMinMs = 5
const pollMaxMs = 50
/** After this, a replica that failed is looked at again. */
const retryMs = 3_000

/** What a replica answers. */
export interface Reads {
  readonly visits: Pick<Store['visits'], 'list'>
  readonly events: Pick<Store['events'], 'read'>
}

/**
 * The store, whose lists of visits and pages of the stream come from the replicas in turn. Each of
 * them answers for some moment of the past, and right for that moment; one that has not come as far
 * as the reader is waited for, or passed over. Refusals and everything else are the store's own.
 */
export async function readFromReplicas(
  store: Store,
  databases: readonly ReadableDatabase[],
): Promise<Store> {
  const replicas = databases.map((database) => new Replica(database))
  await Promise.all(replicas.map((replica) => replica.check()))
  let turn = 0
  const inTurn = () => {
    const healthy = replicas.filter((replica) => replica.isHealthy())
    const first = healthy.length > 0 ? turn++ % healthy.length : 0
    return [...healthy.slice(first), ...healthy.slice(0, first)]
  }

  async function read<Answer>(
    account: number,
    minPosition: Position | undefined,
    ask: (reads: Reads) => Promise<Answer>,
  ): Promise<Answer> {
    for (const replica of inTurn()) {
      let told = await replica.ask(ask)
      if (told === 'behind' && minPosition) {
        const newest = { offset: Number.MAX_SAFE_INTEGER, limit: 0, minPosition }
        await store.events.read(account, newest)
        told = await untilReached(() => replica.ask(ask))
      }
      if (told === 'behind' || told === 'refused') break
      if (told !== 'broken') return told.answer
    }
    return await ask(store)
  }

  return {
    ...store,
    visits: {
      ...store.visits,
      list: (account, request) =>
        read(account, request.minPosition, ({ visits }) => visits.list(account, request)),
    },
    events: {
      ...store.events,
      read: (account, request) =>
        read(account, request.minPosition, ({ events }) => events.read(account, request)),
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
      await store[Symbol.asyncDispose]()
    },
  }
}

/** `refused`: of the reader's position, so that only the store itself may say it. */
type Told<Answer> = { readonly answer: Answer } | 'behind' | 'refused' | 'broken'

async function untilReached<Answer>(ask: () => Promise<Told<Answer>>): Promise<Told<Answer>> {
  const deadline = performance.now() + waitMaxMs
  let told: Told<Answer> = 'behind'
  for (let pauseMs = pollMinMs; told === 'behind'; pauseMs = Math.min(2 * pauseMs, pollMaxMs)) {
    if (performance.now() + pauseMs > deadline) break
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    told = await ask()
  }
  return told
}

/** One replica, with memories of its own: each is for one of its revisions. */
class Replica {
  readonly #database: ReadableDatabase
  readonly #reads: Reads
  /** When to look at it again; undefined: it is well. */
  #retryAt: number | undefined

  constructor(database: ReadableDatabase) {
    this.#database = database
    this.#reads = {
      visits: visitReads(database),
      events: {
        async read(account, request) {
          const page = await readEvents(database, account, request)
          if (request.from) resumeOffset(request.from, page.stream)
          return page
        },
      },
    }
  }

  /** Looks, in the background, at one that has failed when its time has come. */
  isHealthy(): boolean {
    if (this.#retryAt === undefined) return true
    if (performance.now() >= this.#retryAt) void this.check()
    return false
  }

  async check(): Promise<void> {
    this.#setAside()
    try {
      await this.#database.query('select 1 from account_stream limit 1', {})
      this.#retryAt = undefined
    } catch {
      // It stays set aside.
    }
  }

  async ask<Answer>(ask: (reads: Reads) => Promise<Answer>): Promise<Told<Answer>> {
    try {
      return { answer: await ask(this.#reads) }
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined
      if (code === 'position_invalid') return 'behind'
      if (code === 'position_expired' || code === 'stream_reset') return 'refused'
      this.#setAside()
      return 'broken'
    }
  }

  #setAside(): void {
    this.#retryAt = performance.now() + retryMs
  }
}
