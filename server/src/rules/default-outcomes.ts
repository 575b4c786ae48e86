import type { Transaction } from '../domain/store.ts'
import { isSameName, plainOutcome, type VisitOutcome } from '../domain/visit-outcomes.ts'

/** What a new account begins with, in this order. */
const defaults = [
  { name: 'Interested', color: '#2e9e5b', icon: 'thumbs-up' },
  { name: 'Not interested', color: '#c0392b', icon: 'thumbs-down' },
  { name: 'No answer', color: '#7f8c8d', icon: 'door-closed' },
  { name: 'Come back later', color: '#e08e0b', icon: 'clock' },
  { name: 'Customer on site', color: '#2471a3', icon: 'handshake' },
] as const

export async function addDefaultOutcomes(tx: Transaction, now: number): Promise<void> {
  const outcomes: VisitOutcome[] = []
  for (const [index, given] of defaults.entries()) {
    const id = await tx.outcomes.nextId()
    const times = { createdAt: now, updatedAt: now }
    outcomes.push({ ...plainOutcome, ...given, id, position: index + 1, ...times })
  }
  await tx.outcomes.save(outcomes, new Set())
}

/**
 * Makes room for outcomes that come from elsewhere and are new here: one that was made here under
 * the same name, and that no visit has, gives way and leaves its looks and place. The others get
 * the last places.
 */
export async function placeImported(
  tx: Transaction,
  imported: readonly VisitOutcome[],
): Promise<VisitOutcome[]> {
  if (imported.length === 0) return []
  const known = await tx.outcomes.all()
  const firstLocalId = await tx.account.firstLocalId()
  const targets = new Set(known.map(({ mergedIntoId }) => mergedIntoId))
  const local = known.filter(
    ({ id, isActive }) => id >= firstLocalId && isActive && !targets.has(id),
  )
  const given = new Set<number>()
  let last = Math.max(0, ...known.map(({ position }) => position))
  const placed: VisitOutcome[] = []
  for (const outcome of imported) {
    const namesake = local.find(({ id, name }) => !given.has(id) && isSameName(name, outcome.name))
    const isFree = namesake && (await tx.visits.findByOutcome(namesake.id, 0, 1)).length === 0
    if (isFree) given.add(namesake.id)
    const { color, icon, position } = isFree ? namesake : { ...plainOutcome, position: ++last }
    placed.push({ ...outcome, color, icon, position })
  }
  await tx.outcomes.remove([...given])
  return placed
}
