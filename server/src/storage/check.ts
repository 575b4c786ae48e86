import type { Kysely } from 'kysely'

import { printSeconds } from '../domain/clock.ts'
import type { Fault } from '../domain/store.ts'
import { eventAheadMaxMs } from '../domain/visit-events.ts'
import { visitSnapshot } from '../domain/visit-items.ts'
import { type Database, restoreBackup } from './database.ts'
import type { Schema } from './schema.ts'
import { toVisit } from './visits/rows.ts'

const examplesMax = 5
const chunk = 2000

/** The checks of `doctor`: files, numbering of the stream, and each visit against its newest event. */
export async function checkStore(
  database: Database,
  account: number,
  now: number,
): Promise<Fault[]> {
  const damage = await database.checkIntegrity()
  if (damage.length > 0) return damage
  return database.snapshot(async ({ db }) => [
    ...(await checkStream(db, account, now)),
    ...(await checkVisits(db, account)),
  ])
}

async function checkStream(db: Kysely<Schema>, account: number, now: number): Promise<Fault[]> {
  const stream = await db
    .selectFrom('account_stream')
    .selectAll()
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const found = await db
    .selectFrom('visit_events')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('offset').as('first'),
      eb.fn.max('offset').as('last'),
      eb.fn.max('appended_at').as('newestAt'),
    ])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const expected = stream.head - stream.last_dropped
  const isWhole =
    Number(found.count) === expected &&
    (expected === 0 || (found.first === stream.last_dropped + 1 && found.last === stream.head))
  const newestAt = Math.max(stream.last_event_at, Number(found.newestAt))
  const ahead = newestAt > now + eventAheadMaxMs ? [aheadFault(newestAt)] : []
  if (isWhole) return ahead
  const problem =
    `the stream should hold ${expected} events, ${stream.last_dropped + 1} to ${stream.head}, ` +
    `but holds ${found.count}, ${found.first} to ${found.last}`
  return [{ problem, remedy: restoreBackup }, ...ahead]
}

const aheadFault = (newestAt: number): Fault => ({
  isOfClock: true,
  problem:
    `the stream has events of ${printSeconds(newestAt)}, which is in the future: ` +
    `the clock of this machine is behind, or was ahead`,
  remedy:
    'Compare the clock of this machine with another one and let it be set over the network. If it ' +
    'is right, let the server run: within minutes it counts these events as appended now, and ' +
    'deletes them when they are past the retention.',
})

/** The newest stored event of each visit must match the visit's row. */
async function checkVisits(db: Kysely<Schema>, account: number): Promise<Fault[]> {
  const wrong: number[] = []
  let count = 0
  for (let after = 0; ;) {
    const rows = await db
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
      const expected = `{"data":${JSON.stringify(visitSnapshot(toVisit(row)))},"meta":`
      const isCurrent = row.newest === null || row.newest === row.sequence
      if (isCurrent && (row.body === null || row.body.startsWith(expected))) continue
      count++
      if (wrong.length < examplesMax) wrong.push(row.id)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last.id
  }
  if (count === 0) return []
  const problem = `${count} visits differ from their newest event, among them ${wrong.join(', ')}`
  return [{ problem, remedy: restoreBackup }]
}
