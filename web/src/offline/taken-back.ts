import { DoorstepError, NotFoundError } from '@doorstep/client/errors'
import { type QueuedVisit, refusalOf } from '@doorstep/client/queue'
import type { Visits } from '@doorstep/client/visits'
import type { VisitItem } from '@doorstep/contract/visits'

import type { Database, OutboxRow } from './database.ts'

/** Notes that a visit is about to be sent. False: it was taken back, and must not be sent. */
export async function beginAttempt(database: Database, key: string): Promise<boolean> {
  const transaction = database.transaction('outbox', 'readwrite')
  const row = await transaction.store.get(key)
  const isToSend = row !== undefined && row.isTakenBack !== true
  if (isToSend && row.isAttempted !== true) {
    void transaction.store.put({ ...row, isAttempted: true })
  }
  await transaction.done
  return isToSend
}

/**
 * Takes a visit back: at once if it was never sent. The server may have one that it was sent, which
 * stays, marked, until `removeTakenBack`. `added` is for one that may have been sent and left since.
 */
export async function takeBack(
  database: Database,
  key: string,
  added?: QueuedVisit,
): Promise<'done' | 'marked' | 'gone'> {
  const transaction = database.transaction('outbox', 'readwrite', { durability: 'strict' })
  const { store } = transaction
  const row = (await store.get(key)) ?? (added && { ...added, order: 0, isAttempted: true })
  const isUnsent = row !== undefined && (row.isAttempted !== true || row.refusal !== undefined)
  if (isUnsent) void store.delete(key)
  else if (row) void store.put({ ...row, isTakenBack: true })
  await transaction.done
  if (!row) return 'gone'
  return isUnsent ? 'done' : 'marked'
}

export interface Removed {
  readonly visits: readonly VisitItem[]
  /** Why some are still to be removed. */
  readonly error: DoorstepError | undefined
}

/** Whether the server refused to remove the visit, which stays there. */
async function isRemovalRefused(visits: Pick<Visits, 'remove'>, id: number, signal?: AbortSignal) {
  try {
    await visits.remove(id, { signal })
  } catch (error) {
    if (error instanceof NotFoundError) return false
    if (error instanceof DoorstepError && refusalOf(error)) return true
    throw error
  }
  return false
}

/**
 * Removes from the server what was taken back after it may have been sent: sent again with its key, it
 * is answered by the visit that the server has. One that the server does not remove stays, marked,
 * until `takeNotRemoved`. Only for whoever holds the lock of the outbox.
 */
export async function removeTakenBack(
  client: { readonly visits: Pick<Visits, 'create' | 'remove'> },
  database: Database,
  signal?: AbortSignal,
): Promise<Removed> {
  const visits: VisitItem[] = []
  for (const row of await database.getAll('outbox')) {
    const { key, draft, isTakenBack, isNotRemoved } = row
    if (isTakenBack !== true || isNotRemoved === true) continue
    try {
      const item = await client.visits.create(draft, { idempotencyKey: key, signal })
      visits.push(item)
      if (await isRemovalRefused(client.visits, item.data.id, signal)) {
        await database.put('outbox', { ...row, isNotRemoved: true })
        continue
      }
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error
      const isGone = error instanceof NotFoundError || refusalOf(error) !== undefined
      if (!isGone) return { visits, error }
    }
    await database.delete('outbox', key)
  }
  return { visits, error: undefined }
}

/** Reads and deletes the visits that the server did not remove, of which `about` are wanted. */
export async function takeNotRemoved(
  database: Database,
  about: (row: OutboxRow) => boolean,
): Promise<readonly OutboxRow[]> {
  const transaction = database.transaction('outbox', 'readwrite')
  const rows = await transaction.store.getAll()
  const taken = rows.filter((row) => row.isNotRemoved === true && about(row))
  for (const { key } of taken) void transaction.store.delete(key)
  await transaction.done
  return taken
}
