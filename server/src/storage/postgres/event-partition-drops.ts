import { type InTransaction, listPartitions, type Run, tableLockMs } from './event-partitions.ts'

const dropsMax = 10
/** Rows that are deleted while all others wait. */
const deletesMax = 2_000
const rowLockMs = 2_000

/** Drops the partitions that hold nothing newer than `before` (ms), the oldest first. */
export async function dropPartitions(inTransaction: InTransaction, before: number): Promise<void> {
  const past = (await inTransaction(listPartitions)).filter(({ to }) => to <= before)
  for (const { name } of past.slice(0, dropsMax)) {
    // Those are deleted row by row, without a lock on the table; the partition is dropped later.
    if (await inTransaction((run) => hasManyOlderOutside(run, name))) return
    await inTransaction(async (run) => {
      await run(`set local lock_timeout = ${rowLockMs}`)
      await run(
        `select account_id from account_stream s
         where exists (select 1 from ${name} p where p.account_id = s.account_id)
         order by account_id for no key update`,
      )
      await run(`set local lock_timeout = ${tableLockMs}`)
      await run('lock table visit_events in access exclusive mode')
      await run(`alter table visit_events detach partition ${name}`)
      // Events older than a dropped one are deleted as well, wherever they are: in no partition, or in
      // one of a later day, if they were dated again after a clock that was ahead.
      await run(
        `with dropped as (
           select s.account_id,
             (select max(p."offset") from ${name} p where p.account_id = s.account_id) last
           from account_stream s),
         moved as (
           update account_stream s set last_dropped = dropped.last from dropped
           where dropped.account_id = s.account_id and dropped.last > s.last_dropped
           returning s.account_id, s.last_dropped)
         delete from visit_events d using moved
         where d.account_id = moved.account_id and d."offset" <= moved.last_dropped`,
      )
      await run(`drop table ${name}`)
    })
  }
}

async function hasManyOlderOutside(run: Run, partition: string): Promise<boolean> {
  const rows = await run(
    `select 1 from account_stream s
     cross join lateral (
       select max(p."offset") as last from ${partition} p where p.account_id = s.account_id) dropped
     join visit_events_default d on d.account_id = s.account_id and d."offset" <= dropped.last
     limit ${deletesMax + 1}`,
  )
  return rows.length > deletesMax
}
