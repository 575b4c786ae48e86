import type { OnPoint } from '../../domain/crash-points.ts'
import type { WriteOptions } from '../../domain/store.ts'
import type { SqlTransaction } from '../database.ts'
import type { Connection } from './connection.ts'
import { explained, isDiskError } from './errors.ts'

/** How many pieces of work share a commit at most. */
const groupMax = 128
/** Turns of the event loop for which a commit waits, as long as each brings more work. */
const gatherTurnsMax = 8

/** Work that waits for its commit; `run` answers what to call once it is on disk. */
interface QueuedWork {
  readonly isRepeatable: boolean
  readonly run: (tx: SqlTransaction) => Promise<() => void>
  readonly reject: (reason: unknown) => void
}

export interface GroupCommitOptions {
  readonly onDiskError: (error: Error) => void
  readonly onPoint: OnPoint
  /** Called after every commit. */
  readonly onCommitted: () => void
}

/**
 * The one writer of a file. Work that arrives together shares one commit: one sync to disk, and one
 * copy of every index page that several pieces change.
 */
export class GroupCommit {
  readonly #connection: Connection
  readonly #options: GroupCommitOptions
  readonly #queue: QueuedWork[] = []
  #writing: Promise<void> | undefined

  constructor(connection: Connection, options: GroupCommitOptions) {
    this.#connection = connection
    this.#options = options
  }

  write<Result>(
    work: (tx: SqlTransaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({
        isRepeatable: writeOptions?.isRepeatable === true,
        reject,
        run: async (tx) => {
          const result = await work(tx)
          return () => resolve(result)
        },
      })
      this.#writing ??= this.#writeQueued()
    })
  }

  /** Resolves when nothing waits for a commit. */
  async idle(): Promise<void> {
    await this.#writing
  }

  async #writeQueued(): Promise<void> {
    let known = 0
    for (let turn = 0; turn < gatherTurnsMax && this.#queue.length > known; turn++) {
      known = this.#queue.length
      await new Promise((resolve) => setImmediate(resolve))
    }
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, groupMax))
    this.#writing = undefined
  }

  async #commit(group: readonly QueuedWork[]): Promise<void> {
    const { onDiskError, onPoint, onCommitted } = this.#options
    const { database } = this.#connection
    let answers: readonly (() => void)[]
    try {
      await this.#connection.begin()
      answers = await this.#run(group)
      onPoint?.('before-commit')
      database.exec('commit')
      onPoint?.('after-commit')
    } catch (error) {
      this.#connection.rollBack()
      if (isDiskError(error)) onDiskError(error)
      for (const queued of group) queued.reject(explained(error))
      return
    }
    for (const answer of answers) answer()
    onCommitted()
  }

  #run(group: readonly QueuedWork[]): Promise<(() => void)[]> {
    const [first, ...others] = group
    if (first && others.length === 0) return this.#runAlone(first)
    return group.every(({ isRepeatable }) => isRepeatable)
      ? this.#runTogether(group)
      : this.#runApart(group)
  }

  /** Without a savepoint: if it fails, the transaction is rolled back. */
  async #runAlone(queued: QueuedWork): Promise<(() => void)[]> {
    return [await queued.run(this.#connection.statements())]
  }

  /**
   * Without savepoints, for which SQLite copies every page that changes, and with one transaction
   * object, under which all work caches what it reads. If one piece fails, the whole group is rolled
   * back and runs again apart.
   */
  async #runTogether(group: readonly QueuedWork[]): Promise<(() => void)[]> {
    const answers: (() => void)[] = []
    const tx = this.#connection.statements()
    try {
      for (const queued of group) answers.push(await queued.run(tx))
      return answers
    } catch (error) {
      if (!this.#connection.database.isTransaction || isDiskError(error)) throw error
      this.#connection.rollBack()
    }
    await this.#connection.begin()
    return this.#runApart(group)
  }

  /** Each piece of work in a savepoint of its own, so a failure does not affect the others. */
  async #runApart(group: readonly QueuedWork[]): Promise<(() => void)[]> {
    const { database } = this.#connection
    const answers: (() => void)[] = []
    for (const queued of group) {
      this.#connection.prepare('savepoint work').run()
      try {
        answers.push(await queued.run(this.#connection.statements()))
      } catch (error) {
        if (!database.isTransaction) throw error
        if (isDiskError(error)) this.#options.onDiskError(error)
        database.exec('rollback to work')
        answers.push(() => queued.reject(explained(error)))
      }
      this.#connection.prepare('release work').run()
    }
    return answers
  }
}
