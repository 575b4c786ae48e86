import type { ImportConflict } from '../../domain/import-conflicts.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type {
  ImportResult,
  ImportEffect,
  ReadContext,
  SellEvent,
  SellVisit,
  SellSnapshot,
} from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../../domain/visit-events.ts'
import type { VisitOutcome } from '../../domain/visit-outcomes.ts'
import type { Visit } from '../../domain/visits.ts'
import { markStops, settleStops } from '../plans.ts'
import { newConflict } from './conflicts.ts'
import { followMerge, importEmbeddedOutcomes } from './embedded-outcomes.ts'
import { mergeVisit, sameVisit } from './merge.ts'
import { compareThreeWays, isOlder, isTaken, nextSnapshot } from './three-way.ts'

/** A batch of items: what is stored of their visits, and what to save when all are decided. */
interface Batch {
  readonly stored: Map<number, Visit>
  readonly deleted: Set<number>
  readonly snapshots: Map<number, SellSnapshot>
  /** Last sequence of each visit that the batch restores. */
  readonly restored: ReadonlyMap<number, number>
  readonly outcomes: ReadonlyMap<number, VisitOutcome>
  /** Visits with an open conflict. */
  readonly disputed: Set<number>
  /** Visits that were logged here. */
  readonly ours: ReadonlySet<number>
  readonly saved: Map<number, Visit>
  readonly removed: Map<number, Pick<Visit, 'id' | 'sequence'>>
  readonly events: VisitEvent[]
  /** New conflicts and, as numbers, visits whose open conflict is superseded; in this order. */
  readonly conflicts: (Omit<ImportConflict, 'id'> | number)[]
}

/**
 * Imports visits as Sell sent them, in this order, and appends an event for each change. Ids and
 * times stay as sent. An item that was imported before, or is older than the visit, changes
 * nothing. A deleted visit stays deleted. Changes made here are not overwritten: if Sell has
 * changed the visit too, that becomes a conflict. A visit that was logged here is none of Sell's:
 * items with its id are rejected. Answers an effect for each item.
 */
export async function importVisits(
  tx: Transaction,
  incoming: readonly SellVisit[],
  newEventId: () => string,
  context: ReadContext = { pass: 0, now: 0 },
): Promise<ImportResult[]> {
  const batch = await readBatch(tx, incoming)
  const results = incoming.map((item): ImportResult =>
    batch.ours.has(item.id)
      ? { rejected: `visit ${item.id} was logged here, and no import changes it` }
      : importVisit(batch, item, newEventId, context),
  )
  await saveBatch(tx, batch)
  return results
}

async function readBatch(tx: Transaction, incoming: readonly SellVisit[]): Promise<Batch> {
  const ids = incoming.map((visit) => visit.id)
  const stored = await tx.visits.find(ids)
  const deleted = await tx.visits.findDeleted(ids)
  const snapshots = await tx.imports.findSnapshots(ids)
  const firstLocalId = await tx.account.firstLocalId()
  const restored = await restoreMissed(tx, incoming, snapshots, deleted)
  // Whatever was imported has a snapshot.
  const isOurs = (id: number): boolean => id >= firstLocalId && !snapshots.has(id)
  return {
    stored,
    deleted,
    snapshots,
    restored,
    outcomes: await importEmbeddedOutcomes(tx, incoming, [...snapshots.values()]),
    disputed: await tx.imports.findDisputed(ids),
    ours: new Set([...stored.keys(), ...deleted].filter(isOurs)),
    saved: new Map(),
    removed: new Map(),
    events: [],
    conflicts: [],
  }
}

/**
 * A full pass that missed a visit had it deleted. If a list names the visit again, it never was:
 * this restores it and drops the snapshot of its deletion. Answers the last sequence of each.
 */
async function restoreMissed(
  tx: Transaction,
  incoming: readonly SellVisit[],
  snapshots: Map<number, SellSnapshot>,
  deleted: Set<number>,
): Promise<ReadonlyMap<number, number>> {
  const restored = new Map<number, number>()
  for (const { id, event } of incoming) {
    if (event || snapshots.get(id)?.isMissed !== true) continue
    snapshots.delete(id)
    if (deleted.delete(id)) restored.set(id, await tx.visits.restore(id))
  }
  return restored
}

