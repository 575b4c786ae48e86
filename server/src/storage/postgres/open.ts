import type { Clock } from '../../domain/clock.ts'
import type { OnPoint } from '../../domain/crash-points.ts'
import type { Store } from '../../domain/store.ts'
import { cacheSenders } from '../people/sender-cache.ts'
import { createStore } from '../store.ts'
import { openPostgres } from './database.ts'
import { postgresDialect } from './dialect.ts'
import { PostgresReplica, positionOf } from './replica.ts'
import { readFromReplicas } from './replicas.ts'

export interface PostgresStoreOptions {
  readonly url: string
  /** Its standbys, one server per URL; unreachable ones are taken out of rotation. */
  readonly replicaUrls?: readonly string[]
  /** The greatest lag of a standby that is read from. */
  readonly replicaLagMs?: number
  readonly clock: Clock
  /** For 'writing' no request waits, and a statement may take a minute. */
  readonly purpose?: 'reading' | 'writing'
  readonly onPoint?: OnPoint
  /** For columns that sums are made from. */
  readonly sumsBytesMax?: number | undefined
  /** Throws `not_found` where there are no tables, instead of creating them. */
  readonly mustExist?: boolean
}

/** Opens the store on a PostgreSQL server and brings its tables up to date. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, replicaUrls = [], replicaLagMs = 10_000, clock, onPoint, mustExist } = options
  const database = await openPostgres(url, options.purpose ?? 'reading', onPoint, mustExist)
  const store = cacheSenders(createStore(database, clock, onPoint, options.sumsBytesMax))
  if (replicaUrls.length === 0) return store
  const replicas = replicaUrls.map((replica) => new PostgresReplica(replica, postgresDialect))
  return await readFromReplicas(store, () => positionOf(database), replicas, replicaLagMs)
}
