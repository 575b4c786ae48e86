import type { Account } from '../../domain/accounts.ts'
import { addressOf } from '../../domain/record-address.ts'
import type { SalesRecord, RecordWrites } from '../../domain/records.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type { ImportResult, ImportEffect } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import type { User } from '../../domain/users.ts'
import type { VisitOutcome } from '../../domain/visit-outcomes.ts'
import { noteImportedUser } from '../audited.ts'
import { placeImported } from '../default-outcomes.ts'
import { endAccess } from '../users.ts'
import { moveCreations } from './renumbered-users.ts'

/** Replaces the account's attributes. */
export async function importAccount(tx: Transaction, sent: Account): Promise<ImportResult> {
  const before = await tx.account.find()
  // NOTE: how often customers are to be visited is set in Doorstep, and Sell knows nothing of it.
  const after = { ...sent, visitEveryDays: before.visitEveryDays }
  if (sameFields(before, after)) return 'unchanged'
  await tx.account.save(after)
  return 'updated'
}

/**
 * A local user with the e-mail address of an imported one becomes that user: the id changes, while
 * password, tokens, status and an admin's role stay. Whatever still names their former id follows.
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
  for (const sent of incoming) {
    const email = sent.email.toLowerCase()
    const namesake = byEmail.get(email)
    const holder = byId.get(sent.id)
    if (namesake && namesake.id !== sent.id) {
      if (holder || namesake.id < firstLocalId || saved.has(namesake.id)) {
        results.push({ rejected: `e-mail already belongs to user ${namesake.id}` })
        continue
      }
      await tx.users.changeId(namesake.id, sent.id)
      await moveCreations(tx, namesake.id, sent.id, newEventId)
    }
    if (holder && sent.updatedAt < holder.updatedAt) {
      results.push('unchanged')
      continue
    }
    const before = holder ?? namesake
    const after = mergeUser(sent, holder, namesake)
    if (holder && sameFields(holder, after)) {
      results.push('unchanged')
      continue
    }
    byId.set(sent.id, after)
    if (before) byEmail.delete(before.email.toLowerCase())
    byEmail.set(email, after)
    saved.set(sent.id, after)
    await noteImportedUser(tx, before, after)
    // NOTE: the time of the revocation is only shown, so Sell's will do.
    if (before && after.status === 'inactive') await endAccess(tx, sent.id, after.updatedAt)
    results.push(before ? 'updated' : 'created')
  }
  await tx.users.save([...saved.values()])
  for (const [id, from] of await tx.users.findFormerIds(incoming.map(({ id }) => id))) {
    await tx.users.changeReferences(from, id)
    await moveCreations(tx, from, id, newEventId)
  }
  return results
}

/**
 * The user after an item. `holder` has the id, `namesake` the e-mail address; they are the same user,
 * or the item adds the user or gives a local one its id.
 */
function mergeUser(sent: User, holder: User | undefined, namesake: User | undefined): User {
  const before = holder ?? namesake
  if (!before) return sent
  const keepsAdmin = before.role === 'admin' && namesake !== undefined
  // An item that was imported already, or gives a local user its id, says nothing new of the status.
  const isNews = holder !== undefined && sent.updatedAt > holder.updatedAt
  // NOTE: who is inactive here may have been shut out here. Only an admin lets them in again.
  const follows = isNews && before.status === 'active' && !keepsAdmin
  return {
    ...sent,
    role: keepsAdmin ? 'admin' : sent.role,
    status: follows ? sent.status : before.status,
  }
}

/** Saves outcomes. A background job updates the visits of renamed ones. */
export async function importOutcomes(
  tx: Transaction,
  incoming: readonly VisitOutcome[],
): Promise<ImportEffect[]> {
  const stored = await tx.visitOutcomes.find(incoming.map(({ id }) => id))
  const storedIds = new Set(stored.keys())
  const saved = new Map<number, VisitOutcome>()
  const renamed = new Set<number>()

  const visited = new Set<number>()
  for (const { id } of incoming) {
    if ((await tx.visits.findByOutcome(id, 0, 1)).length > 0) visited.add(id)
  }
  const effects = incoming.map((sent): ImportEffect => {
    const before = stored.get(sent.id)
    if (before && !before.isDerived && sent.updatedAt < before.updatedAt) return 'unchanged'
    const isRenamed = before !== undefined && before.name !== sent.name
    const hasOriginalName = before ? before.hasOriginalName && !isRenamed : sent.hasOriginalName
    const { isActive, color, icon, position, mergedIntoId } = before ?? sent
    const local = { isActive, color, icon, position, mergedIntoId }
    const after = { ...sent, hasOriginalName, ...local }
    if (before && sameFields(before, after)) return 'unchanged'
    stored.set(sent.id, after)
    saved.set(sent.id, after)
    if ((!before || isRenamed) && visited.has(sent.id)) renamed.add(sent.id)
    return before ? 'updated' : 'created'
  })
  const placed = await placeImported(
    tx,
    [...saved.values()].filter(({ id }) => !storedIds.has(id)),
  )
  for (const outcome of placed) saved.set(outcome.id, outcome)
  await tx.visitOutcomes.save([...saved.values()], renamed)
  return effects
}

/** Saves leads or contacts. A record that was deleted here stays deleted. */
export async function importRecords(
  tx: RecordWrites,
  incoming: readonly SalesRecord[],
): Promise<ImportEffect[]> {
  const ids = incoming.map(({ id }) => id)
  const stored = await tx.find(ids)
  const deleted = await tx.findDeleted(ids)
  const saved = new Map<number, SalesRecord>()
  const effects = incoming.map((sent): ImportEffect => {
    const before = stored.get(sent.id)
    if (deleted.has(sent.id)) return 'unchanged'
    if (before && sent.updatedAt < before.updatedAt) return 'unchanged'
    const after = {
      ...sent,
      point: mergePoint(before, sent),
      ...(before?.visitEveryDays !== undefined && { visitEveryDays: before.visitEveryDays }),
      // NOTE: who set the radius stays known when an item only repeats it.
      ...((sent.verificationRadiusM ?? before?.verificationRadiusM) ===
        before?.verificationRadiusM && {
        verificationRadiusM: before?.verificationRadiusM ?? null,
        radiusSetBy: before?.radiusSetBy,
      }),
    }
    if (before && sameFields(before, after)) return 'unchanged'
    stored.set(sent.id, after)
    saved.set(sent.id, after)
    return before ? 'updated' : 'created'
  })
  await tx.save([...saved.values()])
  return effects
}

/**
 * The point that was sent. The present one stays if the item repeats it, so that it is still known who
 * set it, or if none was sent and it belongs to the same address or a user set it.
 */
function mergePoint(before: SalesRecord | undefined, sent: SalesRecord): SalesRecord['point'] {
  const present = before?.point ?? null
  if (sent.point) {
    const isRepeated =
      present !== null && sameFields({ ...present, placedBy: sent.point.placedBy }, sent.point)
    return isRepeated ? present : sent.point
  }
  const isSet = present?.precision === 'pin' || present?.placedBy !== undefined
  return before && (isSet || addressOf(before) === addressOf(sent)) ? present : null
}
