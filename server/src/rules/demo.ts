import type { Context } from '../domain/context.ts'
import { type DemoKind, demoKinds } from '../domain/demo.ts'
import type { SalesRecord } from '../domain/records.ts'
import type { Transaction } from '../domain/store.ts'
import { deletionEvent, type VisitEvent } from '../domain/visit-events.ts'
import type { ResourceKind, Visit } from '../domain/visits.ts'
import { addDefaultOutcomes } from './default-outcomes.ts'
import { settleStops } from './plans.ts'
import { recordsOf } from './records.ts'

/** An object of the demo team that is about to be added. */
export interface DemoObject {
  readonly id: number
  /** Of a user. */
  readonly email?: string
}

/** Notes those that are not there yet: what is there is not of the demo team. */
export async function noteDemo(
  tx: Transaction,
  kind: DemoKind,
  objects: readonly DemoObject[],
): Promise<void> {
  const known = await findKnown(tx, kind, objects)
  await tx.demo.note(
    kind,
    objects.map(({ id }) => id).filter((id) => !known.has(id)),
  )
}

async function findKnown(
  tx: Transaction,
  kind: DemoKind,
  objects: readonly DemoObject[],
): Promise<ReadonlySet<number>> {
  const ids = objects.map(({ id }) => id)
  if (kind === 'visit') return new Set((await tx.visits.find(ids)).keys())
  if (kind === 'visit_outcome') return new Set((await tx.visitOutcomes.find(ids)).keys())
  if (kind !== 'user') return new Set((await recordsOf(tx, kind).find(ids)).keys())
  const emails = objects.flatMap(({ email = [] }) => email)
  const holders = await tx.users.findByEmail(emails)
  const isHeld = ({ email = '' }: DemoObject): boolean => holders.has(email.toLowerCase())
  const held = objects.filter(isHeld).map(({ id }) => id)
  return new Set([...(await tx.users.find(ids)).keys(), ...held])
}

/**
 * Removes up to about `limit` objects of the demo team, with whatever was logged at its customers
 * and whatever its users logged and created. Answers whether there is more to remove.
 */
export async function removeDemo(
  tx: Transaction,
  limit: number,
  context: Context,
): Promise<boolean> {
  for (const kind of demoKinds) {
    const ids = await tx.demo.list(kind, limit)
    if (ids.length === 0) continue
    if (kind === 'visit') await removeVisits(tx, await findVisits(tx, ids), context)
    if (kind === 'lead' || kind === 'contact') {
      if (!(await removeRecords(tx, kind, ids, limit, context))) return true
    }
    if (kind === 'user' && !(await removeUsers(tx, ids, limit, context))) return true
    if (kind === 'visit_outcome') await removeOutcomes(tx, ids, context)
    await tx.demo.forget(kind, ids)
    return true
  }
  return false
}

const findVisits = async (tx: Transaction, ids: readonly number[]): Promise<Visit[]> => [
  ...(await tx.visits.find(ids)).values(),
]

/** Each is an event of the stream. They can be added again: no user of the team deleted them. */
async function removeVisits(
  tx: Transaction,
  visits: readonly Visit[],
  { newEventId }: Context,
): Promise<void> {
  const last = visits.map((visit) => ({ ...visit, sequence: visit.sequence + 1 }))
  await tx.visits.remove(last)
  await settleStops(
    tx,
    last.map(({ id }) => id),
  )
  tx.events.append(
    last.map((visit): VisitEvent => ({ ...deletionEvent(newEventId(), visit), cause: 'system' })),
  )
  const snapshots = await tx.imports.findSnapshots(visits.map(({ id }) => id))
  await tx.imports.saveSnapshots(
    [...snapshots.values()].map((each) => ({ ...each, isDeleted: true, isMissed: true })),
  )
}

/** Visits to the records go first. False: there were as many as may be removed at once. */
async function removeRecords(
  tx: Transaction,
  kind: ResourceKind,
  ids: readonly number[],
  limit: number,
  context: Context,
): Promise<boolean> {
  const records = recordsOf(tx, kind)
  for (const id of ids) {
    const visits = await tx.visits.findByResource(kind, id, limit)
    if (visits.length > 0) {
      await removeVisits(tx, visits, context)
      return false
    }
    await records.remove(id, { by: null, at: context.now })
    await records.restore(id)
  }
  return true
}

/** What the users logged, created and own goes first. False: as much as may be removed at once. */
async function removeUsers(
  tx: Transaction,
  ids: readonly number[],
  limit: number,
  context: Context,
): Promise<boolean> {
  for (const id of ids) {
    const visits = await tx.visits.findByCreator(id, limit)
    if (visits.length > 0) {
      await removeVisits(tx, visits, context)
      return false
    }
    for (const kind of ['lead', 'contact'] as const) {
      const records = recordsOf(tx, kind)
      const created = await records.match({ creatorId: id }, limit)
      if (created.length > 0) {
        const createdIds = created.map((record) => record.id)
        await removeRecords(tx, kind, createdIds, limit, context)
        return false
      }
      const owned = await records.match({ ownerId: id }, limit)
      if (owned.length > 0) {
        await records.save(owned.map((record): SalesRecord => ({ ...record, ownerId: null })))
        return false
      }
    }
  }
  await tx.users.remove(ids)
  return true
}

/** An outcome stays that a visit has, or into which another one was merged. */
async function removeOutcomes(
  tx: Transaction,
  ids: readonly number[],
  { now }: Context,
): Promise<void> {
  const targets = new Set((await tx.visitOutcomes.all()).map(({ mergedIntoId }) => mergedIntoId))
  const unused: number[] = []
  for (const id of ids) {
    const isUsed = targets.has(id) || (await tx.visits.findByOutcome(id, 0, 1)).length > 0
    if (!isUsed) unused.push(id)
  }
  await tx.visitOutcomes.remove(unused)
  const isAnyLeft = (await tx.visitOutcomes.all()).some(({ isActive }) => isActive)
  if (!isAnyLeft) await addDefaultOutcomes(tx, now)
}