async function saveBatch(
  tx: Transaction,
  { saved, removed, snapshots, conflicts, events }: Batch,
): Promise<void> {
  await tx.visits.save([...saved.values()])
  await tx.visits.remove([...removed.values()])
  await settleStops(tx, [...saved.keys(), ...removed.keys()])
  for (const [creatorId, visits] of Map.groupBy(saved.values(), (visit) => visit.creatorId)) {
    await markStops(tx, creatorId, visits)
  }
  await tx.imports.saveSnapshots([...snapshots.values()])
  for (const conflict of conflicts) {
    if (typeof conflict === 'number') await tx.imports.supersedeConflict(conflict)
    else await tx.imports.addConflict(conflict)
  }
  tx.events.append(events)
}

/** Decides on one item, which later items of the batch then build on. */
function importVisit(
  batch: Batch,
  item: SellVisit,
  newEventId: () => string,
  context: ReadContext,
): ImportEffect {
  const { id } = item
  const { isPresent = false, now } = context
  const { snapshots, deleted, disputed, conflicts, outcomes } = batch
  const last = snapshots.get(id)
  const outcomeHere = (outcomeId: number | null): number | null =>
    outcomeId === null ? null : (outcomes.get(outcomeId)?.mergedIntoId ?? outcomeId)
  const decision = compareThreeWays(
    {
      sent: item,
      last,
      here: batch.stored.get(id),
      isDeletedHere: deleted.has(id),
      isPresent,
    },
    outcomeHere,
  )
  const isOld = last !== undefined && isOlder(item, last, isPresent)
  snapshots.set(id, nextSnapshot(item, last, context.pass, isOld))
  if (decision.action === 'conflict') {
    conflicts.push(newConflict(item, decision.differs, now))
    disputed.add(id)
    return 'conflict'
  }
  if (decision.action === 'merge' && !isOld && disputed.delete(id)) conflicts.push(id)
  if (deleted.has(id) || decision.action === 'skip') return 'unchanged'
  if (item.event?.type === 'deleted') {
    // NOTE: a deletion counts at any age.
    snapshots.set(id, nextSnapshot(item, last, context.pass, false))
    return removeVisit(batch, id, item.event, newEventId)
  }
  const effect = saveVisit(batch, followMerge(item, outcomes), newEventId, isPresent)
  // NOTE: the visit decides on the item's age. Else the two would differ as if it were changed here.
  const here = batch.stored.get(id)
  const isLeft = here !== undefined && !isTaken(item, here, outcomeHere)
  snapshots.set(id, nextSnapshot(item, last, context.pass, isLeft))
  return effect
}

function removeVisit(
  { stored, deleted, saved, removed, events }: Batch,
  id: number,
  event: SellEvent,
  newEventId: () => string,
): ImportEffect {
  const before = stored.get(id)
  deleted.add(id)
  saved.delete(id)
  if (!before) {
    removed.set(id, { id, sequence: 0 })
    return 'unchanged'
  }
  const visit = { ...before, sequence: before.sequence + 1 }
  removed.set(id, visit)
  events.push(importEvent({ type: 'deleted', visit, previous: undefined }, event, newEventId))
  return 'updated'
}

function saveVisit(
  { stored, saved, restored, outcomes, events }: Batch,
  sent: SellVisit,
  newEventId: () => string,
  isPresent: boolean,
): ImportEffect {
  const { id } = sent
  const before = stored.get(id)
  const merged = mergeVisit(before, sent, outcomes, isPresent)
  if (before && sameVisit(before, merged)) {
    if (!sameFields(before.source, merged.source)) saved.set(id, merged)
    stored.set(id, merged)
    return 'unchanged'
  }
  const visit = { ...merged, sequence: (before?.sequence ?? restored.get(id) ?? 0) + 1 }
  stored.set(id, visit)
  saved.set(id, visit)
  const type = before ? 'updated' : 'created'
  const previous = before && changedAttributes(before, visit)
  events.push(importEvent({ type, visit, previous }, sent.event, newEventId))
  return type
}

/**
 * If Sell's own event is the visit's next event here, it keeps its id and time, so that readers
 * recognize it. Otherwise the change is an event of this server with cause `system`.
 */
function importEvent(
  change: Pick<VisitEvent, 'type' | 'visit' | 'previous'>,
  event: SellEvent | undefined,
  newEventId: () => string,
): VisitEvent {
  return event?.type === change.type && event.sequence === change.visit.sequence
    ? { ...change, id: event.id, cause: event.cause, at: event.at }
    : { ...change, id: newEventId(), cause: 'system', at: undefined }
}
