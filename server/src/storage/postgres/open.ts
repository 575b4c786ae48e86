import type { Store } from '../../domain/store.ts'
import { cacheSenders } from '../people/sender-cache.ts'
import { createStore } from '../store.ts'
import { type DatabaseOptions, openPostgres } from './database.ts'
import { postgresDialect } from './dialect.ts'
import { PostgresReplica, positionOf } from './replica.ts'
import { readFromReplicas } from './replicas.ts'

export interface PostgresStoreOptions extends DatabaseOptions {
  readonly url: string
  /** Its standbys, one server per URL; unreachable ones are taken out of rotation. */
  readonly replicaUrls?: readonly string[]
  /** The greatest lag of a standby that is read from. */
  readonly replicaLagMs?: number
  /** For 'writing' no request waits, and a statement may take a minute. */
  readonly purpose?: 'reading' | 'writing'
  /** For columns that sums are made from. */
  readonly sumsBytesMax?: number | undefined
}

/** Opens the store on a PostgreSQL server and brings its tables up to date. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, replicaUrls = [], replicaLagMs = 10_000, clock, onPoint } = options
  const database = await openPostgres(url, options.purpose ?? 'reading', options)
  const store = cacheSenders(createStore(database, clock, onPoint, options.sumsBytesMax))
  if (replicaUrls.length === 0) return store
  const replicas = replicaUrls.map((replica) => new PostgresReplica(replica, postgresDialect))
  return await readFromReplicas(store, () => positionOf(database), replicas, replicaLagMs)
}
