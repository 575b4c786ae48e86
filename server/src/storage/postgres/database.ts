import type { Kysely } from 'kysely'
import type pg from 'pg'

import type { OnPoint } from '../../domain/crash-points.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Finding } from '../../domain/store.ts'
import type { Database, Dialect, Reader, SqlTransaction, Values } from '../database.ts'
import type { Schema } from '../schema.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { WorkListeners } from '../work-listeners.ts'
import { connectionOptions, kyselyOver, limits, type Ran, runOn } from './connection.ts'
import { explained, isConnectionLoss } from './errors.ts'
import { dropPartitions, type InTransaction, makePartitions, spanOf } from './event-partitions.ts'
import { migratePostgres, targetOf } from './migrate.ts'
import { PostgresPool, Suspicion } from './pool.ts'
import type { ColumnTypes } from './save.ts'
import { announcement, lockSpace, PostgresSession } from './session.ts'
import { numbered } from './statements.ts'
import { PostgresTransaction } from './transaction.ts'

/** Connections of one process, besides the one of its session. */
const readersMax = 8
const writersMax = 6
/** For what is no work of an account: making partitions, checking. */
const backgroundMax = 2
/**
 * Transactions that share a commit. Above 64 savepoints PostgreSQL looks up whose is whose on disk,
 * for every reader.
 */
const groupMax = 50
const pingMs = 2_000
const beginSnapshot = 'begin isolation level repeatable read read only'
/** One statement of a long snapshot. */
const snapshotMs = 3_600_000
/** How long announcements are gathered. */
const announceMs = 20
/** Bytes of one announcement; PostgreSQL takes 8,000. */
const payloadMax = 7_900
/** Stands for accounts that do not fit, or that were not heard. */
const anyAccount = '*'
/** The lock of what belongs to no account. */
const sharedKey = 3

export const postgresDialect: Dialect = {
  joined: (column) => `string_agg(cast(${column} as text), ',')`,
  joinedBytes: (column) => `string_agg(${column}, ',')`,
  inJsonList: (column, json) => `${column} = any(cast(translate(${json}, '[]', '{}') as bigint[]))`,
  memberIs: (column, name, value) => `cast(${column} as json) ->> ${name} = ${value}`,
  // NOTE: names of indexes are hints for SQLite; PostgreSQL decides by its statistics.
  usingPrimaryKey: () => '',
  usingIndex: () => '',
  pairs: (one, other) =>
    `cast(coalesce(json_agg(json_build_array(${one}, ${other})), '[]') as text)`,
  unionOfRanges: (ranges, order, count) =>
    ranges.map((range) => `(${range} order by ${order} limit ${count})`).join(' union '),
  joinInOrder: (keys, table, order) => `${keys} join ${table} order by ${order}`,
  isPartitioned: `tableoid <> 'visit_events_default'::regclass`,
}

/** Tables on a server that other processes use as well. */
class PostgresDatabase implements Database {
  readonly engine: Database['engine']
  readonly dialect = postgresDialect
  readonly db: Kysely<Schema>
  readonly #readers: PostgresPool
  readonly #writers: PostgresPool
  readonly #session: PostgresSession
  readonly #types: ColumnTypes
  readonly #onPoint: OnPoint
  readonly #transactions = new WeakMap<pg.PoolClient, PostgresTransaction>()
  readonly #queues = new Map<number | undefined, Job[]>()
  readonly #draining = new Set<Promise<void>>()
  readonly #waiting: (() => void)[] = []
  #writersFree = writersMax
  readonly #listeners = new Set<(account: number | undefined) => void>()
  readonly #workListeners = new WorkListeners()
  /** Tells this process's announcements from those of others. */
  readonly #origin = crypto.randomUUID()
  readonly #announced = new Set<number>()
  readonly #announcedWork = new Set<string>()
  #announcing: NodeJS.Timeout | undefined

