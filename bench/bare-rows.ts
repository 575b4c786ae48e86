import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import pg from 'pg'

/**
 * The floor of an export: the rows of a store's visits in a bare loop. Prints rows per second. Takes
 * the folder of the store, or the address of its database.
 */
const [, , store = ''] = process.argv
const rowsPerRead = 1_000

const startMs = performance.now()
const count = store.startsWith('postgres://') ? await readPostgres(store) : readSqlite(store)
if (count === 0) throw new Error('the store has no visits')
console.log((count * 1000) / (performance.now() - startMs))

function readSqlite(dataDir: string): number {
  using db = new DatabaseSync(join(dataDir, 'doorstep.db'), { readOnly: true })
  const rows = db.prepare('select item from visits order by account_id, id').iterate()
  let bytes = 0
  let read = 0
  for (const { item } of rows) {
    read++
    bytes += item instanceof Uint8Array ? item.length : String(item).length
  }
  return bytes > 0 ? read : 0
}

async function readPostgres(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'begin; declare visits_in_order cursor for select item from visits order by account_id, id',
  )
  let read = 0
  for (;;) {
    const { rows } = await client.query(`fetch ${rowsPerRead} from visits_in_order`)
    if (rows.length === 0) break
    read += rows.length
  }
  await client.end()
  return read
}
