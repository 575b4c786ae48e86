import type { Account } from '../../domain/accounts.ts'
import { addressOf } from '../../domain/record-address.ts'
import type { SalesRecord, RecordWrites } from '../../domain/records.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type { ImportVerdict } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import type { User } from '../../domain/users.ts'
import { changedAttributes, type VisitEvent } from '../../domain/visit-events.ts'
import type { VisitOutcome } from '../../domain/visit-outcomes.ts'
import { placeImported } from '../default-outcomes.ts'

/** Visits of one person that are moved at once: far more than are logged before a team imports. */
const movedMax = 100_000

/** A verdict, or the reason why the object could not be kept. */
export type ImportResult = ImportVerdict | { readonly rejected: string }

export async function importAccount(tx: Transaction, told: Account): Promise<ImportResult> {
  const before = await tx.account.find()
  if (sameFields(before, told)) return 'unchanged'
  await tx.account.save(told)
  return 'updated'
}

/**
 * Someone who is already here under the same e-mail becomes the imported user: takes the id, keeps
 * password, tokens and the admin's role.
 */
export async function importUsers(
  tx: Transaction,
  incoming: readonly User[],
  newEventId: () => string,
): Promise<ImportResult[]> {
  const byId = await tx.users.find(incoming.map(({ id }) => id))
  const byEmail = await tx.users.findByEmail(incoming.map(({ email }) => email))
  const firstLocalId = await tx.account.firstLocalId()
  const saved = new Map<number, User>()
  const results: ImportResult[] = []
  for (const told of incoming) {
    const email = told.email.toLowerCase()
    const namesake = byEmail.get(email)
    const holder = byId.get(told.id)
    if (namesake && namesake.id !== told.id) {
      if (holder || namesake.id < firstLocalId || saved.has(namesake.id)) {
        results.push({ rejected: `e-mail already belongs to user ${namesake.id}` })
        continue
      }
      await tx.users.changeId(namesake.id, told.id)
      await moveVisits(tx, namesake.id, told.id, newEventId)
    }
    const before = holder ?? namesake
    if (holder && told.updatedAt < holder.updatedAt) {
      results.push('unchanged')
      continue
    }
    const keepsAdmin = before?.role === 'admin' && namesake !== undefined
    const after: User = keepsAdmin ? { ...told, role: 'admin', status: before.status } : told
    if (holder && sameFields(holder, after)) {
      results.push('unchanged')
      continue
    }
    byId.set(told.id, after)
    if (before) byEmail.delete(before.email.toLowerCase())
    byEmail.set(email, after)
    saved.set(told.id, after)
    results.push(before ? 'updated' : 'created')
  }
  await tx.users.save([...saved.values()])
  return results
}

/** Visits that somebody logged here before becoming the imported user; each with an event. */
async function moveVisits(
  tx: Transaction,
  from: number,
  to: number,
  newEventId: () => string,
): Promise<void> {
  const visits = await tx.visits.findByCreator(from, movedMax)
  const moved = visits.map((before) => ({
    before,
    after: { ...before, creatorId: to, sequence: before.sequence + 1 },
  }))
  await tx.visits.save(moved.map(({ after }) => after))
  tx.events.append(
    moved.map(({ before, after }): VisitEvent => ({
      id: newEventId(),
      type: 'updated',
      cause: 'system',
      visit: after,
      previous: changedAttributes(before, after),
      at: undefined,
    })),
  )
}

/** A name that differs from what visits carry has them refreshed later. */
export async function importOutcomes(
  tx: Transaction,
  incoming: readonly VisitOutcome[],
): Promise<ImportVerdict[]> {
  const known = await tx.outcomes.find(incoming.map(({ id }) => id))
  const present = new Set(known.keys())
  const saved = new Map<number, VisitOutcome>()
  const renamed = new Set<number>()

  const named = new Set<number>()
  for (const { id } of incoming) {
    if ((await tx.visits.findByOutcome(id, 0, 1)).length > 0) named.add(id)
  }
  const verdicts = incoming.map((told): ImportVerdict => {
    const before = known.get(told.id)
    if (before && !before.isDerived && told.updatedAt < before.updatedAt) return 'unchanged'
    const isRenamed = before !== undefined && before.name !== told.name
    const hasOriginalName = before ? before.hasOriginalName && !isRenamed : told.hasOriginalName
    const { isActive, color, icon, position, mergedIntoId } = before ?? told
    const made = { isActive, color, icon, position, mergedIntoId }
    const after = { ...told, hasOriginalName, ...made }
    if (before && sameFields(before, after)) return 'unchanged'
    known.set(told.id, after)
    saved.set(told.id, after)
    if ((!before || isRenamed) && named.has(told.id)) renamed.add(told.id)
    return before ? 'updated' : 'created'
  })
  const placed = await placeImported(
    tx,
    [...saved.values()].filter(({ id }) => !present.has(id)),
  )
  for (const outcome of placed) saved.set(outcome.id, outcome)
  await tx.outcomes.save([...saved.values()], renamed)
  return verdicts
}

/** Leads or contacts. One that was deleted here stays deleted: a person decided that. */
export async function importRecords(
  tx: RecordWrites,
  incoming: readonly SalesRecord[],
): Promise<ImportVerdict[]> {
  const ids = incoming.map(({ id }) => id)
  const known = await tx.find(ids)
  const deleted = await tx.findDeleted(ids)
  const saved = new Map<number, SalesRecord>()
  const verdicts = incoming.map((told): ImportVerdict => {
    const before = known.get(told.id)
    if (deleted.has(told.id)) return 'unchanged'
    if (before && told.updatedAt < before.updatedAt) return 'unchanged'
    const after = {
      ...told,
      point: told.point ?? keptPoint(before, told),
      verificationRadiusM: told.verificationRadiusM ?? before?.verificationRadiusM ?? null,
    }
    if (before && sameFields(before, after)) return 'unchanged'
    known.set(told.id, after)
    saved.set(told.id, after)
    return before ? 'updated' : 'created'
  })
  await tx.save([...saved.values()])
  return verdicts
}

/** A point that was found for another address is of no use; one that a person set stays. */
function keptPoint(before: SalesRecord | undefined, told: SalesRecord): SalesRecord['point'] {
  const isSet = before?.point?.precision === 'pin'
  return before && (isSet || addressOf(before) === addressOf(told)) ? before.point : null
}