  constructor(
    url: string,
    purpose: 'reading' | 'writing',
    version: string,
    types: ColumnTypes,
    onPoint: OnPoint,
  ) {
    this.engine = { name: 'PostgreSQL', version }
    this.#types = types
    this.#onPoint = onPoint
    const isWaitedFor = purpose === 'reading'
    const reading = connectionOptions(url, isWaitedFor ? limits.readMs : limits.backgroundMs)
    const writeMs = isWaitedFor ? limits.writeMs : limits.backgroundMs
    const writing = { ...connectionOptions(url, writeMs), pipeline: true }
    this.#session = new PostgresSession({ ...reading, pipeline: true }, (payload) =>
      this.#hear(payload),
    )
    const suspicion = new Suspicion(() => this.#session.check())
    this.#readers = new PostgresPool(reading, readersMax, suspicion)
    this.#writers = new PostgresPool(writing, writersMax + backgroundMax, suspicion)
    this.db = kyselyOver((text, values) => this.#read(text, [...values], false))
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = numbered(text, values)
    return (await this.#read(statement.text, statement.values, true)).rows
  }

  /** A statement that only reads may be sent again where the connection broke. */
  async #read(text: string, values: unknown[], isHot: boolean): Promise<Ran> {
    try {
      return await this.#readers.run(text, values, isHot).catch((error: unknown) => {
        if (!isBroken(error)) throw error
        return this.#readers.run(text, values, isHot)
      })
    } catch (error) {
      throw explained(error)
    }
  }

  /** NOTE: what is lost with its connection may have been done, and is not sent again. */
  writeLossy<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> {
    const once = kyselyOver((text, values) =>
      this.#readers.run(text, [...values], false).catch((error: unknown) => {
        throw explained(error)
      }),
    )
    return work(once)
  }

  async read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    try {
      return await this.#inTransaction(
        beginSnapshot,
        (client) => work(this.#readerOn(client)),
        this.#readers,
      )
    } catch (error) {
      throw explained(error)
    }
  }

  async snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return await this.#inTransaction(
      `${beginSnapshot}; set local statement_timeout = 0`,
      (client) => work(this.#readerOn(client, snapshotMs)),
    )
  }

  #readerOn(client: pg.PoolClient, answerMs?: number): Reader {
    return {
      db: kyselyOver((text, values) => runOn(client, text, [...values], false, answerMs)),
      dialect: this.dialect,
      query: async (text, values) => {
        const statement = numbered(text, values)
        return (await runOn(client, statement.text, statement.values, true, answerMs)).rows
      },
    }
  }

  write<Result>(
    account: number | undefined,
    work: (tx: SqlTransaction) => Promise<Result>,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const job: Job = {
        askedMs: performance.now(),
        reject,
        run: async (tx) => {
          const result = await work(tx)
          return () => resolve(result)
        },
      }
      const queue = this.#queues.get(account)
      if (queue) return void queue.push(job)
      const jobs = [job]
      this.#queues.set(account, jobs)
      const draining = this.#drain(account, jobs)
      this.#draining.add(draining)
      void draining.then(() => this.#draining.delete(draining))
    })
  }

  /** What is asked for while a transaction of the account runs shares the next one. */
  async #drain(account: number | undefined, queue: Job[]): Promise<void> {
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

  /** False: no connection to write on became free in time. */
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
   * Under the lock of the account's stream, which all processes take first: what one of them reads
   * here stays as it is until it has written. Each job in a savepoint of its own, so that one that
   * fails leaves its neighbours alone; a single job needs none.
   */
  async #commitTogether(account: number | undefined, queue: Job[]): Promise<void> {
    let jobs: readonly Job[] = []
    const answers: (() => void)[] = []
    let isCommitting = false
    try {
      await this.#inTransaction(`begin; ${lockOf(account)}`, async (client) => {
        // What has come while this process waited for the lock comes along.
        jobs = queue.splice(0, groupMax)
        const isAlone = jobs.length === 1
        const tx = this.#transactionOf(client)
        for (const job of jobs) {
          if (!isAlone) tx.send('savepoint job')
          try {
            const unit = new UnitOfWork(tx)
            const answer = await job.run(unit.tx)
            await unit.end()
            if (!isAlone) tx.send('release savepoint job')
            await tx.settle()
            answers.push(answer)
          } catch (error) {
            const first = await firstFailure(tx, error)
            if (isAlone || isConnectionLoss(first)) throw first
            await client.query('rollback to savepoint job; release savepoint job')
            answers.push(() => job.reject(explained(first)))
          }
        }
        this.#onPoint?.('before-commit')
        isCommitting = true
      })
      this.#onPoint?.('after-commit')
    } catch (error) {
      const reason = explained(error, isCommitting)
      // Another process holds the account: who has not waited for long goes on waiting.
      if (jobs.length === 0 && isLockTimeout(error)) {
        rejectLate(queue, reason)
        return
      }
      const failed = jobs.length > 0 ? jobs : queue.splice(0)
      for (const job of failed) job.reject(reason)
      return
    }
    for (const answer of answers) answer()
  }

  async #inTransaction<Result>(
    begin: string,
    work: (client: pg.PoolClient) => Promise<Result>,
    pool = this.#writers,
  ): Promise<Result> {
    const client = await pool.take()
    let failed: unknown
    let isUnusable = false
    try {
      await runOn(client, begin, [], false, limits.lockMs + limits.answerMs)
      const result = await work(client)
      const { command } = await client.query('commit')
      // An error that somebody has caught makes PostgreSQL answer a commit with a rollback.
      if (command !== 'COMMIT') throw new Error('the transaction had failed and was not committed')
      return result
    } catch (error) {
      failed = error
      isUnusable = isConnectionLoss(error)
      if (!isUnusable) await client.query('rollback').catch(() => (isUnusable = true))
      throw error
    } finally {
      pool.give(client, failed, isUnusable)
    }
  }

  #transactionOf(client: pg.PoolClient): PostgresTransaction {
    const known = this.#transactions.get(client)
    if (known) return known
    const tx = new PostgresTransaction(client, postgresDialect, this.#types)
    this.#transactions.set(client, tx)
    return tx
  }

  makeRoomForEvents(now: number, retentionMs: number): Promise<void> {
    return this.#withPartitions((inTransaction) =>
      makePartitions(inTransaction, now, spanOf(retentionMs)),
    )
  }

  rotateEvents(now: number, retentionMs: number): Promise<void> {
    return this.#withPartitions(async (inTransaction) => {
      await makePartitions(inTransaction, now, spanOf(retentionMs))
      await dropPartitions(inTransaction, now - retentionMs)
    })
  }

  async #withPartitions(work: (inTransaction: InTransaction) => Promise<void>): Promise<void> {
    const begin = `begin; set local statement_timeout = ${limits.backgroundMs}`
    const usualMs = limits.backgroundMs + limits.answerMs
    try {
      await work((inside) =>
        this.#inTransaction(begin, (client) =>
          inside(
            async (text, maxMs = usualMs) => (await runOn(client, text, [], false, maxMs)).rows,
          ),
        ),
      )
    } catch (error) {
      // Somebody was in the way: it is tried again with the next round.
      if (!isLockTimeout(error)) throw explained(error)
    }
  }

  claim(name: string): Promise<boolean> {
    return this.#session.claim(name)
  }

  announce(account: number): void {
    for (const listener of this.#listeners) listener(account)
    this.#announced.add(account)
    this.#announcing ??= setTimeout(() => void this.#sendAnnouncements(), announceMs)
  }

  announceWork(name: string): void {
    this.#workListeners.call(name)
    this.#announcedWork.add(name)
    this.#announcing ??= setTimeout(() => void this.#sendAnnouncements(), announceMs)
  }

  onWorkAnnounced(name: string, listener: () => void): () => void {
    this.#session.listen()
    return this.#workListeners.add(name, listener)
  }

  /** Outside of all transactions: inside, all that announce wait for one lock at their commit. */
  async #sendAnnouncements(): Promise<void> {
    this.#announcing = undefined
    const accounts = [...this.#announced].join(',')
    const works = [...this.#announcedWork].join(',')
    const hasAccounts = this.#announced.size > 0
    this.#announced.clear()
    this.#announcedWork.clear()
    const told = accounts.length > payloadMax - 100 ? anyAccount : accounts
    const payload = `${this.#origin}:${hasAccounts ? told : ''}:${works}`
    // Lost announcements cost readers a second: they look by themselves, too.
    await this.#read(announcement, [payload], true).catch(() => {})
  }

  #hear(payload: string | undefined): void {
    const [origin, accounts = anyAccount, works = ''] = payload?.split(':') ?? []
    if (origin === this.#origin) return
    if (payload === undefined) this.#workListeners.call(undefined)
    for (const work of works.split(',')) this.#workListeners.call(work)
    const heard = accounts.split(',').filter((account) => account !== '')
    for (const text of heard) {
      const account = text === anyAccount ? undefined : Number(text)
      for (const listener of this.#listeners) listener(account)
    }
  }

  onAnnounced(listener: (account: number | undefined) => void): () => void {
    this.#listeners.add(listener)
    this.#session.listen()
    return () => void this.#listeners.delete(listener)
  }

  async ping(): Promise<void> {
    const late = new DomainError('unavailable', 'The database does not answer. Try again later.')
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(late), pingMs)
    try {
      await Promise.race([this.query('select 1 from accounts limit 1', {}), promise])
    } finally {
      clearTimeout(timer)
    }
  }

  async checkIntegrity(): Promise<Finding[]> {
    const broken = await this.#read(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`,
      [],
      false,
    )
    const unsafe = await this.#read(
      `select name, setting from pg_settings
       where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
      [],
      false,
    )
    return [
      ...broken.rows.map(({ name }) => ({
        problem: `the index ${String(name)} is not valid`,
        remedy: `Run in the database: REINDEX INDEX CONCURRENTLY ${String(name)}`,
      })),
      ...unsafe.rows.map(({ name }) => ({
        problem: `the server runs with ${String(name)} = off: a power cut can take what was acknowledged`,
        remedy: `Set ${String(name)} = on in postgresql.conf and reload the server.`,
      })),
    ]
  }

  async size(): Promise<number> {
    const [row] = await this.query('select pg_database_size(current_database()) bytes', {})
    return Number(row?.['bytes'])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#draining.size > 0) await Promise.all(this.#draining)
    clearTimeout(this.#announcing)
    if (this.#announced.size + this.#announcedWork.size > 0) await this.#sendAnnouncements()
    await this.#session[Symbol.asyncDispose]()
    await Promise.all([this.#readers, this.#writers].map((pool) => pool[Symbol.asyncDispose]()))
  }
}

/** Work that waits for its turn; `run` gives what is to be done once it is on disk. */
interface Job {
  /** By the clock that never jumps. */
  readonly askedMs: number
  readonly run: (tx: SqlTransaction) => Promise<() => void>
  readonly reject: (reason: unknown) => void
}

/** Those that have waited as long as anybody may. */
function rejectLate(queue: Job[], reason: unknown): void {
  const now = performance.now()
  const late = queue.findIndex(({ askedMs }) => now - askedMs < limits.waitMs)
  for (const job of queue.splice(0, late < 0 ? queue.length : late)) job.reject(reason)
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

/** The statement was lost with its connection; a connection that could not be made is another thing. */
const isBroken = (error: unknown): boolean =>
  isConnectionLoss(error) &&
  error instanceof Error &&
  !/ECONNREFUSED|timeout|starting up/.test(`${error.message}`)

const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03'

/** Opens the database that the URL names, and says what to do when that is not possible. */
export async function openPostgres(
  url: string,
  purpose: 'reading' | 'writing',
  onPoint?: OnPoint,
): Promise<PostgresDatabase> {
  const { version, types } = await migratePostgres(url)
  return new PostgresDatabase(url, purpose, version, types, onPoint)
}

/** The database without what is secret in its URL. */
export function describeTarget(url: string): string {
  const { host, port, database, user } = targetOf(url)
  return `${user}@${host}:${port}/${database}`
}
