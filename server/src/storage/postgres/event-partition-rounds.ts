import { limits, runOn } from './connection.ts'
import { explained, isLockTimeout } from './errors.ts'
import { dropPartitions } from './event-partition-drops.ts'
import { spanOf } from './event-partition-spans.ts'
import { type InTransaction, makePartitions } from './event-partitions.ts'
import type { PostgresPool } from './pool.ts'

/** Creates the partitions that events need soon. */
export const makeRoomForEvents = (
  writers: PostgresPool,
  now: number,
  retentionMs: number,
): Promise<void> =>
  unlessLocked(writers, (inTransaction) => makePartitions(inTransaction, now, spanOf(retentionMs)))

/** The same, and drops those whose events have expired. */
export const rotateEvents = (
  writers: PostgresPool,
  now: number,
  retentionMs: number,
): Promise<void> =>
  unlessLocked(writers, async (inTransaction) => {
    await makePartitions(inTransaction, now, spanOf(retentionMs))
    await dropPartitions(inTransaction, now - retentionMs)
  })

/** Gives up where another process holds the lock: the next round retries. */
async function unlessLocked(
  writers: PostgresPool,
  work: (inTransaction: InTransaction) => Promise<void>,
): Promise<void> {
  const begin = `begin; set local statement_timeout = ${limits.backgroundMs}`
  const usualMs = limits.backgroundMs + limits.answerMs
  try {
    await work((inside) =>
      writers.inTransaction(begin, (client) =>
        inside(async (text, maxMs = usualMs) => (await runOn(client, text, [], false, maxMs)).rows),
      ),
    )
  } catch (error) {
    if (!isLockTimeout(error)) throw explained(error)
  }
}
