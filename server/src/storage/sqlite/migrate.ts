import { readdirSync, readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'
import { markerTable, unfinishedSentence } from '../copy/copy-end.ts'

const folder = new URL('../migrations/sqlite/', import.meta.url)

/**
 * Brings the tables up to date, each step in its own transaction. Refuses a newer store, and one
 * that a copy has not finished.
 */
export function migrate(database: DatabaseSync, { mayBeUnfinished = false } = {}): void {
  // NOTE: an index of millions of visits is sorted outside of memory.
  database.exec('pragma busy_timeout = 30000; pragma temp_store = file')
  database.exec(
    'create table if not exists schema_migrations (name text primary key, applied_at integer)',
  )
  const known = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  for (const name of known) {
    database.exec('begin immediate')
    try {
      if (!applied(database).has(name)) {
        database.exec(readFileSync(new URL(name, folder), 'utf8'))
        database.prepare('insert into schema_migrations values (?, ?)').run(name, Date.now())
      }
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }
  const unknown = [...applied(database)].filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new DomainError(
      'unavailable',
      `This store was written by a newer Doorstep (${unknown.join(', ')}). Run that version.`,
    )
  }
  if (!mayBeUnfinished && isUnfinished(database)) {
    throw new DomainError('unavailable', unfinishedSentence)
  }
  database.exec('pragma busy_timeout = 0; pragma temp_store = memory')
}

/** Throws `unavailable` unless the tables are just those of this version. */
export function requireMigrated(database: DatabaseSync): void {
  const known = new Set(readdirSync(folder).filter((name) => name.endsWith('.sql')))
  if (known.symmetricDifference(applied(database)).size === 0) return
  throw new DomainError('unavailable', 'The store is not of this version.')
}

const isUnfinished = (database: DatabaseSync): boolean =>
  database.prepare('select 1 from sqlite_schema where name = ?').get(markerTable) !== undefined

function applied(database: DatabaseSync): Set<string> {
  const rows = database.prepare('select name from schema_migrations').all()
  return new Set(rows.map((row) => String(row['name'])))
}
