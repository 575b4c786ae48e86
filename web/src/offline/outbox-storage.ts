import type { QueuedVisit, QueueStorage } from '@doorstep/client/queue'

import type { Database, OutboxRow } from './database.ts'

const isRow = (row: QueuedVisit | OutboxRow): row is OutboxRow => 'order' in row

/**
 * Holds the queue of visits in IndexedDB, for one queue that adds or flushes once. Saving writes only
 * rows that are new or changed, and deletes only what this storage has loaded, so that no tab loses or
 * revives a visit of another one. What is added or changed is durable.
 */
export function outboxStorage(database: Database): QueueStorage {
  let loaded = new Map<string, OutboxRow>()

  return {
    async load() {
      const rows = await database.getAllFromIndex('outbox', 'order')
      loaded = new Map(rows.map((row) => [row.key, row]))
      return rows
    },
    async save(list) {
      // A deletion that is lost has the visit sent again, with its key: the server takes it once.
      const isDeletion = list.every((row) => loaded.get(row.key) === row)
      const durability = isDeletion ? 'relaxed' : 'strict'
      const transaction = database.transaction('outbox', 'readwrite', { durability })
      const { store } = transaction
      const last = await store.index('order').openCursor(null, 'prev')
      let next = (last?.value.order ?? 0) + 1
      const kept = new Set(list.map(({ key }) => key))
      const gone = [...loaded.values()].filter(({ key }) => !kept.has(key))
      // A revised visit has another key, and keeps its place.
      const placeOf = ({ addedAt }: QueuedVisit): number =>
        gone.find((row) => row.addedAt === addedAt)?.order ?? next++
      const rows = list.map((row) => (isRow(row) ? row : { ...row, order: placeOf(row) }))
      for (const { key } of gone) void store.delete(key)
      for (const row of rows) if (loaded.get(row.key) !== row) void store.put(row)
      await transaction.done
      loaded = new Map(rows.map((row) => [row.key, row]))
    },
  }
}
