import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'

import { expect } from 'vitest'

import type { CopyEnd } from '../../src/storage/copy/copy-end.ts'
import { openPostgresEnd } from '../../src/storage/postgres/copy-end.ts'
import { openSqliteEnd } from '../../src/storage/sqlite/copy-end.ts'
import { doorstep, type Ran, spawnDoorstep } from './doorstep.ts'
import { engine, environmentOf, newDatabase } from './engine.ts'
import { select } from './postgres-server.ts'
import { temporaryFolder } from './temporary.ts'

/** What the run keeps for this folder, as `doorstep copy` names it. */
export function placeOf(dataDir: string): string {
  return environmentOf(dataDir)['DATABASE_URL'] || `sqlite:${join(dataDir, 'doorstep.db')}`
}

/** A place for a copy: on the other engine, where the run has two. */
export const newFile = (): string => `sqlite:${join(temporaryFolder(), 'doorstep.db')}`

/** A place for a copy on the run's engine. */
export const newPlace = async (): Promise<string> =>
  engine === 'sqlite' ? newFile() : newDatabase()

export const isFile = (place: string): boolean => place.startsWith('sqlite:')
export const pathOf = (place: string): string => place.replace('sqlite:', '')

/** The settings with which a server keeps everything at this place. */
export const settingsOf = (place: string): Record<string, string> =>
  isFile(place)
    ? { DATABASE_URL: '', DATA_DIR: join(pathOf(place), '..') }
    : { DATABASE_URL: place, DATA_DIR: temporaryFolder() }

export const openEnd = (place: string, role: 'source' | 'target'): CopyEnd | Promise<CopyEnd> =>
  isFile(place) ? openSqliteEnd(pathOf(place), role) : openPostgresEnd(place, role, 72 * 3_600_000)

export const copy = (from: string, to: string, ...flags: string[]): Promise<Ran> =>
  doorstep(['copy', '--from', from, '--to', to, ...flags], temporaryFolder())

/** A copy that dies by itself when it passes this point of a commit for the n-th time. */
export async function killedCopy(from: string, to: string, crashAt: string): Promise<void> {
  const args = ['copy', '--from', from, '--to', to]
  const child = spawnDoorstep(args, temporaryFolder(), { CRASH_AT: crashAt })
  const ended = once(child, 'close')
  const errors = child.stderr ? await text(child.stderr) : ''
  await ended
  expect(child.signalCode, errors).toBe('SIGKILL')
}

export interface Outcome {
  readonly equal: boolean
  readonly added: number
  readonly tables: readonly {
    readonly name: string
    readonly source: { readonly rows: number; readonly sha256: string }
    readonly target: { readonly rows: number; readonly sha256: string }
    readonly equal: boolean
  }[]
}

export async function copied(from: string, to: string): Promise<Outcome> {
  const { status, stdout, stderr } = await copy(from, to, '--json')
  // A slow copy reports its progress every few seconds.
  const errors = stderr.replaceAll(/^\w+ \w+: \d+ of \d+ rows\n/gm, '')
  expect({ status, errors }).toEqual({ status: 0, errors: '' })
  return JSON.parse(stdout)
}

/** Runs a statement that the tables of both engines take. */
export async function change(place: string, statement: string): Promise<void> {
  if (!isFile(place)) return void (await select(place, statement))
  const database = new DatabaseSync(pathOf(place))
  database.exec(statement)
  database.close()
}

/** Adds rows to every table that has none, with texts and numbers that are easily spoilt. */
export async function fillEmptyTables(place: string): Promise<void> {
  const types = await columnTypes()
  await using end = await openEnd(place, 'target')
  for (const table of end.tables) {
    if ((await end.count(table)) > 0) continue
    const rows = [1, 2, 3].map((n) =>
      table.columns.map((column) => valueOf(column, types.get(`${table.name}.${column}`), n)),
    )
    await end.add(table, rows)
  }
}

function valueOf(column: string, type: string | undefined, n: number): string | number | null {
  if (column === 'account_id') return 1
  if (type === 'REAL') return [0.1 + 0.2, -33.8567844, 5e-324][n - 1] ?? 0
  if (type === 'INTEGER') return [1, 2 ** 53 - 1, -7][n - 1] ?? 0
  if (/^(color|note|detail|decided|username|last_error)$/.test(column)) return null
  return `${n} ${column} “ünï” \\ \\N "q" {1,NULL} \t\r\n 🙂`
}

/** Of the embedded engine; the other has the same columns. */
async function columnTypes(): Promise<Map<string, string>> {
  const file = join(temporaryFolder(), 'doorstep.db')
  await openSqliteEnd(file, 'target')[Symbol.asyncDispose]()
  const database = new DatabaseSync(file)
  const rows = database
    .prepare(
      `select t.name || '.' || c.name name, c.type from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table'`,
    )
    .all()
  database.close()
  return new Map(rows.map((row) => [String(row['name']), String(row['type'])]))
}
