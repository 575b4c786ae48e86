import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The floor of an export: the rows of a store's visits in a bare loop. Prints rows per second. */
const [, , dataDir = ''] = process.argv
using db = new DatabaseSync(join(dataDir, 'doorstep.db'), { readOnly: true })
const rows = db.prepare('select item from visits order by account_id, id')
const startMs = performance.now()
let count = 0
let bytes = 0
for (const { item } of rows.iterate()) {
  count++
  bytes += item instanceof Uint8Array ? item.length : String(item).length
}
if (bytes === 0) throw new Error('the store has no visits')
console.log((count * 1000) / (performance.now() - startMs))
