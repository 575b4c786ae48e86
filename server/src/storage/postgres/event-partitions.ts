import { isMissing } from './errors.ts'
import { lockSpace } from './session.ts'

/** Runs one statement, whose answer may take so long where that is more than usual. */
type Run = (text: string, maxMs?: number) => Promise<Readonly<Record<string, unknown>>[]>

/** Runs statements in one transaction, which ends when the work does. */
export type InTransaction = <Result>(work: (run: Run) => Promise<Result>) => Promise<Result>

export interface Span {
  readonly from: number
  readonly to: number
}

export interface Partition extends Span {
  readonly name: string
}

const dayMs = 24 * 3_600_000
/** As many partitions as there are at the most, about: each makes reading and planning slower. */
const partitionsMax = 60
/** How many are made before their time, so that a server that was off for days finds its own. */
const ahead = 3
const dropsMax = 10
/** Who has to wait for these locks makes all readers and writers wait: rather again in a minute. */
const tableLockMs = 500
const rowLockMs = 2_000
const maintenanceKey = 2
/** Bytes of events in no partition that are gone through while all others wait; some milliseconds. */
const scanMax = 1_048_576
/** Rows that are deleted while all others wait. */
const deletesMax = 2_000
/** Before which time all events lie that are in no partition: a constraint of this name and a time. */
const boundName = 'visit_events_default_before_'
/** How long before a span its bound is set: until its partition is there, its events are refused. */
const boundAheadMs = 10 * 60_000
/** For autovacuum to give way, which it does after a second. Nobody waits behind who waits for this. */
const validationLockMs = 5_000
const validationMs = 3_600_000

/**
 * How long a partition's span is: a day, so that events stay at the most a day longer than they
 * must, and the partition of the usual three days is quickly gone through; more where events are
 * kept for months.
 */
export const spanOf = (retentionMs: number): number =>
  dayMs * Math.max(1, Math.ceil(retentionMs / (partitionsMax * dayMs)))

/**
 * The spans to make partitions for: from now, or from where the last one ends, to some spans ahead.
 * `newest`: when the newest event outside of all partitions was appended; a span must not hold it.
 */
export function missingSpans(
  now: number,
  spanMs: number,
  existing: readonly Span[],
  newest: number | undefined,
): Span[] {
  const floor = (ms: number) => Math.floor(ms / spanMs) * spanMs
  const end = floor(now) + (ahead + 1) * spanMs
  let from = existing.reduce((latest, { to }) => Math.max(latest, to), floor(now))
  if (newest !== undefined && newest >= from) from = floor(newest) + spanMs
  const spans: Span[] = []
  while (from < end) {
    const to = floor(from) + spanMs
    spans.push({ from, to })
    from = to
  }
  return spans
}

/** Makes the partitions of the coming days. */
export async function makePartitions(
  inTransaction: InTransaction,
  now: number,
  spanMs: number,
): Promise<void> {
  const known = await inTransaction(listPartitions)
  if (missingSpans(now, spanMs, known, undefined).length === 0) return
  const [outside] = await inTransaction((run) =>
    run(`select pg_relation_size('visit_events_default') as bytes`),
  )
  if (Number(outside?.['bytes']) <= scanMax) {
    await inTransaction(async (run) => {
      await lockPartitions(run)
      const bound = await findBound(run)
      if (bound) await dropBound(run, bound)
      await attachMissing(run, now, spanMs, await newestEvent(run))
    })
    return
  }
  const bound = await inTransaction((run) => boundDefault(run, now, spanMs))
  await inTransaction(async (run) => {
    await run(`set local lock_timeout = ${validationLockMs}; set local statement_timeout = 0`)
    const { name } = bound
    await run(`alter table visit_events_default validate constraint ${name}`, validationMs)
  }).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  await inTransaction(async (run) => {
    await lockPartitions(run)
    // Another process has made use of the same bound, and dropped it with that.
    if ((await findBound(run))?.name !== bound.name) return
    // It tells that no event of the new spans lies elsewhere: they are attached without looking.
    await attachMissing(run, now, spanMs, bound.before - 1)
    await dropBound(run, bound)
  })
}

/** All others wait from here on. */
async function lockPartitions(run: Run): Promise<void> {
  await run(`select pg_advisory_xact_lock(${lockSpace}, ${maintenanceKey})`)
  await run(`set local lock_timeout = ${tableLockMs}`)
  // NOTE: writers begin with a row of account_stream. One that had found out already that its event
  // goes to the default partition would fail when the day gets a partition of its own meanwhile.
  await run('lock table account_stream in exclusive mode')
  await run('lock table visit_events_default in access exclusive mode')
}

async function attachMissing(
  run: Run,
  now: number,
  spanMs: number,
  newest: number | undefined,
): Promise<void> {
  for (const span of missingSpans(now, spanMs, await listPartitions(run), newest)) {
    await makePartition(run, span)
  }
}

/** When the newest event was appended; it lies in no partition where none is as new. */
async function newestEvent(run: Run): Promise<number | undefined> {
  const [row] = await run('select max(last_event_at) as at from account_stream')
  return typeof row?.['at'] === 'number' ? row['at'] : undefined
}

