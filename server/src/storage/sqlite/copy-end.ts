import { dirname, resolve } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

import type { OnPoint } from '../../domain/crash-points.ts'
import {
  type CopiedRow,
  type CopiedTable,
  type CopyEnd,
  copyStatements,
  isCopied,
  markerTable,
} from '../copy/copy-end.ts'
import type { Value } from '../database.ts'
import { explainOpening } from './errors.ts'
import { requireStoreFile } from './folder.ts'
import { claimDataFolder } from './lock.ts'
import { migrate } from './migrate.ts'

/** A source is read once along one index; a target writes to many indexes at once. */
const cacheKiB = { source: 8 * 1024, target: 32 * 1024 } as const
const checkpointPages = 16_384

type Role = 'source' | 'target'

/**
 * Opens a file as an end of a copy and claims its folder, so that no server runs on it. A source must
 * exist, a target is created.
 */
export function openSqliteEnd(path: string, role: Role, onPoint?: OnPoint): CopyEnd {
  const file = resolve(path)
  if (role === 'source') requireStoreFile(file)
  const claim = claimDataFolder(dirname(file))
  try {
    bringUpToDate(file)
    return new SqliteEnd(file, role, claim, onPoint)
  } catch (error) {
    claim[Symbol.dispose]()
    throw explainOpening(error, file)
  }
}

function bringUpToDate(file: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = wal')
    migrate(database, { mayBeUnfinished: true })
  } finally {
    database.close()
  }
}

class SqliteEnd implements CopyEnd {
  readonly name: string
  readonly tables: readonly CopiedTable[]
  readonly #database: DatabaseSync
  readonly #claim: Disposable
  readonly #onPoint: OnPoint
  readonly #prepared = new Map<string, StatementSync>()

  constructor(file: string, role: Role, claim: Disposable, onPoint: OnPoint) {
    this.name = file
    this.#claim = claim
    this.#onPoint = onPoint
    this.#database = new DatabaseSync(file, { timeout: 30_000, returnArrays: true })
    // NOTE: with `normal` a power failure can lose the last commits, which are copied again then; a
    // kill loses none. The last commit is synced.
    this.#database.exec(
      `pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;
       pragma cache_size = -${cacheKiB[role]}; pragma wal_autocheckpoint = ${checkpointPages};
       pragma temp_store = memory`,
    )
    this.tables = this.#rows('select name from sqlite_schema where type = ? order by name', 'table')
      .map(([name]) => String(name))
      .filter((name) => !name.startsWith('sqlite_') && isCopied(name))
      .map((name) => this.#describe(name))
  }

  #describe(name: string): CopiedTable {
    const columns = this.#rows('select name, pk from pragma_table_info(?)', name)
    const primary = columns
      .filter(([, place]) => Number(place) > 0)
      .toSorted(([, one], [, other]) => Number(one) - Number(other))
    const foreign = this.#rows('select "table" from pragma_foreign_key_list(?)', name)
    return {
      name,
      columns: columns.map(([column]) => String(column)).toSorted(),
      key: primary.length > 0 ? primary.map(([column]) => String(column)) : this.#uniqueKey(name),
      references: foreign.map(([table]) => String(table)),
    }
  }

  /** Of a table that has no primary key. */
  #uniqueKey(table: string): string[] {
    const [index] = this.#rows(
      `select name from pragma_index_list(?) where "unique" = 1 and partial = 0 order by name`,
      table,
    )
    return this.#rows(
      'select name from pragma_index_info(?) order by seqno',
      String(index?.[0] ?? ''),
    ).map(([column]) => String(column))
  }

  #rows(text: string, ...values: Value[]): CopiedRow[] {
    const statement = this.#prepared.get(text) ?? this.#database.prepare(text)
    this.#prepared.set(text, statement)
    // The connection returns rows as arrays, which its types do not express.
    const rows: unknown[] = statement.all(...values)
    return rows.map((row) => (Array.isArray(row) ? row : Object.values<Value>(Object(row))))
  }

  async beginSnapshot(): Promise<void> {
    this.#database.exec('begin')
    // The first read takes the snapshot.
    this.#rows('select count(*) from accounts')
  }

  async endSnapshot(): Promise<void> {
    this.#database.exec('rollback')
  }

  async page(table: CopiedTable, after: CopiedRow | undefined, limit: number) {
    const statements = copyStatements(table, (at) => `?${at}`)
    return after
      ? this.#rows(statements.after, ...after, limit)
      : this.#rows(statements.first, limit)
  }

  async lastKey(table: CopiedTable): Promise<CopiedRow | undefined> {
    return this.#rows(copyStatements(table, (at) => `?${at}`).last)[0]
  }

  async count(table: CopiedTable): Promise<number> {
    return Number(this.#rows(copyStatements(table, (at) => `?${at}`).count)[0]?.[0])
  }

  async highest(table: CopiedTable, column: string): Promise<Value> {
    return this.#rows(copyStatements(table, (at) => `?${at}`).highest(column))[0]?.[0] ?? null
  }

  async add(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const values = table.columns.map(() => '?').join(', ')
    const text = `${copyStatements(table, () => '?').insert} values (${values})`
    const statement = this.#prepared.get(text) ?? this.#database.prepare(text)
    this.#prepared.set(text, statement)
    this.#database.exec('begin immediate')
    try {
      for (const row of rows) statement.run(...row)
      this.#onPoint?.('before-commit')
      this.#database.exec('commit')
      this.#onPoint?.('after-commit')
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  async makeRoomForEvents(): Promise<void> {}

  async unfinished(): Promise<string | undefined> {
    const [known] = this.#rows('select 1 from sqlite_schema where name = ?', markerTable)
    if (!known) return undefined
    return String(this.#rows(`select source from ${markerTable}`)[0]?.[0])
  }

  async markUnfinished(source: string): Promise<void> {
    this.#database.exec(
      `begin immediate; create table ${markerTable} (source text not null) strict`,
    )
    this.#database.prepare(`insert into ${markerTable} values (?)`).run(source)
    this.#database.exec('commit')
  }

  async markFinished(): Promise<void> {
    this.#database.exec(
      `pragma wal_checkpoint(truncate); pragma synchronous = full; drop table ${markerTable};
       pragma optimize = 0x10002`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#database.close()
    this.#claim[Symbol.dispose]()
  }
}
