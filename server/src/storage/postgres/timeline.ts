import type pg from 'pg'

import { revisionLeap } from '../events.ts'
import { isNotOffered } from './errors.ts'
import { lockSpace } from './session.ts'

const timelineKey = 4
/** The name of the secret that holds the timeline that the store was written on last. */
const lastTimeline = 'timeline'

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
 * (PROTOCOL 5.4). Resolves to false on a standby. Databases that only speak as PostgreSQL does may have
 * no timelines, or not show them: there a restore needs `stream reset`.
 */
export async function followTimeline(client: pg.ClientBase): Promise<boolean> {
  const found = await findTimelines(client).catch((error: unknown) => {
    if (!isNotOffered(error)) throw error
  })
  if (found === undefined) return isWritable(client)
  const { timeline, last } = found
  if (timeline === undefined) return false
  if (timeline !== last) await beginOn(client)
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

async function beginOn(client: pg.ClientBase): Promise<void> {
  // NOTE: whoever loses this loses the timeline with it, so that no standby has to be waited for.
  await client.query(
    `begin; set local synchronous_commit = local;
     select pg_advisory_xact_lock(${lockSpace}, ${timelineKey})`,
  )
  // Another process may have been faster.
  const { timeline, last } = await findTimelines(client)
  if (timeline !== last && last !== undefined) {
    await client.query(
      `with raised as (
         update account_stream
         set generation = generation + 1, revision = revision + ${revisionLeap}
         returning account_id, generation, head)
       insert into stream_forks (account_id, generation, fork_offset)
       select account_id, generation, head from raised`,
    )
  }
  await client.query(
    `insert into secrets (name, value) values ('${lastTimeline}', $1)
     on conflict (name) do update set value = excluded.value`,
    [timeline],
  )
  await client.query('commit')
}
