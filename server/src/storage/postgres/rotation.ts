import { DomainError } from '../../domain/errors.ts'
import { resumeOffset } from '../../domain/positions.ts'
import type { Store } from '../../domain/store.ts'
import type { ReadableDatabase } from '../database.ts'
import { MissingStream, readEvents } from '../events.ts'
import { visitPages } from '../visits/pages.ts'
import { isConnectionLoss } from './errors.ts'
import { PrimaryMarks } from './replica-lag.ts'

/** How often the positions of all replicas are polled, also of those that have failed. */
const pollMs = 1_000
/** A replica that could not be polled for so many times is taken out of rotation. */
const missedPollsMax = 3
/** Polls at the start, until the replicas have caught up with the primary. */
const firstPollsMax = 10
const firstPollMs = 50

/** A replica and its position. */
export interface ReplicaDatabase extends ReadableDatabase {
  /** Grows with every change of the primary; undefined: the server follows no primary. */
  position(): Promise<number | undefined>
}

/** The reads that a replica answers. */
export interface Reads {
  readonly visits: Pick<Store['visits'], 'list' | 'findRevision'>
  readonly events: Pick<Store['events'], 'read'>
}

/**
 * `behind`: the replica has not reached the reader's position. `refused`: the position is invalid,
 * which only the store itself may decide. `broken`: another replica may answer.
 */
export type Outcome<Answer> = { readonly answer: Answer } | 'behind' | 'refused' | 'broken'

/** The replicas that may answer now, in turn. */
export class Rotation implements AsyncDisposable {
  readonly #primaryPosition: () => Promise<number>
  readonly #databases: readonly ReplicaDatabase[]
  readonly #marks: PrimaryMarks
  readonly #replicas: readonly Replica[]
  #turn = 0
  #timer: NodeJS.Timeout | undefined
  #polling: Promise<void> | undefined

  constructor(
    primaryPosition: () => Promise<number>,
    databases: readonly ReplicaDatabase[],
    lagMaxMs: number,
  ) {
    this.#primaryPosition = primaryPosition
    this.#databases = databases
    this.#marks = new PrimaryMarks(lagMaxMs + 10 * pollMs)
    this.#replicas = databases.map((database) => new Replica(database, this.#marks, lagMaxMs))
  }

  /** Waits for the replicas to catch up, but not long; polls from then on. */
  async start(): Promise<void> {
    for (let polls = 1; polls <= firstPollsMax; polls++) {
      await this.#poll()
      if (this.#replicas.every((replica) => replica.isReady() || replica.isUnreachable)) break
      await new Promise((resolve) => setTimeout(resolve, firstPollMs))
    }
    this.#timer = setInterval(() => {
      this.#polling ??= this.#poll().finally(() => (this.#polling = undefined))
    }, pollMs)
    this.#timer.unref()
  }

  async #poll(): Promise<void> {
    const atMs = performance.now()
    try {
      this.#marks.add({ atMs, position: await this.#primaryPosition() })
    } catch {
      // Without the primary's position the lag of a replica is unknown.
    }
    await Promise.all(this.#replicas.map((replica) => replica.poll()))
  }

  /** All replicas in rotation, from the one whose turn it is. */
  next(): Replica[] {
    const ready = this.#replicas.filter((replica) => replica.isReady())
    const first = ready.length > 0 ? this.#turn++ % ready.length : 0
    return [...ready.slice(first), ...ready.slice(0, first)]
  }

  /** How far each replica is behind; null: it is out of rotation. */
  lagsMs(): (number | null)[] {
    return this.#replicas.map((replica) => (replica.isReady() ? replica.lagMs : null))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#polling
    await Promise.all(this.#databases.map((database) => database[Symbol.asyncDispose]()))
  }
}

/** One replica, with caches of its own, since its revisions are its own. */
class Replica {
  readonly #database: ReplicaDatabase
  readonly #marks: PrimaryMarks
  readonly #lagMaxMs: number
  readonly #reads: Reads
  /** When its lag was last found to be within the limit. */
  #currentAtMs: number | undefined
  /** It could not be polled, or has failed since. */
  isUnreachable = true
  /** At the last poll. */
  lagMs = 0

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
    if (this.isUnreachable || this.#currentAtMs === undefined) return false
    return performance.now() - this.#currentAtMs <= missedPollsMax * pollMs
  }

  async poll(): Promise<void> {
    try {
      const askedMs = performance.now()
      const position = await this.#database.position()
      const hasAllOf = position === undefined ? undefined : this.#marks.currentAt(position)
      const isCurrent = hasAllOf !== undefined && askedMs - hasAllOf <= this.#lagMaxMs
      this.lagMs = hasAllOf === undefined ? 0 : Math.max(0, askedMs - hasAllOf)
      this.#currentAtMs = isCurrent ? askedMs : undefined
      this.isUnreachable = position === undefined
    } catch {
      this.isUnreachable = true
    }
  }

  async read<Answer>(read: (reads: Reads) => Promise<Answer>): Promise<Outcome<Answer>> {
    try {
      return { answer: await read(this.#reads) }
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined
      if (code === 'position_invalid') return 'behind'
      if (code === 'position_expired' || code === 'stream_reset') return 'refused'
      // A cursor of a walk that began where the replica has not arrived yet.
      if (code === 'invalid') return 'refused'
      if (error instanceof MissingStream) return 'behind'
      // An error of one statement says nothing about the others.
      this.isUnreachable ||= isConnectionLoss(error)
      return 'broken'
    }
  }
}
