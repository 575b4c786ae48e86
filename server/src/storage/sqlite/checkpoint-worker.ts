import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

import type { FromCheckpointThread } from './checkpointer.ts'

/**
 * The thread of checkpointer.ts: copies committed pages from the write-ahead log back into the file
 * while the writer works. The log restarts only when all of it has been copied. While others write,
 * this thread never catches up, so when few pages are left it asks the writer to copy them.
 */
const everyMs = 250
/** 16 MiB: a page that changes several times in between is copied once. */
const behindMaxPages = 4_096
const nearPages = 512
/** 64 MiB: the length of the log from which the writer is asked. */
const logMaxPages = 16_384

const { file }: { file: string } = workerData
const database = new DatabaseSync(file, { timeout: 0 })
// NOTE: the log must be on disk before its pages overwrite those of the file.
database.exec('pragma synchronous = full; pragma wal_autocheckpoint = 0')

for (;;) {
  await pause(everyMs)
  const { log, behind } = checkpoint('noop')
  if (behind > behindMaxPages) copy()
  if (log > logMaxPages) {
    const { behind: left } = copy()
    if (left <= nearPages) send('near')
  }
}

function copy(): ReturnType<typeof checkpoint> {
  const result = checkpoint('passive')
  send('copied')
  return result
}

function send(message: FromCheckpointThread): void {
  parentPort?.postMessage(message)
}

/** The pages in the log, and how many of them are not in the file yet. */
function checkpoint(mode: 'noop' | 'passive'): { log: number; behind: number } {
  const row = database.prepare(`pragma wal_checkpoint(${mode})`).get()
  const log = Number(row?.['log'] ?? 0)
  return { log, behind: log - Number(row?.['checkpointed'] ?? 0) }
}
