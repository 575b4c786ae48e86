import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'
import { fileProblem } from '../../domain/file-problems.ts'
import { explained, explainOpening } from './errors.ts'
import { requireStoreFile } from './folder.ts'

/** The rows of the tables that a person would count. */
export type RowCounts = Readonly<Record<(typeof counted)[number], number>>

const counted = ['accounts', 'users', 'leads', 'contacts', 'visits', 'visit_events'] as const
const ends = ['', '-wal', '-shm', '-journal'] as const

/**
 * Writes what is committed now to a new file beside `path`, which only its owner may read, while
 * servers go on. Returns its name; `keepBackup` gives it the name `path`.
 */
export function writeBackup(file: string, path: string): string {
  requireStoreFile(file)
  requireAbsent(path)
  // NOTE: a name of its own, so that what a killed backup left behind is in nobody's way.
  const part = `${path}.${process.pid}-${Date.now()}.part`
  try {
    closeSync(openSync(part, 'wx', 0o600))
  } catch (error) {
    throw cannotUse(part, error)
  }
  try {
    using source = new DatabaseSync(file, { timeout: 30_000 })
    source.prepare('vacuum into ?').run(part)
    return part
  } catch (error) {
    removeStoreFiles(part)
    throw explainOpening(explained(error), file)
  }
}

/** Gives a verified backup its name. Throws `conflict` when a file has the name meanwhile. */
export function keepBackup(part: string, path: string): RowCounts {
  const rows = finish(part)
  try {
    // NOTE: unlike a new name, a second one never replaces a file.
    linkSync(part, path)
    rmSync(part)
  } catch (error) {
    requireAbsent(path)
    if (!existsSync(part)) throw error
    renameSync(part, path)
  }
  syncFolder(path)
  return rows
}

/**
 * Copies a backup to a new file beside the store's. Returns its name; `keepRestored` makes it the
 * store. Throws `conflict` where there is a store, `invalid` for a file that is no backup.
 */
export function copyBackup(path: string, file: string): string {
  for (const end of ends) {
    if (!existsSync(`${file}${end}`)) continue
    throw new DomainError(
      'conflict',
      `There is a store in ${dirname(file)} already. Move doorstep.db and the files whose names ` +
        'begin with it away, or choose another DATA_DIR.',
    )
  }
  const part = `${file}.restoring`
  removeStoreFiles(part)
  try {
    copyFileSync(path, part, constants.COPYFILE_EXCL)
    chmodSync(part, 0o600)
    requireStore(part, path)
    return part
  } catch (error) {
    removeStoreFiles(part)
    throw fileProblem(error) === undefined ? error : cannotUse(path, error)
  }
}

/** Makes the verified copy the store. */
export function keepRestored(part: string, file: string): RowCounts {
  const rows = finish(part)
  renameSync(part, file)
  syncFolder(file)
  return rows
}

/** Throws unless the path names a whole backup, before anything is created. */
export function requireBackup(path: string): void {
  try {
    if (!statSync(path).isFile())
      throw new DomainError('invalid', `${path} is not a file. Name a backup.`)
  } catch (error) {
    throw error instanceof DomainError ? error : cannotUse(path, error)
  }
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return
  throw new DomainError(
    'invalid',
    `${path} is the file of a store in use: its newest changes are in ${path}-wal. Write a backup ` +
      'with `./doorstep backup`.',
  )
}

export function removeStoreFiles(file: string): void {
  for (const end of ends) rmSync(`${file}${end}`, { force: true })
}

function requireStore(part: string, path: string): void {
  try {
    using database = new DatabaseSync(part)
    const text = 'select 1 from sqlite_schema where name = ?'
    if (database.prepare(text).get('schema_migrations')) return
  } catch (error) {
    throw explainOpening(error, path)
  }
  throw new DomainError(
    'invalid',
    `${path} is not a backup of a Doorstep store. Name another file.`,
  )
}

/** One file with everything in it, on disk. */
function finish(part: string): RowCounts {
  const rows = { accounts: 0, users: 0, leads: 0, contacts: 0, visits: 0, visit_events: 0 }
  {
    using database = new DatabaseSync(part)
    database.exec('pragma journal_mode = delete')
    for (const table of counted) {
      const row = database.prepare(`select count(*) count from ${table}`).get()
      rows[table] = Number(row?.['count'])
    }
  }
  const opened = openSync(part, 'r+')
  fsyncSync(opened)
  closeSync(opened)
  return rows
}

/** NOTE: some systems cannot sync a folder; the name is then as safe as they make it. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(dirname(path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch {
    // The file itself is on disk.
  }
}

function requireAbsent(path: string): void {
  if (!existsSync(path)) return
  throw new DomainError(
    'conflict',
    `${path} exists already. A backup overwrites nothing: choose another path.`,
  )
}

const cannotUse = (path: string, error: unknown): unknown => {
  const reason = fileProblem(error)
  if (reason === undefined) return error
  return new DomainError('unavailable', `${path} cannot be used: ${reason}.`)
}
