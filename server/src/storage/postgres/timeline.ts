import type pg from 'pg'

import type { Clock } from '../../domain/clock.ts'
import { revisionLeap, revisionsPerMs } from '../events.ts'
import { isNoTable, isNotOffered } from './errors.ts'
import { lockSpace } from './session.ts'

const timelineKey = 4
/** The name of the secret that holds the timeline that the store was written on last. */
export const lastTimeline = 'timeline'

/** Another timeline than the store was written on last: all streams have new generations. */
export interface NewTimeline {
  readonly timeline: string
  readonly before: string
}

interface Found {
  /** Undefined on a standby. */
  readonly timeline: string | undefined
  /** Undefined in a store that no server has written this in. */
  readonly last: string | undefined
}

/**
 * Asked on every new connection: PostgreSQL begins a new timeline when a standby is promoted and when
 * a base backup is restored, and what the last one had at its end may be lost. So the first connection
 * on a new timeline begins new generations of all streams, before anything is read or written there
 * (PROTOCOL 5.4), and calls `onNew`. Resolves to false on a standby. Databases that only speak as
 * PostgreSQL does may have no timelines, or not show them: there a restore needs `stream reset`.
 */
export async function followTimeline(
  client: pg.ClientBase,
  clock: Clock,
  onNew: (found: NewTimeline) => void,
): Promise<boolean> {
  const found = await findTimelines(client).catch((error: unknown) => {
    // NOTE: a standby that has just started may be from before the tables were made.
    if (!isNotOffered(error) && !isNoTable(error)) throw error
  })
  if (found === undefined) return isWritable(client)
  const { timeline, last } = found
  if (timeline === undefined) return false
  if (timeline === last) return true
  const begun = await beginOn(client, clock())
  if (begun) onNew(begun)
  return true
}

async function findTimelines(client: pg.ClientBase): Promise<Found> {
  const { rows } = await client.query<{ timeline: string | null; last: string | null }>(
    `select case when not pg_is_in_recovery()
         then left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) end as timeline,
       (select value from secrets where name = '${lastTimeline}') as last`,
  )
  return { timeline: rows[0]?.timeline ?? undefined, last: rows[0]?.last ?? undefined }
}

async function isWritable(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>('select not pg_is_in_recovery() as is')
  return rows[0]?.is === true
}

/**
 * As `raiseGeneration` does, for all accounts, with an entry in the audit of each. NOTE: a standby that
 * is promoted instead of this one may have nothing of it, and have the same number of timeline. So the
 * generation is made from the time, as `generationAfter` makes it.
 */
const beginGenerations = `
  with raised as (
    update account_stream
    set generation = greatest(generation + 1, $1::bigint),
      revision = greatest(revision + ${revisionLeap}, $1::bigint * ${revisionsPerMs})
    returning account_id, generation, head),
  forked as (
    insert into stream_forks (account_id, generation, fork_offset)
    select account_id, generation, head from raised),
  numbered as (
    update accounts set next_audit_entry_id = next_audit_entry_id + 1
    returning account_id, next_audit_entry_id - 1 as entry)
  insert into audit_entries (account_id, id, at, means, action, details)
  select account_id, entry, $1::bigint, 'server', 'stream_reset',
    json_build_object('generation', generation, 'timeline', $2::text, 'timeline_before', $3::text)
  from raised join numbered using (account_id)`

/** Resolves to undefined where nothing may be lost: in a new store, or if another process was faster. */
async function beginOn(client: pg.ClientBase, now: number): Promise<NewTimeline | undefined> {
  // NOTE: whoever loses this loses the timeline with it, so that no standby has to be waited for.
  await client.query(
    `begin; set local synchronous_commit = local;
     select pg_advisory_xact_lock(${lockSpace}, ${timelineKey})`,
  )
  const { timeline, last } = await findTimelines(client)
  const begun =
    timeline !== undefined && last !== undefined && timeline !== last
      ? { timeline, before: last }
      : undefined
  if (begun) await client.query(beginGenerations, [now, begun.timeline, begun.before])
  await client.query(
    `insert into secrets (name, value) values ('${lastTimeline}', $1)
     on conflict (name) do update set value = excluded.value`,
    [timeline],
  )
  await client.query('commit')
  return begun
}
