import { visitSnapshot } from '../domain/visits.ts'
import type { Finding } from '../domain/store.ts'
import type { Database } from './database.ts'
import { toVisit } from './visits.ts'

const restore = 'Stop the server and restore the newest backup, then run `doorstep doctor` again.'
const examplesMax = 5
const chunk = 2000

/** What `doctor` looks at: the files, the stream's numbers, and each visit against its last event. */
export async function checkStore(database: Database, account: number): Promise<Finding[]> {
  const damage = await database.checkIntegrity()
  if (damage.length > 0) return damage.map((problem) => ({ problem, remedy: restore }))
  return [...(await checkStream(database, account)), ...(await checkVisits(database, account))]
}

async function checkStream({ reader }: Database, account: number): Promise<Finding[]> {
  const stream = await reader
    .selectFrom('account_stream')
    .selectAll()
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const found = await reader
    .selectFrom('visit_events')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('offset').as('first'),
      eb.fn.max('offset').as('last'),
    ])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const expected = stream.head - stream.last_dropped
  const isWhole =
    Number(found.count) === expected &&
    (expected === 0 || (found.first === stream.last_dropped + 1 && found.last === stream.head))
  if (isWhole) return []
  const problem =
    `the stream should hold ${expected} events, ${stream.last_dropped + 1} to ${stream.head}, ` +
    `but holds ${found.count}, ${found.first} to ${found.last}`
  return [{ problem, remedy: restore }]
}

/** The newest event of each visit that still has one must tell what the visit's row tells. */
async function checkVisits(database: Database, account: number): Promise<Finding[]> {
  const wrong: number[] = []
  let count = 0
  for (let after = 0; ;) {
    const rows = await database.reader
      .selectFrom('visits as v')
      .leftJoin('visit_events as e', (join) =>
        join
          .onRef('e.account_id', '=', 'v.account_id')
          .onRef('e.visit_id', '=', 'v.id')
          .onRef('e.sequence', '=', 'v.sequence'),
      )
      .selectAll('v')
      .select('e.body')
      .select((eb) =>
        eb
          .selectFrom('visit_events as any')
          .select((any) => any.fn.max('any.sequence').as('newest'))
          .whereRef('any.account_id', '=', 'v.account_id')
          .whereRef('any.visit_id', '=', 'v.id')
          .as('newest'),
      )
      .where('v.account_id', '=', account)
      .where('v.id', '>', after)
      .orderBy('v.id')
      .limit(chunk)
      .execute()
    for (const row of rows) {
      const told = `{"data":${JSON.stringify(visitSnapshot(toVisit(row)))},"meta":`
      const isTold = row.newest === null || row.newest === row.sequence
      if (isTold && (row.body === null || row.body.startsWith(told))) continue
      count++
      if (wrong.length < examplesMax) wrong.push(row.id)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last.id
  }
  if (count === 0) return []
  const problem = `${count} visits differ from their newest event, among them ${wrong.join(', ')}`
  return [{ problem, remedy: restore }]
}
