import type { Database, OutboxRow } from './database.ts'

/** What this browser holds that the server does not have yet. */
export interface Unsent {
  /** Those that the server refused as well. */
  readonly visits: readonly OutboxRow[]
}

/** Reads what waits, without visits that were taken back. */
export async function readUnsent(database: Database): Promise<Unsent> {
  const visits = await database.getAllFromIndex('outbox', 'order')
  return { visits: visits.filter(({ isTakenBack }) => isTakenBack !== true) }
}
