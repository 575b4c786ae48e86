import { statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

import { Kysely, SqliteDialect } from 'kysely'

import type { OnPoint } from '../../domain/crash-points.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Finding, WriteOptions } from '../../domain/store.ts'
import {
  type Database,
  type Dialect,
  type Reader,
  restoreBackup,
  type Statements,
  type SqlTransaction,
  type Value,
  type Values,
} from '../database.ts'
import type { Schema } from '../schema.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { WorkListeners } from '../work-listeners.ts'
import { Checkpointer } from './checkpointer.ts'
import { migrate, requireMigrated } from './migrate.ts'

/** Prepared statements of a connection that are kept at least, by how recently they were used. */
const statementsMin = 250
/**
 * Where the memory goes: a server mostly reads, a command mostly writes, a server's second thread
 * logs. Each commit walks the whole cache: for small ones 32 MiB cost more than they save.
 */
const cacheKiB = {
  reading: { reader: 64 * 1024, writer: 16 * 1024 },
  writing: { reader: 4 * 1024, writer: 40 * 1024 },
  logging: { reader: 1024, writer: 8 * 1024 },
} as const
export type Purpose = keyof typeof cacheKiB

/**
 * WAL pages after which a commit copies them back: 64 MiB, so that hot pages are copied seldom. In a
 * server the checkpointer does it before: there it is four times as many.
 */
const checkpointPages = 16_384
const lockWaitMs = 30_000
/** Transactions that share a commit. */
const groupMax = 128
/** Turns of the event loop for which a commit waits, as long as each brings more to share it. */
const gatherTurnsMax = 8

const dialect: Dialect = {
  joined: (column) => `group_concat(${column}, ',')`,
  joinedBytes: (column) => `cast(group_concat(${column}, ',') as blob)`,
  inJsonList: (column, json) => `${column} in (select value from json_each(${json}))`,
  memberIs: (column, name, value) =>
    `exists (select 1 from json_each(${column}) where key = ${name} and case type
     when 'true' then 'true' when 'false' then 'false' else cast(value as text) end = ${value})`,
  usingPrimaryKey: (table) => `indexed by sqlite_autoindex_${table}_1`,
  usingIndex: (index) => `indexed by ${index}`,
  pairs: (one, other) => `json_group_array(json_array(${one}, ${other}))`,
  unionOfRanges: (ranges) => ranges.join(' union '),
  joinInOrder: (keys, table) => `${keys} cross join ${table}`,
  isPartitioned: '0',
}

/**
 * One file: a connection that reads and one that writes. After an error of the disk nothing more
 * can be trusted: `onDiskError` has to end the process.
 */
class SqliteDatabase implements Database {
  readonly engine = { name: 'SQLite', version: process.versions['sqlite'] ?? '' } as const
  readonly dialect = dialect
  readonly db: Kysely<Schema>
  readonly #readConnection: Connection
  readonly #writeConnection: Connection
  readonly #statements: Statements
  readonly #onDiskError: (error: Error) => void
  readonly #onPoint: OnPoint
  readonly #queue: Job[] = []
  readonly #checkpointer: Checkpointer | undefined
  #writing: Promise<void> | undefined
  readonly #file: string
  readonly #listeners = new Set<(account: number | undefined) => void>()
  readonly #workListeners = new WorkListeners()

  constructor(
    file: string,
    purpose: Purpose,
    onDiskError: (error: Error) => void,
    onPoint: OnPoint,
  ) {
    this.#file = file
    this.#onDiskError = onDiskError
    this.#onPoint = onPoint
    this.#writeConnection = new Connection(file, cacheKiB[purpose].writer)
    this.#writeConnection.database.exec(
      `pragma synchronous = full; pragma wal_autocheckpoint = ${checkpointPages * (purpose === 'writing' ? 1 : 4)};
       pragma journal_size_limit = ${4 * checkpointPages * 4096}`,
    )
    const { database } = this.#writeConnection
    if (purpose === 'logging') requireMigrated(database)
    else migrate(database)
    if (purpose !== 'writing') this.#checkpointer = new Checkpointer(file, onDiskError)
    this.#readConnection = new Connection(file, cacheKiB[purpose].reader)
    this.#readConnection.database.exec('pragma query_only = on')
    this.db = this.#readConnection.kysely
    const connection = this.#writeConnection
    this.#statements = {
      db: connection.kysely,
      dialect,
      query: async (text, values) => connection.prepare(text).all(values),
      async saveRows(table, key, rows) {
        const [first] = rows
        if (!first) return
        const statement = connection.prepare(saveStatement(table, key, Object.keys(first)))
        for (const row of rows) statement.run(...Object.values<Value>(row))
      },
    }
  }

  async query(text: string, values: Values): Promise<Record<string, unknown>[]> {
    const statement = this.#readConnection.prepare(text)
    statement.setAllowUnknownNamedParameters(true)
    return statement.all(values)
  }

  /** There is one writer for all accounts. */
  write<Result>(
    _account: number | undefined,
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

  /**
   * Group commit: what is asked for at once shares one sync to disk, and the pages of the indexes
   * that it touches. While each turn of the event loop brings more, it comes along.
   */
  async #writeQueued(): Promise<void> {
    let known = 0
    for (let turn = 0; turn < gatherTurnsMax && this.#queue.length > known; turn++) {
      known = this.#queue.length
      await new Promise((resolve) => setImmediate(resolve))
    }
    while (this.#queue.length > 0) await this.#commitTogether(this.#queue.splice(0, groupMax))
    this.#writing = undefined
  }

  async #commitTogether(jobs: readonly Job[]): Promise<void> {
    const { database } = this.#writeConnection
    let answers: readonly (() => void)[]
    try {
      await beginImmediate(database)
      answers = jobs.every(({ isRepeatable }) => isRepeatable)
        ? await this.#runTogether(jobs)
        : await this.#runApart(jobs)
      this.#onPoint?.('before-commit')
      database.exec('commit')
      this.#onPoint?.('after-commit')
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      const explained = this.#explained(error)
      for (const job of jobs) job.reject(explained)
      return
    }
    for (const answer of answers) answer()
    if (this.#checkpointer?.takesTurn()) database.exec('pragma wal_checkpoint(passive)')
  }

  /** Without savepoints, for which SQLite copies every page that a job changes; again, with them, when one fails. */
  async #runTogether(jobs: readonly Job[]): Promise<(() => void)[]> {
    const { database } = this.#writeConnection
    const answers: (() => void)[] = []
    const unit = new UnitOfWork(this.#statements)
    try {
      for (const job of jobs) answers.push(await job.run(unit.tx))
      await unit.end()
      return answers
    } catch (error) {
      if (!database.isTransaction || isDiskError(error)) throw error
      database.exec('rollback')
    }
    await beginImmediate(database)
    return this.#runApart(jobs)
  }

  /** Each job in a savepoint of its own, so that one that fails leaves its neighbours alone. */
  async #runApart(jobs: readonly Job[]): Promise<(() => void)[]> {
    const { database } = this.#writeConnection
    const answers: (() => void)[] = []
    for (const job of jobs) {
      this.#writeConnection.prepare('savepoint job').run()
      const unit = new UnitOfWork(this.#statements)
      try {
        const answer = await job.run(unit.tx)
        await unit.end()
        answers.push(answer)
      } catch (error) {
        if (!database.isTransaction) throw error
        database.exec('rollback to job')
        answers.push(() => job.reject(this.#explained(error)))
      }
      this.#writeConnection.prepare('release job').run()
    }
    return answers
  }

  /** The errors of a full or failing disk; all others as they are. */
  #explained(error: unknown): unknown {
    const code = primaryCode(error)
    if (code === sqliteFull) {
      return new DomainError('unavailable', 'The disk is full. Make room, then try again.')
    }
    if (error instanceof Error && isDiskError(error)) this.#onDiskError(error)
    return error
  }

  writeLossy<Result>(work: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> {
    return this.write(undefined, ({ db }) => work(db))
  }

  /** NOTE: all readers share the connection, so that a transaction here would hold up the others' view. */
  read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return work(this)
  }

  snapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return work(this)
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

  announceWork(name: string): void {
    this.#workListeners.call(name)
  }

  onWorkAnnounced(name: string, listener: () => void): () => void {
    return this.#workListeners.add(name, listener)
  }

  async makeRoomForEvents(): Promise<void> {}

  async rotateEvents(): Promise<void> {}

  async checkIntegrity(): Promise<Finding[]> {
    const rows = this.#readConnection.database.prepare('pragma integrity_check(20)').all()
    const lines = rows.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok')
    return lines.map((problem) => ({ problem, remedy: restoreBackup }))
  }

  async size(): Promise<number> {
    return statSync(this.#file).size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing
    await this.#checkpointer?.[Symbol.asyncDispose]()
    this.#readConnection.database.close()
    this.#writeConnection.database.close()
  }
}

interface SaveStatement {
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly text: string
}

const saveStatements = new Map<string, SaveStatement[]>()

/** Made once for each table and its columns: check-ins save rows thousands of times per second. */
function saveStatement(table: string, key: readonly string[], columns: readonly string[]): string {
  const ofTable = saveStatements.get(table) ?? []
  saveStatements.set(table, ofTable)
  const known = ofTable.find((each) => isSame(each.key, key) && isSame(each.columns, columns))
  if (known) return known.text
  const replaced = columns.filter((column) => !key.includes(column))
  const sets = replaced.map((column) => `"${column}" = excluded."${column}"`)
  const text = `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
    values (${columns.map(() => '?').join(', ')}) ${conflict(key, sets)}`
  ofTable.push({ key, columns, text })
  return text
}

const isSame = (names: readonly string[], others: readonly string[]): boolean =>
  names.length === others.length && names.every((name, at) => name === others[at])

function conflict(key: readonly string[], sets: readonly string[]): string {
  if (key.length === 0) return ''
  return `on conflict (${key.map((column) => `"${column}"`).join(', ')})
    do ${sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`}`
}

/** Work that waits for its turn; `run` gives what is to be done once it is on disk. */
interface Job {
  readonly isRepeatable: boolean
  readonly run: (tx: SqlTransaction) => Promise<() => void>
  readonly reject: (reason: unknown) => void
}

/** A connection with its prepared statements, of which those are let go that are not used for long. */
class Connection {
  readonly database: DatabaseSync
  readonly kysely: Kysely<Schema>
  /** Those used of late, and those used before them: so that finding one changes nothing. */
  #statements = new Map<string, StatementSync>()
  #earlier = new Map<string, StatementSync>()
  readonly #forKysely = new WeakMap<StatementSync, ReturnType<typeof kyselyStatement>>()

  constructor(file: string, pagesKiB: number) {
    // NOTE: a wait for another process's lock would stop the event loop, hence `beginImmediate`.
    this.database = new DatabaseSync(file, { timeout: 0 })
    this.database.exec(
      `pragma busy_timeout = 5000; pragma journal_mode = wal; pragma busy_timeout = 0;
       pragma foreign_keys = on; pragma cache_size = -${pagesKiB}; pragma temp_store = memory`,
    )
    this.kysely = new Kysely<Schema>({
      dialect: new SqliteDialect({
        database: { prepare: (sql) => this.#prepareForKysely(sql), close: () => {} },
      }),
    })
  }

  #prepareForKysely(sql: string) {
    const statement = this.prepare(sql)
    const known = this.#forKysely.get(statement) ?? kyselyStatement(statement)
    this.#forKysely.set(statement, known)
    return known
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= statementsMin) {
      this.#earlier = this.#statements
      this.#statements = new Map()
    }
    const statement = this.#earlier.get(sql) ?? this.database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** The shape of better-sqlite3's statements, which is what Kysely knows. */
function kyselyStatement(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): Value[] => parameters.map(bindable)
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
  }
}

function bindable(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new Error(`a ${typeof value} cannot be stored`)
}

/** Opens the file, and says what to do when that is not possible. */
export function openSqlite(
  file: string,
  purpose: Purpose,
  onDiskError: (error: Error) => void,
  onPoint?: OnPoint,
): SqliteDatabase {
  try {
    return new SqliteDatabase(file, purpose, onDiskError, onPoint)
  } catch (error) {
    if (!(error instanceof Error) || primaryCode(error) === undefined) throw error
    throw new DomainError(
      'unavailable',
      `The store ${file} cannot be opened: ${error.message}. ` +
        'Check that it is a store of Doorstep, the rights on its folder, and the room on the disk.',
    )
  }
}

const sqliteBusy = 5
const sqliteIoError = 10
const sqliteCorrupt = 11
const sqliteFull = 13

const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined

/** After it nothing more can be trusted. */
const isDiskError = (error: unknown): boolean =>
  [sqliteIoError, sqliteCorrupt].some((code) => code === primaryCode(error))

/** Takes the write lock, waiting for another process without stopping the event loop. */
async function beginImmediate(database: DatabaseSync): Promise<void> {
  for (const deadline = Date.now() + lockWaitMs; ;) {
    try {
      database.exec('begin immediate')
      return
    } catch (error) {
      if (primaryCode(error) !== sqliteBusy) throw error
      if (Date.now() > deadline) {
        throw new DomainError(
          'unavailable',
          'Another process has been writing to the store for too long. Try again later.',
        )
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 2))
  }
}
