import { DomainError } from '../../domain/errors.ts'
import { type Position, resumeOffset } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import type { ReadableDatabase } from '../database.ts'
import { MissingStream, readEvents } from '../events.ts'
import { visitPages } from '../visits/pages.ts'
import { isConnectionLoss } from './errors.ts'
import { PrimaryMarks } from './replica-lag.ts'

/** Less than the second in which every answer has to be there (PROTOCOL 5.7). */
const waitMaxMs = 800
const pollMinMs = 5
const pollMaxMs = 50
/** How often it is looked at how far the replicas are, also those that have failed. */
const lookMs = 1_000
/** So many may be missed until a replica that nobody could look at is not asked any more. */
const looksMax = 3
/** Looks at the beginning, until they have come as far as the primary is. */
const firstLooksMax = 10
const firstLookMs = 50

/** A replica, and how far it has come. */
export interface ReplicaDatabase extends ReadableDatabase {
  /** A number that grows with every change of the primary; undefined: it follows none. */
  position(): Promise<number | undefined>
}

/** What a replica answers. */
export interface Reads {
  readonly visits: Pick<Store['visits'], 'list'>
  readonly events: Pick<Store['events'], 'read'>
}

/**
 * The store, whose lists of visits and pages of the stream come from the replicas in turn. Each of
 * them answers for some moment of the past, not further back than `lagMaxMs` and the time between
 * looks, and right for that moment; one that has not come as far as the reader is waited for, or
 * passed over. Refusals and everything else are the store's own.
 */
export async function readFromReplicas(
  store: Store,
  primaryPosition: () => Promise<number>,
  databases: readonly ReplicaDatabase[],
  lagMaxMs: number,
): Promise<Store> {
  const marks = new PrimaryMarks(lagMaxMs + 10 * lookMs)
  const replicas = databases.map((database) => new Replica(database, marks, lagMaxMs))
  let looking: Promise<void> | undefined
  const look = async () => {
    const atMs = performance.now()
    try {
      marks.add({ atMs, position: await primaryPosition() })
    } catch {
      // Without the primary nobody can say how old a replica is.
    }
    await Promise.all(replicas.map((replica) => replica.look()))
  }
  for (let looks = 1; looks <= firstLooksMax; looks++) {
    await look()
    if (replicas.every((replica) => replica.isReady() || replica.isAway)) break
    await new Promise((resolve) => setTimeout(resolve, firstLookMs))
  }
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined))
  }, lookMs)
  timer.unref()
  let turn = 0
  const inTurn = () => {
    const ready = replicas.filter((replica) => replica.isReady())
    const first = ready.length > 0 ? turn++ % ready.length : 0
    return [...ready.slice(first), ...ready.slice(0, first)]
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
        request.isNewest === true
          ? store.events.read(account, request)
          : read(account, request.minPosition, ({ events }) => events.read(account, request)),
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await looking
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
      await store[Symbol.asyncDispose]()
    },
  }
}

/**
 * `refused`: of the reader's position, so that only the store itself may say it. `broken`: it has not
 * answered this, and another one may.
 */
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
  readonly #database: ReplicaDatabase
  readonly #marks: PrimaryMarks
  readonly #lagMaxMs: number
  readonly #reads: Reads
  /** When it was last found to be no more behind than it may be. */
  #currentAtMs: number | undefined
  /** It has failed since it was looked at, or cannot be asked. */
  isAway = true

  constructor(database: ReplicaDatabase, marks: PrimaryMarks, lagMaxMs: number) {
    this.#database = database
    this.#marks = marks
    this.#lagMaxMs = lagMaxMs
    this.#reads = {
      visits: visitPages(database),
      events: {
        async read(account, request) {
          const page = await readEvents(database, account, request)
          if (request.from) resumeOffset(request.from, page.stream)
          return page
        },
      },
    }
  }

  isReady(): boolean {
    if (this.isAway || this.#currentAtMs === undefined) return false
    return performance.now() - this.#currentAtMs <= looksMax * lookMs
  }

  async look(): Promise<void> {
    try {
      const askedMs = performance.now()
      const position = await this.#database.position()
      const hasAllOf = position === undefined ? undefined : this.#marks.currentAt(position)
      const isCurrent = hasAllOf !== undefined && askedMs - hasAllOf <= this.#lagMaxMs
      this.#currentAtMs = isCurrent ? askedMs : undefined
      this.isAway = position === undefined
    } catch {
      this.isAway = true
    }
  }

  async ask<Answer>(ask: (reads: Reads) => Promise<Answer>): Promise<Told<Answer>> {
    try {
      return { answer: await ask(this.#reads) }
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined
      if (code === 'position_invalid') return 'behind'
      if (code === 'position_expired' || code === 'stream_reset') return 'refused'
      if (error instanceof MissingStream) return 'behind'
      // What one statement fails with says nothing of the others.
      this.isAway ||= isConnectionLoss(error)
      return 'broken'
    }
  }
}
