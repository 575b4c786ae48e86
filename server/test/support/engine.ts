import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

import { inject } from 'vitest'

import type { Clock } from '../../src/domain/clock.ts'
import type { Store } from '../../src/domain/store.ts'
import type { Database } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/postgres/database.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { openSqlite } from '../../src/storage/sqlite/database.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open.ts'
import { databasePrefix, templateDatabase } from './engine.setup.ts'
import { newFolder } from './new-folder.ts'
import { select } from './postgres-server.ts'

/** What the tests of this run keep things in. */
export const engine = inject('engine')

const onDiskError = (error: Error): never => {
  throw error
}

/** Databases of tests that have ended: to empty one takes less time than to make one. */
const emptied: string[] = []

export interface NewStore {
  readonly store: Store
  /** The same store as another process sees it. */
  openAgain(sumsBytesMax?: number): Promise<Store>
  /** Runs a statement on it, past Doorstep. */
  change(text: string): Promise<void>
  /** Takes it away, once it is closed. */
  remove(): Promise<void>
}

/**
 * An empty store. `isUnused`: nothing was ever in it, so that autovacuum, which has no work there, holds no
 * lock of its tables.
 */
export async function newStore(
  clock: Clock,
  { isUnused = false }: { readonly isUnused?: boolean } = {},
): Promise<NewStore> {
  if (engine === 'postgres') {
    const url = (isUnused ? undefined : emptied.pop()) ?? (await newDatabase())
    const openAgain = (sumsBytesMax?: number) => openPostgresStore({ url, clock, sumsBytesMax })
    const store = await openAgain()
    const remove = async () => {
      await select(url, emptyingText())
      emptied.push(url)
    }
    const change = async (text: string) => void (await select(url, text))
    return { store, openAgain, change, remove }
  }
  const folder = newFolder()
  const file = join(folder, 'doorstep.db')
  copyFileSync(inject('emptyFile'), file)
  const openAgain = async (sumsBytesMax?: number) =>
    openSqliteStore({ file, purpose: 'reading', clock, onDiskError, sumsBytesMax })
  const remove = async () => rmSync(folder, { recursive: true })
  const change = async (text: string) => {
    using database = new DatabaseSync(file)
    database.exec(text)
  }
  return { store: await openAgain(), openAgain, change, remove }
}

/** An empty database, below the store. */
export async function newOpenDatabase(): Promise<{
  readonly database: Database
  readonly remove: () => Promise<void>
}> {
  if (engine === 'postgres') {
    const database = await openPostgres(await newDatabase(), 'reading', { clock: Date.now })
    return { database, remove: async () => {} }
  }
  const folder = newFolder()
  const database = openSqlite(join(folder, 'doorstep.db'), 'reading', onDiskError)
  return { database, remove: async () => rmSync(folder, { recursive: true }) }
}

/** A database with all tables and nothing in them. */
export async function newDatabase(): Promise<string> {
  const name = newName()
  await select(inject('postgresUrl'), createText(name))
  return urlOf(name)
}

const dropPartitions = `do $$ declare of_days text; begin
  for of_days in select inhrelid::regclass from pg_inherits
    where inhparent = 'visit_events'::regclass and inhrelid <> 'visit_events_default'::regclass
  loop execute 'drop table ' || of_days; end loop; end $$`

/** Statements that leave nothing but the tables; the order is that of their references. */
function emptyingText(): string {
  const last = ['account_stream', 'accounts']
  const first = inject('tables').filter((name) => !last.includes(name))
  return [dropPartitions, ...[...first, ...last].map((name) => `delete from ${name}`)].join('; ')
}

const newName = (): string => `${databasePrefix}${randomUUID().replaceAll('-', '')}`

const createText = (name: string): string => `create database ${name} template ${templateDatabase}`

function urlOf(database: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = database
  return url.href
}

const databases = new Map<string, string>()

/** What a command gets so that it keeps everything of this folder's store where the run keeps it. */
export function environmentOf(dataDir: string): Record<string, string> {
  if (engine === 'sqlite') return { DATA_DIR: dataDir, DATABASE_URL: '' }
  return { DATA_DIR: dataDir, DATABASE_URL: databaseOf(dataDir) }
}

/** The database of a folder, made when it is asked for the first time. */
function databaseOf(dataDir: string): string {
  const known = databases.get(dataDir)
  if (known !== undefined) return known
  const name = newName()
  const script = fileURLToPath(new URL('./select-once.ts', import.meta.url))
  execFileSync(process.execPath, [script, inject('postgresUrl'), createText(name)])
  databases.set(dataDir, urlOf(name))
  return urlOf(name)
}

/** Opens what a command keeps for this folder. */
export async function openStoreOf(dataDir: string): Promise<Store> {
  if (engine === 'postgres') {
    return openPostgresStore({ url: databaseOf(dataDir), clock: Date.now })
  }
  const file = join(dataDir, 'doorstep.db')
  if (!existsSync(file)) copyFileSync(inject('emptyFile'), file)
  return openSqliteStore({ file, purpose: 'reading', clock: Date.now, onDiskError })
}

/** Everything that the store of this folder keeps, as it is kept. */
export async function everythingKept(dataDir: string): Promise<string> {
  if (engine === 'sqlite') {
    const files = ['doorstep.db', 'doorstep.db-wal'].map((name) => join(dataDir, name))
    const kept = files.filter((file) => existsSync(file))
    return kept.map((file) => readFileSync(file).toString('latin1')).join()
  }
  const rowsOf = (table: string): string => `select t::text as row from ${table} t`
  const text = inject('tables').map(rowsOf).join(' union all ')
  const rows = await select(databaseOf(dataDir), text)
  return rows.map(({ row }) => String(row)).join('\n')
}

/** How many rows of all tables belong to each account, by its number in the store. */
export async function rowsPerAccount(dataDir: string): Promise<Map<number, number>> {
  const columns =
    engine === 'postgres'
      ? `select table_name as "table" from information_schema.columns
         where column_name = 'account_id' and table_schema = current_schema()
           and table_name !~ '^visit_events_'`
      : `select m.name as "table" from sqlite_schema m join pragma_table_info(m.name) c
         where m.type = 'table' and c.name = 'account_id'`
  const run = (text: string) => selectIn(dataDir, text)
  const tables = (await run(columns)).map(({ table }) => `select account_id from ${String(table)}`)
  const all = tables.join(' union all ')
  const rows = await run(`select account_id as account, count(*) as count from (${all}) every
    where account_id > 0 group by account_id order by account_id`)
  return new Map(rows.map(({ account, count }) => [Number(account), Number(count)]))
}

async function selectIn(dataDir: string, text: string): Promise<Record<string, unknown>[]> {
  if (engine === 'postgres') return select(databaseOf(dataDir), text)
  using database = new DatabaseSync(join(dataDir, 'doorstep.db'))
  return database.prepare(text).all()
}
