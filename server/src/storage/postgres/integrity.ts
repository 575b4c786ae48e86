import type { Fault } from '../../domain/store.ts'
import type { Row } from './connection.ts'

/** Problems of the server and its indexes, with what to do about each. */
export async function findProblems(run: (text: string) => Promise<Row[]>): Promise<Fault[]> {
  const broken = await run(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
     where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`,
  )
  const unsafe = await run(
    `select name, setting from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  )
  return [
    ...broken.map(({ name }) => ({
      problem: `the index ${String(name)} is not valid`,
      remedy: `Run in the database: REINDEX INDEX CONCURRENTLY ${String(name)}`,
    })),
    ...unsafe.map(({ name }) => ({
      problem: `the server runs with ${String(name)} = off: a power failure can lose acknowledged changes`,
      remedy: `Set ${String(name)} = on in postgresql.conf and reload the server.`,
    })),
  ]
}
