import { openDB } from 'idb'

import type { OutboxRow } from './database.ts'

const ofPerson = /^doorstep-\d+-\d+$/

async function countIn(name: string): Promise<number> {
  const database = await openDB(name)
  try {
    if (!database.objectStoreNames.contains('outbox')) return 0
    const rows: readonly Pick<OutboxRow, 'isTakenBack'>[] = await database.getAll('outbox')
    return rows.filter(({ isTakenBack }) => isTakenBack !== true).length
  } finally {
    database.close()
  }
}

/** How many visits wait on this device, whoever logged them. */
export async function countWaiting(): Promise<number> {
  // NOTE: a browser that cannot list its databases says nothing of them.
  const databases = await indexedDB.databases?.()
  const names = databases?.flatMap(({ name = '' }) => (ofPerson.test(name) ? [name] : [])) ?? []
  const counts = await Promise.all(names.map(countIn))
  return counts.reduce((sum, count) => sum + count, 0)
}
