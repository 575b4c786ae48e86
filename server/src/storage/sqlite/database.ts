import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

import type { Kysely } from 'kysely'

import type { OnPoint } from '../../domain/crash-points.ts'
import type { EngineLoad } from '../../domain/store-load.ts'
import type { Fault, WriteOptions } from '../../domain/store.ts'
import {
  type Database,
  type Reader,
  restoreBackup,
  type SqlTransaction,
  type Values,
} from '../database.ts'
import { JobListeners } from '../job-listeners.ts'
import type { Schema } from '../schema.ts'
import { Checkpointer } from './checkpointer.ts'
import { Connection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { explainOpening, isDiskError } from './errors.ts'
import { GroupCommit } from './group-commit.ts'
import { migrate, requireMigrated } from './migrate.ts'

/**
 * Page caches by what the process mostly does: a server reads, a command writes, a server's check-in
 * thread logs. Each commit walks the whole cache: for small commits 32 MiB cost more than they save.
 * A server's reader finds pages of the file in the map; its cache holds those of the log.
 */
const cacheKiB = {
  reading: { reader: 16 * 1024, writer: 16 * 1024 },
  writing: { reader: 4 * 1024, writer: 40 * 1024 },
  logging: { reader: 1024, writer: 8 * 1024 },
} as const
export type Purpose = keyof typeof cacheKiB
/** Of connections that read very much. */
const snapshotKiB = 4 * 1024
/** SQLite maps 2 GiB of a file at most, and reads what lies behind as it does without a map. */
const mappedBytesMax = 2 ** 31

const pageBytes = 4096
/**
 * Pages of the write-ahead log after which a commit copies them back: 64 MiB, so that pages that
 * change often are copied rarely. Servers have a checkpointer, which does it long before 256 MiB.
 */
const checkpointPages = { reading: 65_536, writing: 16_384, logging: 65_536 } as const
const logBytesMax = 65_536 * pageBytes

/**
 * One file: a connection that reads and one that writes. When the disk fails, nothing can be trusted
 * any more: `onDiskError` has to end the process.
 */
class SqliteDatabase implements Database {
  readonly engine = { name: 'SQLite', version: process.versions['sqlite'] ?? '' } as const
  readonly dialect = sqliteDialect
  readonly db: Kysely<Schema>
  readonly #file: string
  readonly #isServer: boolean
  readonly #onDiskError: (error: Error) => void
  readonly #readConnection: Connection
  readonly #writeConnection: Connection
  #asideConnection: Connection | undefined
  readonly #commits: GroupCommit
  readonly #checkpointer: Checkpointer | undefined
  readonly #listeners = new Set<(account: number | undefined) => void>()
  readonly #jobListeners = new JobListeners()

  constructor(
    file: string,
    purpose: Purpose,
    onDiskError: (error: Error) => void,
    onPoint: OnPoint,
  ) {
    this.#file = file
    this.#isServer = purpose === 'reading'
    this.#onDiskError = onDiskError
    this.#writeConnection = new Connection(file, cacheKiB[purpose].writer)
    const { database } = this.#writeConnection
    database.exec(
      `pragma synchronous = full; pragma wal_autocheckpoint = ${checkpointPages[purpose]};
       pragma journal_size_limit = ${logBytesMax}`,
    )
    if (purpose === 'logging') requireMigrated(database)
    else migrate(database)
    if (purpose !== 'writing') this.#checkpointer = new Checkpointer(file, onDiskError)
    this.#readConnection = this.#newReadConnection(cacheKiB[purpose].reader)
    this.db = this.#readConnection.kysely
    const onCommitted = () => {
      if (this.#checkpointer?.takesTurn()) database.exec('pragma wal_checkpoint(passive)')
    }
    this.#commits = new GroupCommit(this.#writeConnection, { onDiskError, onPoint, onCommitted })
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    return this.#read(() => {
      const statement = this.#readConnection.prepare(text)
      statement.setAllowUnknownNamedParameters(true)
      return statement.all(values)
    })
  }

  #read<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      if (isDiskError(error)) this.#onDiskError(error)
      throw error
    }
  }

  /**
   * A number that changes when a connection other than the writing one commits: one of another
   * process, or of the check-in thread. Takes about a microsecond.
   */
  versionElsewhere(): number {
    const statement = this.#writeConnection.prepare('pragma data_version')
    return Number(this.#read(() => statement.get())?.['data_version'])
  }

  /** There is one writer for all accounts. */
  write<Result>(
    _account: number | undefined,
    work: (tx: SqlTransaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result> {
    return this.#commits.write(work, writeOptions)
  }

  writeLossy<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> {
    return this.write(undefined, ({ db }) => work(db))
  }

  /** NOTE: all readers share the connection, so that a transaction here would hold up the others' view. */
  read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return work(this)
  }

  get aside(): Reader {
    this.#asideConnection ??= this.#newReadConnection(snapshotKiB)
    return this.#asideConnection.statements()
  }

  /** On a connection of its own, whose transaction sees no later commit and holds up nobody. */
  async snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    const connection = this.#newReadConnection(snapshotKiB)
    try {
      connection.database.exec('begin')
      return await work(connection.statements())
    } finally {
      connection.database.close()
    }
  }

  #newReadConnection(pagesKiB: number): Connection {
    const connection = new Connection(this.#file, pagesKiB)
    const mappedBytes = this.#isServer ? mappedBytesMax : 0
    connection.database.exec(`pragma query_only = on; pragma mmap_size = ${mappedBytes}`)
    return connection
  }

  async ping(): Promise<void> {
    await this.query('select 1 from accounts limit 1', {})
  }

  /** The server's lock on the data folder is the claim to everything. */
  async claim(): Promise<boolean> {
    return true
  }

  announce(account: number): void {
    for (const listener of this.#listeners) listener(account)
  }

  onAnnounced(listener: (account: number | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  announceJob(name: string): void {
    this.#jobListeners.call(name)
  }

  onJobAnnounced(name: string, listener: () => void): () => void {
    return this.#jobListeners.add(name, listener)
  }

  async makeRoomForEvents(): Promise<void> {}

  async rotateEvents(): Promise<void> {}

  async checkIntegrity(): Promise<Fault[]> {
    const check = 'pragma integrity_check(20)'
    try {
      // NOTE: a connection that has searched checks what it remembers of the index of words, which
      // other connections have changed since. A new one remembers nothing.
      using database = new DatabaseSync(this.#file, { readOnly: true })
      const rows = database.prepare(check).all()
      const lines = rows.map((row) => String(row['integrity_check']))
      const problems = lines.filter((line) => line !== 'ok')
      return problems.map((problem) => ({ problem, remedy: restoreBackup }))
    } catch (error) {
      if (!isDiskError(error)) throw error
      return [{ problem: error.message, remedy: restoreBackup }]
    }
  }

  load(): EngineLoad {
    const log = statSync(`${this.#file}-wal`, { throwIfNoEntry: false })
    const checkpoints = this.#checkpointer?.copied ?? 0
    return { pools: [], replicaLagsMs: [], logBytes: log?.size ?? 0, checkpoints }
  }

  async size(): Promise<number> {
    return statSync(this.#file).size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#commits.idle()
    await this.#checkpointer?.[Symbol.asyncDispose]()
    this.#readConnection.database.close()
    this.#asideConnection?.database.close()
    this.#writeConnection.database.close()
  }
}

/** Opens the file. Throws `unavailable` with what to do when that is not possible. */
export function openSqlite(
  file: string,
  purpose: Purpose,
  onDiskError: (error: Error) => void,
  onPoint?: OnPoint,
): SqliteDatabase {
  try {
    return new SqliteDatabase(file, purpose, onDiskError, onPoint)
  } catch (error) {
    throw explainOpening(error, file)
  }
}
