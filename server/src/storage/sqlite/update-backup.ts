import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { DomainError } from '../../domain/errors.ts'
import { migrationsOf, missingMigrations } from '../migrations/ledger.ts'
import { keepBackup, removeStoreFiles, writeBackup } from './backup.ts'
import { explainOpening } from './errors.ts'
import { appliedTo } from './migrate.ts'

/**
 * Writes a checked backup beside a store whose tables this version is going to change, since there is
 * no way back without one. Returns its path; undefined: there is nothing to change. Throws where it
 * cannot be written, and for a store of another line of versions.
 */
export function backUpBeforeUpdate(file: string): string | undefined {
  if (!statSync(file, { throwIfNoEntry: false }) || !isBehind(file)) return undefined
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, '')
  const path = join(dirname(file), `before-update-${stamp}.db`)
  const part = writeBackup(file, path)
  try {
    requireWhole(part)
    keepBackup(part, path)
    return path
  } catch (error) {
    removeStoreFiles(part)
    throw error
  }
}

function isBehind(file: string): boolean {
  try {
    using database = new DatabaseSync(file, { timeout: 30_000 })
    const applied = appliedTo(database)
    return applied.size > 0 && missingMigrations(migrationsOf('sqlite'), applied).length > 0
  } catch (error) {
    throw explainOpening(error, file)
  }
}

function requireWhole(part: string): void {
  using database = new DatabaseSync(part, { readOnly: true })
  const row = database.prepare('pragma quick_check(1)').get()
  if (row?.['quick_check'] === 'ok') return
  throw new DomainError(
    'unavailable',
    'The store is damaged, so it was not updated. Run `./doorstep doctor` of the version before.',
  )
}
