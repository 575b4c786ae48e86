// node examples/replica.ts [FILE]
// Keeps a copy of the visits that you see in a SQLite file: the first run exports them, and every
// run takes what has changed since. Run it as often as you like, or follow without untilTop.
import { DatabaseSync } from 'node:sqlite'

import { PositionGoneError } from '@doorstep/client/errors'

import { connect } from './connect.ts'

const client = connect()
const db = new DatabaseSync(process.argv[2] ?? 'visits.db')
db.exec(`
  create table if not exists visits (
    id integer primary key, creator_id integer, outcome_id integer, resource_type text,
    resource_id integer, visited_at text, status text, summary text
  );
  create table if not exists reader (position text);
`)
const put = db.prepare('insert or replace into visits values (?, ?, ?, ?, ?, ?, ?, ?)')
const drop = db.prepare('delete from visits where id = ?')
const forget = db.prepare('delete from reader')
const keep = db.prepare('insert into reader values (?)')

/** Rows and position are committed together: whatever happens, the next run resumes there. */
function commit(position: string): void {
  forget.run()
  keep.run(position)
  db.exec('commit')
}

/** Exports write milliseconds, events do not. */
const second = (time: string) => time.replace(/\.\d+Z$/, 'Z')

async function exportAll(): Promise<string> {
  db.exec('begin; delete from visits')
  const rows = client.visits.exportEach()
  for (let row = await rows.next(); ; row = await rows.next()) {
    if (row.done) {
      commit(row.value.position)
      return row.value.position
    }
    const { id, creator_id, outcome_id, resource_type, resource_id, ...visit } = row.value
    const status = visit.rep_location_verification_status
    const at = second(visit.visited_at)
    put.run(id, creator_id, outcome_id, resource_type, resource_id, at, status, visit.summary)
  }
}

async function takeChanges(from: string): Promise<void> {
  for await (const page of client.changes.follow({ position: from, limit: 100, untilTop: true })) {
    db.exec('begin')
    for (const { data, meta } of page.events) {
      if (meta.event_type === 'deleted' || !('outcome' in data)) drop.run(data.id)
      else {
        const { id, creator_id, outcome, resource_id, visited_at, summary } = data
        const type = data.resource_type === 'lead' ? 'lead' : 'contact'
        const status = data.sales_rep_location.verification_status
        put.run(id, creator_id, outcome?.id ?? null, type, resource_id, visited_at, status, summary)
      }
    }
    commit(page.position)
  }
}

const known = db.prepare('select position from reader').get()?.position
try {
  await takeChanges(typeof known === 'string' ? known : await exportAll())
} catch (error) {
  if (!(error instanceof PositionGoneError)) throw error
  // The position is older than what the server keeps of the stream.
  await takeChanges(await exportAll())
}
console.log(`${db.prepare('select count(*) as count from visits').get()?.count} visits`)
