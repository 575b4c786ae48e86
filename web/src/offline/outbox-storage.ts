import type { QueuedVisit, QueueStorage } from '@doorstep/client/queue'

import type { Database, OutboxRow } from './database.ts'

const isRow = (row: QueuedVisit | OutboxRow): row is OutboxRow => 'order' in row

/**
 * Holds the queue of visits in IndexedDB, for one queue that adds or flushes once. Saving writes only
 * rows that are new or changed, and deletes only what this storage has loaded, so that no tab loses or
 * revives a visit of another one. What is added or changed is durable. A draft that becomes a visit goes
 * as that is saved. Visits that were taken back are none of the queue's.
 */
export function outboxStorage(database: Database, draftKey?: string): QueueStorage {
  let loaded = new Map<string, OutboxRow>()

  return {
    async load() {
      const stored = await database.getAllFromIndex('outbox', 'order')
      const rows = stored.filter(({ isTakenBack }) => isTakenBack !== true)
      loaded = new Map(rows.map((row) => [row.key, row]))
      return rows
    },
    async save(list) {
      // A deletion that is lost has the visit sent again, with its key: the server takes it once.
      const isDeletion = list.every((row) => loaded.get(row.key) === row)
      const durability = isDeletion ? 'relaxed' : 'strict'
      const transaction = database.transaction(['outbox', 'drafts'], 'readwrite', { durability })
      const store = transaction.objectStore('outbox')
      if (draftKey !== undefined) void transaction.objectStore('drafts').delete(draftKey)
      const last = await store.index('order').openCursor(null, 'prev')
      let next = (last?.value.order ?? 0) + 1
      const kept = new Set(list.map(({ key }) => key))
      const gone = [...loaded.values()].filter(({ key }) => !kept.has(key))
      // A revised visit has another key, and keeps its place.
      const placeOf = ({ addedAt }: QueuedVisit): number =>
        gone.find((row) => row.addedAt === addedAt)?.order ?? next++
      const rows = list.map((row) => (isRow(row) ? row : { ...row, order: placeOf(row) }))
      for (const { key } of gone) {
        // What was taken back as it was sent has yet to be removed from the server.
        if ((await store.get(key))?.isTakenBack !== true) void store.delete(key)
      }
      for (const row of rows) {
        if (loaded.get(row.key) === row) continue
        const isTakenBack = (await store.get(row.key))?.isTakenBack === true
        void (isTakenBack ? store.delete(row.key) : store.put(row))
      }
      await transaction.done
      loaded = new Map(rows.map((row) => [row.key, row]))
    },
  }
}
