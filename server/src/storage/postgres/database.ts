import type { Kysely } from 'kysely'
import type pg from 'pg'

import type { OnPoint } from '../../domain/crash-points.ts'
import { urlsOfHosts } from '../../domain/database-hosts.ts'
import { DomainError } from '../../domain/errors.ts'
import type { EngineLoad } from '../../domain/store-load.ts'
import type { Fault } from '../../domain/store.ts'
import type { Database, Reader, SqlTransaction, Values } from '../database.ts'
import type { Schema } from '../schema.ts'
import { Announcements } from './announcements.ts'
import { connectionOptions, kyselyOver, limits, type Ran, runOn } from './connection.ts'
import { postgresDialect } from './dialect.ts'
import { explained, isBroken } from './errors.ts'
import { makeRoomForEvents, rotateEvents } from './event-partition-rounds.ts'
import { GroupCommit } from './group-commit.ts'
import { findProblems } from './integrity.ts'
import { migratePostgres, targetOf } from './migrate.ts'
import { PostgresPool, Suspicion } from './pool.ts'
import { type Following, Primary } from './primary.ts'
import type { ColumnTypes } from './save.ts'
import { announcement, PostgresSession } from './session.ts'
import { numbered } from './statements.ts'

/** Connections of one process, besides the one of its session. */
const readersMax = 8
const writersMax = 6
/** For work of no account: creating partitions, snapshots. */
const backgroundMax = 2
const pingMs = 2_000
const beginSnapshot = 'begin isolation level repeatable read read only'
/** One statement of a long snapshot. */
const snapshotMs = 3_600_000

export interface DatabaseOptions extends Pick<Following, 'clock' | 'onNewTimeline'> {
  readonly onPoint?: OnPoint
  /** Throws `not_found` where there are no tables, instead of creating them. */
  readonly mustExist?: boolean | undefined
}

/** A database that other processes may use as well. */
class PostgresDatabase implements Database {
  readonly engine: Database['engine']
  readonly dialect = postgresDialect
  readonly db: Kysely<Schema>
  readonly #readers: PostgresPool
  readonly #writers: PostgresPool
  readonly #session: PostgresSession
  readonly #commits: GroupCommit
  readonly #announcements: Announcements

  constructor(
    url: string,
    purpose: 'reading' | 'writing',
    version: string,
    types: ColumnTypes,
    { clock, onPoint, onNewTimeline }: DatabaseOptions,
  ) {
    this.engine = { name: 'PostgreSQL', version }
    const isWaitedFor = purpose === 'reading'
    const reading = connectionOptions(url, isWaitedFor ? limits.readMs : limits.backgroundMs)
    const writeMs = isWaitedFor ? limits.writeMs : limits.backgroundMs
    const writing = { ...connectionOptions(url, writeMs), pipeline: true }
    // Outside of all transactions: inside, all that announce wait for one lock at their commit.
    this.#announcements = new Announcements(async (payload) => {
      await this.#read(announcement, [payload], true).catch(() => {})
    })
    const onMoved = () => suspicion.raise(performance.now())
    const primary = new Primary(url, { clock, onMoved, onNewTimeline })
    const ofSession = {
      ...reading,
      pipeline: true,
      // Asked for each connection.
      get connectionString() {
        return primary.url
      },
    }
    this.#session = new PostgresSession(ofSession, (payload) =>
      this.#announcements.receive(payload),
    )
    const suspicion = new Suspicion(() => {
      this.#session.check()
      void primary.locate()
    })
    this.#readers = new PostgresPool(reading, readersMax, suspicion, primary)
    this.#writers = new PostgresPool(writing, writersMax + backgroundMax, suspicion, primary)
    this.#commits = new GroupCommit(this.#writers, writersMax, types, onPoint)
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

  get aside(): Reader {
    return this
  }

  async read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    try {
      return await this.#readers.inTransaction(beginSnapshot, (client) =>
        work(this.#readerOn(client)),
      )
    } catch (error) {
      throw explained(error)
    }
  }

  async snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return await this.#writers.inTransaction(
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
    return this.#commits.write(account, work)
  }

  makeRoomForEvents(now: number, retentionMs: number): Promise<void> {
    return makeRoomForEvents(this.#writers, now, retentionMs)
  }

  rotateEvents(now: number, retentionMs: number): Promise<void> {
    return rotateEvents(this.#writers, now, retentionMs)
  }

  claim(name: string): Promise<boolean> {
    return this.#session.claim(name)
  }

  announce(account: number): void {
    this.#announcements.announce(account)
  }

  announceJob(name: string): void {
    this.#announcements.announceJob(name)
  }

  onAnnounced(listener: (account: number | undefined) => void): () => void {
    this.#session.listen()
    return this.#announcements.onAnnounced(listener)
  }

  onJobAnnounced(name: string, listener: () => void): () => void {
    this.#session.listen()
    return this.#announcements.onJobAnnounced(name, listener)
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

  checkIntegrity(): Promise<Fault[]> {
    return findProblems(async (text) => (await this.#read(text, [], false)).rows)
  }

  load(): EngineLoad {
    const pools = [
      { name: 'readers', ...this.#readers.load() },
      { name: 'writers', ...this.#writers.load() },
    ] as const
    return { pools, replicaLagsMs: [], logBytes: null, checkpoints: null }
  }

  async size(): Promise<number> {
    const [row] = await this.query('select pg_database_size(current_database()) bytes', {})
    return Number(row?.['bytes'])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#commits.idle()
    await this.#announcements.flush()
    await this.#session[Symbol.asyncDispose]()
    await Promise.all([this.#readers, this.#writers].map((pool) => pool[Symbol.asyncDispose]()))
  }
}

/** Opens the database that the URL names, and says what to do when that is not possible. */
export async function openPostgres(
  url: string,
  purpose: 'reading' | 'writing',
  options: DatabaseOptions,
): Promise<PostgresDatabase> {
  const { mustExist = false } = options
  const { version, types } = await migratePostgres(url, undefined, { mustExist })
  return new PostgresDatabase(url, purpose, version, types, options)
}

/** The database without what is secret in its URL. */
export function describeTarget(url: string): string {
  const { database, user } = targetOf(url)
  const hosts = urlsOfHosts(url).map(targetOf)
  return `${user}@${hosts.map(({ host, port }) => `${host}:${port}`).join()}/${database}`
}
