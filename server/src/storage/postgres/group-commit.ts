import type pg from 'pg'

import type { OnPoint } from '../../domain/crash-points.ts'
import { DomainError } from '../../domain/errors.ts'
import type { SqlTransaction } from '../database.ts'
import { limits } from './connection.ts'
import { explained, isConnectionLoss, isLockTimeout } from './errors.ts'
import type { PostgresPool } from './pool.ts'
import type { ColumnTypes } from './save.ts'
import { lockSpace } from './session.ts'
import { PostgresTransaction } from './transaction.ts'

/**
 * Works that share a commit at most. Above 64 savepoints PostgreSQL looks up on disk which
 * transaction each belongs to, for every reader.
 */
const groupMax = 50
/** The lock of what belongs to no account. */
const sharedKey = 3

/** A work that waits for its commit; `run` answers what to call once it is on disk. */
interface QueuedWork {
  /** By the clock that never jumps. */
  readonly askedMs: number
  readonly run: (tx: SqlTransaction) => Promise<() => void>
  readonly reject: (reason: unknown) => void
}

/**
 * Writes in turn for each account, across all processes. Works that arrive while a transaction of
 * their account runs share the next one.
 */
export class GroupCommit {
  readonly #pool: PostgresPool
  readonly #types: ColumnTypes
  readonly #onPoint: OnPoint
  readonly #transactions = new WeakMap<pg.PoolClient, PostgresTransaction>()
  readonly #queues = new Map<number | undefined, QueuedWork[]>()
  readonly #draining = new Set<Promise<void>>()
  readonly #waiting: (() => void)[] = []
  #writersFree: number

  constructor(pool: PostgresPool, writersMax: number, types: ColumnTypes, onPoint: OnPoint) {
    this.#pool = pool
    this.#writersFree = writersMax
    this.#types = types
    this.#onPoint = onPoint
  }

  write<Result>(
    account: number | undefined,
    work: (tx: SqlTransaction) => Promise<Result>,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const queued: QueuedWork = {
        askedMs: performance.now(),
        reject,
        run: async (tx) => {
          const result = await work(tx)
          return () => resolve(result)
        },
      }
      const queue = this.#queues.get(account)
      if (queue) return void queue.push(queued)
      const group = [queued]
      this.#queues.set(account, group)
      const draining = this.#drain(account, group)
      this.#draining.add(draining)
      void draining.then(() => this.#draining.delete(draining))
    })
  }

  async #drain(account: number | undefined, queue: QueuedWork[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      if (await this.#takeWriter()) {
        await this.#commitTogether(account, queue)
        this.#giveWriter()
      } else {
        rejectLate(queue, new DomainError('unavailable', noWriter))
      }
    }
    this.#queues.delete(account)
  }

  /** Answers false when no connection became free in time. */
  async #takeWriter(): Promise<boolean> {
    if (this.#writersFree > 0) {
      this.#writersFree--
      return true
    }
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const take = () => resolve(true)
    this.#waiting.push(take)
    const timer = setTimeout(() => {
      this.#waiting.splice(this.#waiting.indexOf(take), 1)
      resolve(false)
    }, limits.waitMs)
    const has = await promise
    clearTimeout(timer)
    return has
  }

  #giveWriter(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#writersFree++
  }

  /**
   * Runs work under the lock of the account's stream, which every process takes first: what the work
   * reads stays as it is until it has written. Each piece has a savepoint of its own, so a failure
   * does not affect the others; a single piece needs none.
   */
  async #commitTogether(account: number | undefined, queue: QueuedWork[]): Promise<void> {
    let group: readonly QueuedWork[] = []
    const answers: (() => void)[] = []
    let isCommitting = false
    try {
      await this.#pool.inTransaction(`begin; ${lockOf(account)}`, async (client) => {
        // Works that arrived while this process waited for the lock join.
        group = queue.splice(0, groupMax)
        const isAlone = group.length === 1
        const tx = this.#transactionOf(client)
        for (const queued of group) {
          if (!isAlone) tx.send('savepoint work')
          try {
            const answer = await queued.run(tx.statements())
            if (!isAlone) tx.send('release savepoint work')
            await tx.settle()
            answers.push(answer)
          } catch (error) {
            const first = await firstFailure(tx, error)
            if (isAlone || isConnectionLoss(first)) throw first
            await client.query('rollback to savepoint work; release savepoint work')
            answers.push(() => queued.reject(explained(first)))
          }
        }
        this.#onPoint?.('before-commit')
        isCommitting = true
      })
      this.#onPoint?.('after-commit')
    } catch (error) {
      const reason = explained(error, isCommitting)
      // Another process holds the account: work that has not waited long waits on.
      if (group.length === 0 && isLockTimeout(error)) {
        rejectLate(queue, reason)
        return
      }
      const failed = group.length > 0 ? group : queue.splice(0)
      for (const queued of failed) queued.reject(reason)
      return
    }
    for (const answer of answers) answer()
  }

  #transactionOf(client: pg.PoolClient): PostgresTransaction {
    const known = this.#transactions.get(client)
    if (known) return known
    const tx = new PostgresTransaction(client, this.#types)
    this.#transactions.set(client, tx)
    return tx
  }

  /** Resolves when nothing waits for a commit. */
  async idle(): Promise<void> {
    while (this.#draining.size > 0) await Promise.all(this.#draining)
  }
}

/** Rejects the work that has waited as long as any may. */
function rejectLate(queue: QueuedWork[], reason: unknown): void {
  const now = performance.now()
  const late = queue.findIndex(({ askedMs }) => now - askedMs < limits.waitMs)
  for (const queued of queue.splice(0, late < 0 ? queue.length : late)) queued.reject(reason)
}

const noWriter = 'The database takes too long with what others write. Try again later.'

/** After a statement that failed, all others fail because of it. */
const firstFailure = (tx: PostgresTransaction, error: unknown): Promise<unknown> =>
  tx.settle().then(
    () => error,
    (first: unknown) => first,
  )

const lockOf = (account: number | undefined): string =>
  account === undefined
    ? `select pg_advisory_xact_lock(${lockSpace}, ${sharedKey})`
    : `select 1 from account_stream where account_id = ${Number(account)} for no key update`
