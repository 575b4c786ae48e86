import { sql } from 'kysely'

import type { Clock } from '../domain/clock.ts'
import { generationAfter, requireReached, type StreamState } from '../domain/positions.ts'
import type { EventsPage, EventsRequest, VisitEventReads } from '../domain/visit-events.ts'
import { addEntry } from './audit/add-entry.ts'
import { bytesOf } from './bytes.ts'
import type { Database, Dialect, ReadableDatabase, Reader, SqlTransaction } from './database.ts'
import { redateEvents } from './event-times.ts'
import { dropSightChanges } from './sight-changes.ts'

export function eventReads(database: Database, clock: Clock): VisitEventReads {
  return {
    read: (account, request) => readEvents(database, account, request),
    drop: (account, before, limit) =>
      database.write(account, async (tx) => {
        const dropped = await dropEvents(tx, account, before, limit)
        await dropSightChanges(tx, account, limit)
        return dropped
      }),
    redate: (account, now, limit) => redateEvents(database, account, now, limit),
    makeRoom: (now, retentionMs) => database.makeRoomForEvents(now, retentionMs),
    rotate: (now, retentionMs) => database.rotateEvents(now, retentionMs),
    onAppended: (listener) => database.onAnnounced(listener),
    announce: (account) => database.announce(account),
    raiseGeneration: (account, why) =>
      database.write(account, async (tx) => {
        const now = clock()
        const state = await raiseGeneration(tx, account, now)
        const { generation } = state
        await addEntry(tx, account, now, 'command_line', why, null, { generation })
        return state
      }),
  }
}

/** The account does not exist, or has not reached a replica yet. */
export class MissingStream extends Error {
  constructor(account: number) {
    super(`account ${account} has no stream`)
    this.name = 'MissingStream'
  }
}

/** A page of the stream and the stream's state, in one snapshot. */
export async function readEvents(
  database: ReadableDatabase,
  account: number,
  { offset, limit, minPosition }: EventsRequest,
): Promise<EventsPage> {
  // NOTE: SQLite plans a statement again for each value of a bare `limit :limit`.
  const [row] = await database.query(
    `select ${stateColumns(database.dialect)},
       (select ${database.dialect.joinedBytes('body')} from (
          select body from visit_events
          where account_id = :account and "offset" > :offset
          order by "offset" limit :limit + 0) page) items
     from account_stream s where s.account_id = :account`,
    { account, offset, limit },
  )
  const stream = toState(account, row)
  if (minPosition) requireReached(minPosition, stream)
  return { items: bytesOf(row?.['items']), stream }
}

/** The account's revision, which every write raises. */
export async function readRevision(reader: Reader, account: number): Promise<number> {
  const text = 'select revision from account_stream where account_id = :account'
  const [row] = await reader.query(text, { account })
  if (!row) throw new MissingStream(account)
  return Number(row['revision'])
}

/** The stream's state alone. */
export async function readStream(reader: Reader, account: number): Promise<StreamState> {
  const [row] = await reader.query(
    `select ${stateColumns(reader.dialect)}
     from account_stream s where s.account_id = :account`,
    { account },
  )
  return toState(account, row)
}

const stateColumns = ({ pairs }: Dialect): string =>
  `s.generation, s.head, s.last_dropped, s.sight,
   (select ${pairs('f.generation', 'f.fork_offset')}
    from stream_forks f where f.account_id = s.account_id) forks`

function toState(account: number, row: Readonly<Record<string, unknown>> | undefined): StreamState {
  if (!row) throw new MissingStream(account)
  return {
    generation: Number(row['generation']),
    head: Number(row['head']),
    lastDropped: Number(row['last_dropped']),
    sight: Number(row['sight']),
    forks: toForks(String(row['forks'])),
  }
}

function toForks(text: string): StreamState['forks'] {
  const pairs: unknown = JSON.parse(text)
  if (!Array.isArray(pairs)) return []
  return pairs.map((pair) => ({ generation: Number(pair[0]), offset: Number(pair[1]) }))
}

async function dropEvents(
  { db, dialect }: SqlTransaction,
  account: number,
  before: number,
  limit: number,
): Promise<number> {
  const isPartitioned = sql<number>`case when ${sql.raw(dialect.isPartitioned)} then 1 else 0 end`
  const oldest = await db
    .selectFrom('visit_events')
    .select(['offset', 'appended_at', isPartitioned.as('is_partitioned')])
    .where('account_id', '=', account)
    .orderBy('offset')
    .limit(limit)
    .execute()
  const firstKept = oldest.findIndex(
    (event) => event.appended_at >= before || event.is_partitioned === 1,
  )
  const last = oldest.at(firstKept < 0 ? -1 : firstKept - 1)
  if (firstKept === 0 || !last) return 0
  const { numDeletedRows } = await db
    .deleteFrom('visit_events')
    .where('account_id', '=', account)
    .where('offset', '<=', last.offset)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('account_stream')
    .set({ last_dropped: last.offset })
    .where('account_id', '=', account)
    .execute()
  return Number(numDeletedRows)
}

/** Added to the revision with each generation, at least. */
export const revisionLeap = 1_000_000_000
/**
 * A revision is beyond the time of its generation by this many in each ms, which is more than are
 * written. NOTE: so it is beyond every revision of what was lost, and what a process cached of that
 * never matches what is there now.
 */
export const revisionsPerMs = 1_000

async function raiseGeneration(
  { db }: SqlTransaction,
  account: number,
  now: number,
): Promise<StreamState> {
  const before = await db
    .selectFrom('account_stream')
    .select(['generation', 'revision', 'head', 'last_dropped', 'sight'])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const { head, last_dropped, sight } = before
  const generation = generationAfter(before.generation, now)
  const revision = Math.max(before.revision + revisionLeap, now * revisionsPerMs)
  await db
    .updateTable('account_stream')
    .set({ generation, revision })
    .where('account_id', '=', account)
    .execute()
  await db
    .insertInto('stream_forks')
    .values({ account_id: account, generation, fork_offset: head })
    .execute()
  const forks = await db
    .selectFrom('stream_forks')
    .select(['generation', 'fork_offset as offset'])
    .where('account_id', '=', account)
    .execute()
  return { generation, head, lastDropped: last_dropped, sight, forks }
}
