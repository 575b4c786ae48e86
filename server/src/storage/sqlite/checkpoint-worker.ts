import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * The thread of checkpointer.ts: copies what has been committed from the write-ahead log back into
 * the file, beside the writer. While others write it cannot come to the log's end, after which the
 * log begins anew: when it is near, the writer is asked for the little that is left.
 */
const everyMs = 250
/** 16 MiB: copied together, pages that are changed again and again are written once. */
const behindMaxPages = 4_096
const nearPages = 512
/** 64 MiB: how long the log may become before the writer is asked. */
const logMaxPages = 16_384

const { file }: { file: string } = workerData
const database = new DatabaseSync(file, { timeout: 0 })
// NOTE: the log has to be on disk before its pages overwrite those of the file.
database.exec('pragma synchronous = full; pragma wal_autocheckpoint = 0')

for (;;) {
  await pause(everyMs)
  const { log, behind } = checkpoint('noop')
  if (behind > behindMaxPages) checkpoint('passive')
  if (log > logMaxPages) {
    const { behind: left } = checkpoint('passive')
    if (left <= nearPages) parentPort?.postMessage('near')
  }
}

/** Pages in the log, and how many of them the file does not have yet. */
function checkpoint(mode: 'noop' | 'passive'): { log: number; behind: number } {
  const row = database.prepare(`pragma wal_checkpoint(${mode})`).get()
  const log = Number(row?.['log'] ?? 0)
  return { log, behind: log - Number(row?.['checkpointed'] ?? 0) }
}
