import type { Transaction } from '../domain/store.ts'
import { isSameName, plainOutcome, type VisitOutcome } from '../domain/visit-outcomes.ts'

/**
 * The outcomes of a new account, in this order. Any two colours are at least 0.113 apart in OKLab, also
 * for users who cannot distinguish red, green or blue.
 */
const defaults = [
  { name: 'Interested', color: '#186e68', icon: 'thumbs-up' },
  { name: 'Not interested', color: '#bd1b2e', icon: 'thumbs-down' },
  { name: 'No answer', color: '#7d8995', icon: 'door-closed' },
  { name: 'Come back later', color: '#c07a16', icon: 'clock' },
  { name: 'Customer on site', color: '#2e95ff', icon: 'handshake' },
] as const

/** Adds the outcomes of a new account. `now`: in ms. */
export async function addDefaultOutcomes(tx: Transaction, now: number): Promise<void> {
  const outcomes: VisitOutcome[] = []
  for (const [index, given] of defaults.entries()) {
    const id = await tx.visitOutcomes.nextId()
    const times = { createdAt: now, updatedAt: now }
    outcomes.push({ ...plainOutcome, ...given, id, position: index + 1, ...times })
  }
  await tx.visitOutcomes.save(outcomes, new Set())
}

/**
 * Gives color, icon and position to imported outcomes that are new here. One that was created here
 * under the same name and has no visits is removed, and the imported one takes over its looks and
 * position. Other imported outcomes go to the end.
 */
export async function placeImported(
  tx: Transaction,
  imported: readonly VisitOutcome[],
): Promise<VisitOutcome[]> {
  if (imported.length === 0) return []
  const stored = await tx.visitOutcomes.all()
  const firstLocalId = await tx.account.firstLocalId()
  const targets = new Set(stored.map(({ mergedIntoId }) => mergedIntoId))
  const local = stored.filter(
    ({ id, isActive }) => id >= firstLocalId && isActive && !targets.has(id),
  )
  const replaced = new Set<number>()
  let last = Math.max(0, ...stored.map(({ position }) => position))
  const placed: VisitOutcome[] = []
  for (const outcome of imported) {
    const namesake = local.find(
      ({ id, name }) => !replaced.has(id) && isSameName(name, outcome.name),
    )
    const isFree = namesake && (await tx.visits.findByOutcome(namesake.id, 0, 1)).length === 0
    if (isFree) replaced.add(namesake.id)
    const { color, icon, position } = isFree ? namesake : { ...plainOutcome, position: ++last }
    placed.push({ ...outcome, color, icon, position })
  }
  await tx.visitOutcomes.remove([...replaced])
  return placed
}
