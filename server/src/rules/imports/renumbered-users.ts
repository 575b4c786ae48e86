import { storedAttributes } from '../../domain/record-kinds.ts'
import type { RecordWrites, SalesRecord } from '../../domain/records.ts'
import type { Transaction } from '../../domain/store.ts'
import { saveUpdates, type VisitUpdate } from '../visits.ts'

/** Objects that are read and saved at once. */
const movedMax = 2_000

/**
 * Gives the visits, leads and contacts that the user `from` has made the creator `to`; visits with an
 * event each.
 */
export async function moveCreations(
  tx: Transaction,
  from: number,
  to: number,
  newEventId: () => string,
): Promise<void> {
  await moveVisits(tx, from, to, newEventId)
  await moveRecords(tx.leads, from, to)
  await moveRecords(tx.contacts, from, to)
}

async function moveVisits(
  tx: Transaction,
  from: number,
  to: number,
  newEventId: () => string,
): Promise<void> {
  for (;;) {
    const visits = await tx.visits.findByCreator(from, movedMax)
    const updates = visits.map((before): VisitUpdate => ({
      before,
      after: { ...before, creatorId: to, sequence: before.sequence + 1 },
    }))
    await saveUpdates(tx, updates, 'system', newEventId)
    // What a file said of the visits named the user by the id of then.
    const snapshots = await tx.imports.findSnapshots(visits.map(({ id }) => id))
    const moved = [...snapshots.values()].filter(({ creatorId }) => creatorId === from)
    await tx.imports.saveSnapshots(moved.map((snapshot) => ({ ...snapshot, creatorId: to })))
    if (visits.length < movedMax) return
  }
}

async function moveRecords(records: RecordWrites, from: number, to: number): Promise<void> {
  for (;;) {
    const found = await records.match({ creatorId: from }, movedMax)
    const moved = found.map((record): SalesRecord => {
      const attributes = JSON.stringify({ ...storedAttributes(record), creator_id: to })
      return { ...record, attributes }
    })
    if (moved.length > 0) await records.save(moved)
    if (moved.length < movedMax) return
  }
}
