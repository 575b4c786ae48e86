import type { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'
import { markerTable, unfinishedSentence } from '../copy/copy-end.ts'
import { migrationsOf, missingMigrations } from '../migrations/ledger.ts'

/**
 * Brings the tables up to date in one transaction. Refuses a store that another version has created
 * or written, and an unfinished copy.
 */
export function migrate(database: DatabaseSync, { mayBeUnfinished = false } = {}): void {
  // NOTE: an index of millions of visits is sorted outside of memory.
  database.exec('pragma busy_timeout = 30000; pragma temp_store = file; begin immediate')
  try {
    database.exec(
      'create table if not exists schema_migrations (name text primary key, applied_at integer)',
    )
    for (const { name, text } of missingMigrations(migrationsOf('sqlite'), applied(database))) {
      database.exec(text)
      database.prepare('insert into schema_migrations values (?, ?)').run(name, Date.now())
    }
    database.exec('commit')
  } catch (error) {
    // NOTE: a full disk has rolled back already.
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
  if (!mayBeUnfinished && isUnfinished(database)) {
    throw new DomainError('unavailable', unfinishedSentence)
  }
  database.exec('pragma busy_timeout = 0; pragma temp_store = memory')
}

/** Throws `unavailable` unless the tables are just those of this version. */
export function requireMigrated(database: DatabaseSync): void {
  if (missingMigrations(migrationsOf('sqlite'), applied(database)).length === 0) return
  throw new DomainError(
    'unavailable',
    'The tables of this store are not up to date. Restart the server, which updates them.',
  )
}

const isUnfinished = (database: DatabaseSync): boolean =>
  database.prepare('select 1 from sqlite_schema where name = ?').get(markerTable) !== undefined

/** The migrations that a store has, by name; none where it has no tables. */
export function appliedTo(database: DatabaseSync): Set<string> {
  const table = database.prepare('select 1 from sqlite_schema where name = ?')
  return table.get('schema_migrations') ? applied(database) : new Set()
}

function applied(database: DatabaseSync): Set<string> {
  const rows = database.prepare('select name from schema_migrations').all()
  return new Set(rows.map((row) => String(row['name'])))
}
