import type { Clock } from '../../domain/clock.ts'
import type { OnPoint } from '../../domain/crash-points.ts'
import type { Store } from '../../domain/store.ts'
import { cacheSenders } from '../people/sender-cache.ts'
import { createStore } from '../store.ts'
import { openSqlite } from './database.ts'

export interface SqliteStoreOptions {
  /** Path of the database file, which is created when it does not exist. */
  readonly file: string
  readonly clock: Clock
  /** What the memory for caches is divided for. */
  readonly purpose: 'reading' | 'writing' | 'logging'
  /** Called when the disk has failed. The process must end then. */
  readonly onDiskError: (error: Error) => void
  readonly onPoint?: OnPoint
  /** For columns that sums are made from. */
  readonly sumsBytesMax?: number | undefined
}

/** Opens the store in a SQLite file and brings its tables up to date. */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  const { file, clock, purpose, onDiskError, onPoint, sumsBytesMax } = options
  const database = openSqlite(file, purpose, onDiskError, onPoint)
  const store = createStore(database, clock, onPoint, sumsBytesMax)
  return purpose === 'reading' ? cacheSenders(store, () => database.versionElsewhere()) : store
}
