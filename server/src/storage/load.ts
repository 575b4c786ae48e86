import type { ImportPhase } from '../domain/imports.ts'
import type { StoreLoad } from '../domain/store-load.ts'
import type { Database } from './database.ts'

const noImports: Readonly<Record<ImportPhase, number>> = {
  rows: 0,
  lists: 0,
  visits: 0,
  changes: 0,
  following: 0,
  done: 0,
}

/** Counts what waits, of all accounts. */
export async function readLoad(database: Database): Promise<StoreLoad> {
  const { db } = database
  const { count } = await db
    .selectFrom('geocoding_jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow()
  const imports = await db
    .selectFrom('imports')
    .select(['source', 'phase', 'heartbeat_at', 'last_error'])
    .execute()
  // NOTE: one of files that failed has ended, and whoever sent the files was answered why.
  const unfinished = imports.filter(({ source, phase }) => source === 'sell' && phase !== 'done')
  const heartbeats = unfinished.flatMap(({ heartbeat_at }) => heartbeat_at ?? [])
  const phases: Record<string, number> = { ...noImports }
  for (const { phase } of imports) phases[phase] = (phases[phase] ?? 0) + 1
  return {
    ...database.load(),
    geocodingWaiting: Number(count),
    imports: { ...noImports, ...phases },
    importsFailed: unfinished.filter(({ last_error }) => last_error !== null).length,
    importHeartbeatAt: heartbeats.length > 0 ? Math.max(...heartbeats) : null,
  }
}
