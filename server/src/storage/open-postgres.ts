import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Store } from '../domain/store.ts'
import { createStore } from './open.ts'
import { openPostgres } from './postgres.ts'

export interface PostgresStoreOptions {
  readonly url: string
  readonly clock: Clock
  readonly onPoint?: OnPoint
}

/** Opens the store on a PostgreSQL server and brings its tables up to date. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, clock, onPoint } = options
  return createStore(await openPostgres(url, onPoint), clock, onPoint)
}
