import { eventAheadMaxMs } from '../domain/visit-events.ts'
import type { Database, SqlTransaction } from './database.ts'

/**
 * Events that were dated by a clock that was ahead would be stored until their date is past the
 * retention, and everything after them too. They count as appended at `now`, or with the newest event
 * if that was before; their `event_time` stays. Answers how many there were, at most `limit`.
 */
export async function redateEvents(
  database: Database,
  account: number,
  now: number,
  limit: number,
): Promise<number> {
  const latest = now + eventAheadMaxMs
  const text = `select 1 from account_stream
    where account_id = :account and (ahead_until is not null or last_event_at > :latest)`
  if ((await database.query(text, { account, latest })).length === 0) return 0
  return database.write(account, (tx) => redate(tx, account, now, limit))
}

async function redate(
  { db }: SqlTransaction,
  account: number,
  now: number,
  limit: number,
): Promise<number> {
  const latest = now + eventAheadMaxMs
  const stream = await db
    .selectFrom('account_stream')
    .select(['head', 'last_event_at', 'ahead_until'])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const until = stream.last_event_at > latest ? stream.head : (stream.ahead_until ?? 0)
  // NOTE: never above `last_event_at`, so that it shows when the clock is ahead again.
  const at = Math.min(stream.last_event_at, now)
  const ahead = await db
    .selectFrom('visit_events')
    .select('offset')
    .where('account_id', '=', account)
    .where('offset', '<=', until)
    .where('appended_at', '>', at)
    .orderBy('offset', 'desc')
    .limit(limit)
    .execute()
  const first = ahead.at(-1)
  if (first) {
    await db
      .updateTable('visit_events')
      .set({ appended_at: at })
      .where('account_id', '=', account)
      .where('offset', '>=', first.offset)
      .where('offset', '<=', until)
      .where('appended_at', '>', at)
      .execute()
  }
  await db
    .updateTable('account_stream')
    .set({
      last_event_at: stream.last_event_at > latest ? now : stream.last_event_at,
      ahead_until: first && ahead.length === limit ? first.offset - 1 : null,
    })
    .where('account_id', '=', account)
    .execute()
  return ahead.length
}
