import { readdirSync, readFileSync } from 'node:fs'

import { DomainError } from '../../domain/errors.ts'
import { programFiles } from '../../program-files.ts'

/** A step that creates or changes tables. */
export interface Migration {
  /** The name of its file, under which a store records that it was applied. */
  readonly name: string
  readonly text: string
}

/** The engine's migrations in their order. */
export function migrationsOf(engine: 'sqlite' | 'postgres'): Migration[] {
  const folder = new URL(`${engine}/`, programFiles.migrations)
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names
    .toSorted()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
}

/**
 * The migrations that a store still needs, by the names of those it has. Throws `unavailable` for a
 * store of another line of versions: one that began with other tables, or one that is newer.
 */
export function missingMigrations(
  migrations: readonly Migration[],
  applied: ReadonlySet<string>,
): Migration[] {
  const [first] = migrations
  if (first && applied.size > 0 && !applied.has(first.name)) {
    throw new DomainError('unavailable', earlier)
  }
  const unknown = applied.difference(new Set(migrations.map(({ name }) => name)))
  if (unknown.size > 0) {
    throw new DomainError(
      'unavailable',
      `This store was written by a newer Doorstep (${[...unknown].join(', ')}). Run that version.`,
    )
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

const earlier =
  'This store was created by an earlier development version of Doorstep, whose tables this version ' +
  'cannot read. Nothing in it was changed. Run that version, or set DATA_DIR or DATABASE_URL to an ' +
  'empty store and import again.'