interface Bound {
  readonly name: string
  readonly before: number
}

async function findBound(run: Run): Promise<Bound | undefined> {
  const [row] = await run(
    `select conname as name from pg_constraint
     where conrelid = 'visit_events_default'::regclass and starts_with(conname, '${boundName}')`,
  )
  const name = row?.['name']
  return typeof name === 'string'
    ? { name, before: Number(name.slice(boundName.length)) }
    : undefined
}

const dropBound = (run: Run, { name }: Bound) =>
  run(`alter table visit_events_default drop constraint ${name}`)

/**
 * Bounds the events that lie in no partition by the first span whose events are not there yet. One
 * that a process has left behind, or is at work with, is gone on with as long as it refuses no event.
 */
async function boundDefault(run: Run, now: number, spanMs: number): Promise<Bound> {
  await run(`select pg_advisory_xact_lock(${lockSpace}, ${maintenanceKey})`)
  await run(`set local lock_timeout = ${tableLockMs}`)
  const left = await findBound(run)
  if (left && left.before > now) return left
  if (left) await dropBound(run, left)
  const newest = Math.max(now + boundAheadMs, (await newestEvent(run)) ?? 0)
  const before = firstAfter(newest, spanMs, await listPartitions(run))
  const name = `${boundName}${before}`
  await run(
    `alter table visit_events_default add constraint ${name}
     check (appended_at < ${before}) not valid`,
  )
  return { name, before }
}

/** Where the first span after this time begins that is in no partition. */
function firstAfter(ms: number, spanMs: number, existing: readonly Span[]): number {
  const end = existing.reduce((latest, { to }) => Math.max(latest, to), 0)
  return Math.max(end, (Math.floor(ms / spanMs) + 1) * spanMs)
}

/**
 * Makes partitions for events that were appended from `oldest` on, up to where there are some, before
 * these events are there; and those of the coming days.
 */
export async function makePartitionsSince(
  inTransaction: InTransaction,
  oldest: number,
  now: number,
  retentionMs: number,
): Promise<void> {
  const spanMs = spanOf(Math.max(retentionMs, now - oldest))
  await inTransaction(async (run) => {
    const [first] = await listPartitions(run)
    for (const span of pastSpans(oldest, now, spanMs, first)) await makePartition(run, span)
  })
  await makePartitions(inTransaction, now, spanOf(retentionMs))
}

/** From the day of the oldest event up to the first partition, or up to the end of today's span. */
export function pastSpans(
  oldest: number,
  now: number,
  spanMs: number,
  first: Span | undefined,
): Span[] {
  const floor = (ms: number) => Math.floor(ms / spanMs) * spanMs
  const end = first?.from ?? floor(now) + spanMs
  const spans: Span[] = []
  for (let from = floor(oldest); from < end; from += spanMs) {
    spans.push({ from, to: Math.min(from + spanMs, end) })
  }
  return spans
}

async function listPartitions(run: Run): Promise<Partition[]> {
  const rows = await run(
    `select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'visit_events'::regclass`,
  )
  return rows
    .flatMap((row) => {
      const [, from, to] =
        /FROM \('?(-?\d+)'?\) TO \('?(-?\d+)'?\)/.exec(String(row['bound'])) ?? []
      return from === undefined ? [] : [{ name: `${row['name']}`, from: +from, to: Number(to) }]
    })
    .toSorted((one, other) => one.from - other.from)
}

/**
 * Attached, since a table that is created as a partition locks out all readers. Its rows are never
 * changed and go with it: no vacuum is worth its reading, but the planner wants statistics.
 */
async function makePartition(run: Run, { from, to }: Span): Promise<void> {
  const name = `visit_events_${new Date(from).toISOString().slice(0, 10).replaceAll('-', '')}`
  await run(
    `create table ${name} (like visit_events including defaults including constraints)
     with (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.2)`,
  )
  await run(
    `alter table visit_events attach partition ${name} for values from (${from}) to (${to})`,
  )
}

/** Drops the partitions that hold nothing younger than `before` (ms), the oldest first. */
export async function dropPartitions(inTransaction: InTransaction, before: number): Promise<void> {
  const past = (await inTransaction(listPartitions)).filter(({ to }) => to <= before)
  for (const { name } of past.slice(0, dropsMax)) {
    // They are as old and go row by row, in nobody's way; then the partition does.
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
      // What is older than a dropped event is dropped as well, wherever it lies.
      await run(
        `with gone as (
           select s.account_id,
             (select max(p."offset") from ${name} p where p.account_id = s.account_id) last
           from account_stream s),
         moved as (
           update account_stream s set last_dropped = gone.last from gone
           where gone.account_id = s.account_id and gone.last > s.last_dropped
           returning s.account_id, s.last_dropped)
         delete from visit_events_default d using moved
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
       select max(p."offset") as last from ${partition} p where p.account_id = s.account_id) gone
     join visit_events_default d on d.account_id = s.account_id and d."offset" <= gone.last
     limit ${deletesMax + 1}`,
  )
  return rows.length > deletesMax
}
