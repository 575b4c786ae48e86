import { isMissing } from './errors.ts'
import { firstAfter, missingSpans, pastSpans, type Span, spanOf } from './event-partition-spans.ts'
import { lockSpace } from './session.ts'

/** Runs one statement; `maxMs` where the answer may take longer than usual. */
export type Run = (text: string, maxMs?: number) => Promise<Readonly<Record<string, unknown>>[]>

/** Runs statements in one transaction, which ends when the work does. */
export type InTransaction = <Result>(work: (run: Run) => Promise<Result>) => Promise<Result>

export interface Partition extends Span {
  readonly name: string
}

/**
 * While a process waits for these locks, all readers and writers wait behind it: it gives up and
 * retries in a minute.
 */
export const tableLockMs = 500
const maintenanceKey = 2
/** Bytes of events outside all partitions that are scanned while others wait: some milliseconds. */
const scanMax = 1_048_576
/** A constraint of this name and a time: all events outside the partitions are older than that. */
const boundName = 'visit_events_default_before_'
/** How long before a span its bound is set: until its partition exists, its events are refused. */
const boundAheadMs = 10 * 60_000
/** Autovacuum gives way after a second. No process waits behind one that waits for this lock. */
const validationLockMs = 5_000
const validationMs = 3_600_000

/** Creates the partitions of the coming days. */
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
    // Another process has used the same bound, and dropped it.
    if ((await findBound(run))?.name !== bound.name) return
    // The bound proves that no event of the new spans lies elsewhere: attaching scans nothing.
    await attachMissing(run, now, spanMs, bound.before - 1)
    await dropBound(run, bound)
  })
}

/** All readers and writers wait from here on. */
async function lockPartitions(run: Run): Promise<void> {
  await run(`select pg_advisory_xact_lock(${lockSpace}, ${maintenanceKey})`)
  await run(`set local lock_timeout = ${tableLockMs}`)
  // NOTE: writers take a row of account_stream first. A writer that has already chosen the default
  // partition for its event would fail once the day has a partition of its own.
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

/** When the newest event was appended, whichever partition it is in. */
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
 * Bounds the events outside all partitions by the first span that has no events yet. A bound that
 * another process left behind, or is working with, is reused as long as it refuses no event.
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

/**
 * Creates partitions for events appended since `oldest`, before those are added, up to the first
 * partition there is; and those of the coming days.
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

/**
 * Creates a table and attaches it: creating it as a partition would lock out all readers. Its rows
 * never change and are dropped with it, so it needs statistics for the planner but no vacuum.
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

export async function listPartitions(run: Run): Promise<Partition[]> {
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
