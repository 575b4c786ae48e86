import type { ImportConflict, SellSnapshot } from '../../domain/imports.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type { SellVisit, ReadContext, ImportVerdict, SellEvent } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import { changedAttributes, type EventType, type VisitEvent } from '../../domain/visit-events.ts'
import { plainOutcome, type VisitOutcome } from '../../domain/visit-outcomes.ts'
import {
  resourceKind,
  type ResourceType,
  type Visit,
  type VisitOutcomeEmbed,
} from '../../domain/visits.ts'
import { placeImported } from '../default-outcomes.ts'
import { isOlder, judgeTold, newConflict, noteTold } from './conflicts.ts'

/**
 * Takes visits in as Sell told them, in this order, and appends an event for each change. Keeps ids
 * and times. What has been taken in before, or is older than what is known, changes nothing. A
 * visit that has been deleted stays deleted. What was changed here is not overwritten: where Sell has
 * changed it too, that becomes a conflict. Answers a verdict for each.
 */
export async function importVisits(
  tx: Transaction,
  incoming: readonly SellVisit[],
  newEventId: () => string,
  { comparison, now }: ReadContext = { comparison: 0, now: 0 },
): Promise<ImportVerdict[]> {
  const ids = incoming.map((visit) => visit.id)
  const known = await tx.visits.find(ids)
  const deleted = await tx.visits.findDeleted(ids)
  const last = await tx.imports.findSellSnapshots(ids)
  const found = await restoreMissed(tx, incoming, last, deleted)
  const outcomes = await importEmbeddedOutcomes(tx, incoming, [...last.values()])
  const standsFor = (id: number | null): number | null =>
    id === null ? null : (outcomes.get(id)?.mergedIntoId ?? id)
  const disputed = await tx.imports.findDisputed(ids)
  /** A number: the conflict of this visit has become void. */
  const conflicts: (Omit<ImportConflict, 'id'> | number)[] = []
  const saved = new Map<number, Visit>()
  const removed = new Map<number, Pick<Visit, 'id' | 'sequence'>>()
  const events: VisitEvent[] = []

  const verdicts = incoming.map((item): ImportVerdict => {
    const told = followMerge(item, outcomes)
    const before = known.get(told.id)
    const toldLast = last.get(item.id)
    const judged = judgeTold(item, toldLast, before, deleted.has(item.id), standsFor)
    last.set(item.id, noteTold(item, toldLast, comparison))
    if (judged.verdict === 'conflict') {
      conflicts.push(newConflict(item, judged.differs, now))
      disputed.add(item.id)
      return 'conflict'
    }
    const isNews = judged.verdict === 'take' && !(toldLast && isOlder(item, toldLast))
    if (isNews && disputed.delete(item.id)) conflicts.push(item.id)
    if (deleted.has(told.id) || judged.verdict === 'leave') return 'unchanged'
    if (told.event?.type === 'deleted') {
      deleted.add(told.id)
      saved.delete(told.id)
      if (!before) {
        removed.set(told.id, { id: told.id, sequence: 0 })
        return 'unchanged'
      }
      const last = { ...before, sequence: before.sequence + 1 }
      removed.set(told.id, last)
      events.push(importEvent('deleted', last, undefined, told.event, newEventId))
      return 'updated'
    }
    const merged = mergeVisit(before, told, outcomes)
    if (before && sameVisit(before, merged)) {
      if (!sameSource(before, merged)) saved.set(told.id, merged)
      known.set(told.id, merged)
      return 'unchanged'
    }
    const after = { ...merged, sequence: (before?.sequence ?? found.get(told.id) ?? 0) + 1 }
    known.set(told.id, after)
    saved.set(told.id, after)
    const previous = before && changedAttributes(before, after)
    events.push(
      importEvent(before ? 'updated' : 'created', after, previous, told.event, newEventId),
    )
    return before ? 'updated' : 'created'
  })

  await tx.visits.save([...saved.values()])
  await tx.visits.remove([...removed.values()])
  await tx.imports.saveSellSnapshots([...last.values()])
  for (const conflict of conflicts) {
    if (typeof conflict === 'number') await tx.imports.supersedeConflict(conflict)
    else await tx.imports.addConflict(conflict)
  }
  tx.events.append(events)
  return verdicts
}

/**
 * A visit that a comparison missed and that a list tells again was never deleted: it comes back, and what
 * was made up about its end is forgotten. Answers the last sequence of each.
 */
async function restoreMissed(
  tx: Transaction,
  incoming: readonly SellVisit[],
  last: Map<number, SellSnapshot>,
  deleted: Set<number>,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  for (const { id, event } of incoming) {
    if (event || last.get(id)?.isMissed !== true) continue
    last.delete(id)
    if (deleted.delete(id)) found.set(id, await tx.visits.restore(id))
  }
  return found
}

/** What is known of a visit after Sell has told this much of it. Its sequence stays. */
export function mergeVisit(
  before: Visit | undefined,
  told: SellVisit,
  outcomes: ReadonlyMap<number, VisitOutcome>,
): Visit {
  if (!before) return firstVisit(told, outcomes)
  return told.event
    ? mergeStreamItem(before, told, told.event)
    : mergeRestItem(before, told, outcomes)
}

function firstVisit(told: SellVisit, outcomes: ReadonlyMap<number, VisitOutcome>): Visit {
  const heardAt = told.event && Math.max(told.event.at, told.createdAt)
  return {
    id: told.id,
    creatorId: told.creatorId,
    outcome: embedOutcome(undefined, told, outcomes),
    resourceType: told.resourceType,
    resourceId: told.resourceId,
    resourceAddress: told.resourceAddress ?? null,
    status: told.status,
    latitude: told.location?.latitude ?? null,
    longitude: told.location?.longitude ?? null,
    summary: told.summary,
    visitedAt: told.visitedAt,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt ?? heardAt ?? told.createdAt,
    source: {
      updatedAt: told.updatedAt ?? null,
      sequence: told.event?.sequence ?? null,
      eventAt: told.event?.at ?? null,
    },
    evidence: null,
    sequence: 0,
  }
}

/**
 * The list tells the address and milliseconds, but not which event of the stream it follows: where
 * it tells something else and an event came later, it is from before that event.
 */
function mergeRestItem(
  before: Visit,
  told: SellVisit,
  outcomes: ReadonlyMap<number, VisitOutcome>,
): Visit {
  const toldAt = told.updatedAt ?? told.createdAt
  if (before.source.updatedAt !== null && toldAt < before.source.updatedAt) return before
  const location = told.location === undefined ? before : spread(told.location)
  const after = {
    ...before,
    creatorId: told.creatorId,
    outcome: embedOutcome(before, told, outcomes),
    resourceType: keepResourceType(before, told),
    resourceId: told.resourceId,
    resourceAddress: told.resourceAddress ?? null,
    status: told.status,
    latitude: location.latitude,
    longitude: location.longitude,
    summary: told.summary,
    visitedAt: told.visitedAt,
    createdAt: told.createdAt,
    updatedAt: toldAt,
    source: { ...before.source, updatedAt: toldAt },
  }
  const { eventAt } = before.source
  const isOlder = eventAt !== null && wholeSecond(toldAt) < eventAt && !sameToStream(before, after)
  if (!isOlder) return after
  return {
    ...before,
    resourceAddress: before.resourceAddress ?? after.resourceAddress,
    visitedAt: keepMillis(after.visitedAt, before.visitedAt),
    createdAt: keepMillis(after.createdAt, before.createdAt),
    source: after.source,
  }
}

/**
 * The stream tells the coordinates and the outcome's name, but times in whole seconds, no address
 * and no `updated_at`. An event older than what is known adds only what was not known yet.
 */
function mergeStreamItem(before: Visit, told: SellVisit, event: SellEvent): Visit {
  const { sequence, updatedAt } = before.source
  if (sequence !== null && event.sequence <= sequence) return before
  const source = { updatedAt, sequence: event.sequence, eventAt: event.at }
  const embed = told.outcome ?? null
  if (updatedAt !== null && event.at < wholeSecond(updatedAt)) {
    const isSameOutcome = embed !== null && embed.id === before.outcome?.id
    return {
      ...before,
      outcome: isSameOutcome && before.outcome.name === null ? embed : before.outcome,
      latitude: before.latitude ?? told.location?.latitude ?? null,
      longitude: before.longitude ?? told.location?.longitude ?? null,
      source,
    }
  }
  const after = {
    ...before,
    creatorId: told.creatorId,
    outcome: embed,
    resourceType: told.resourceType,
    resourceId: told.resourceId,
    status: told.status,
    ...spread(told.location),
    summary: told.summary,
    visitedAt: keepMillis(before.visitedAt, told.visitedAt),
    createdAt: keepMillis(before.createdAt, told.createdAt),
    source,
  }
  return sameToList(before, after)
    ? after
    : { ...after, updatedAt: Math.max(before.updatedAt, event.at) }
}

/** Whether two states of a visit differ only in what the list does not tell. */
const sameToList = (a: Visit, b: Visit): boolean =>
  sameVisit(a, {
    ...b,
    outcome: a.outcome?.id === b.outcome?.id ? a.outcome : b.outcome,
    resourceType:
      resourceKind(a.resourceType) === resourceKind(b.resourceType)
        ? a.resourceType
        : b.resourceType,
    latitude: a.latitude,
    longitude: a.longitude,
  })

/** Whether two states of a visit differ only in what the stream does not tell. */
const sameToStream = (a: Visit, b: Visit): boolean =>
  sameVisit(a, {
    ...b,
    visitedAt: keepMillis(a.visitedAt, wholeSecond(b.visitedAt)),
    createdAt: keepMillis(a.createdAt, wholeSecond(b.createdAt)),
    resourceAddress: a.resourceAddress,
    updatedAt: a.updatedAt,
  })

const spread = (location: SellVisit['location']) => ({
  latitude: location?.latitude ?? null,
  longitude: location?.longitude ?? null,
})

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

/** A whole second that says nothing new leaves the milliseconds as they are. */
const keepMillis = (before: number, told: number): number =>
  wholeSecond(before) === told ? before : told

/** `/v2/visits` says `contact` for a `prospect_and_customer` too. */
const keepResourceType = (before: Visit, told: SellVisit): ResourceType =>
  before.resourceId === told.resourceId && resourceKind(before.resourceType) === told.resourceType
    ? before.resourceType
    : told.resourceType

function embedOutcome(
  before: Visit | undefined,
  told: SellVisit,
  outcomes: ReadonlyMap<number, VisitOutcome>,
): VisitOutcomeEmbed | null {
  if (told.outcome) return told.outcome
  if (told.outcomeId === null) return null
  const known = outcomes.get(told.outcomeId)
  if (before?.outcome?.id === told.outcomeId && (before.outcome.name !== null || !known)) {
    return before.outcome
  }
  return {
    id: told.outcomeId,
    name: known?.name ?? null,
    hasOriginalName: known?.hasOriginalName ?? true,
  }
}

/** Outcomes by id; those that only the stream has told of are kept from now on. */
async function importEmbeddedOutcomes(
  tx: Transaction,
  incoming: readonly SellVisit[],
  last: readonly Pick<SellVisit, 'outcomeId'>[],
): Promise<ReadonlyMap<number, VisitOutcome>> {
  const ids = new Set([...incoming, ...last].flatMap((visit) => visit.outcomeId ?? []))
  const known = await tx.outcomes.find([...ids])
  const found = new Map<number, VisitOutcome>()
  for (const { outcome, event, createdAt } of incoming) {
    if (!outcome || outcome.name === null) continue
    const before = found.get(outcome.id) ?? known.get(outcome.id)
    const at = event?.at ?? createdAt
    if (before && (!before.isDerived || before.updatedAt >= at)) continue
    found.set(outcome.id, {
      ...(before ?? plainOutcome),
      id: outcome.id,
      name: outcome.name,
      hasOriginalName: outcome.hasOriginalName,
      isDerived: true,
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    })
  }
  const placed = await placeImported(
    tx,
    [...found.values()].filter(({ id }) => !known.has(id)),
  )
  for (const outcome of placed) found.set(outcome.id, outcome)
  await tx.outcomes.save([...found.values()], new Set())
  const mergedInto = [...known.values()].flatMap(({ mergedIntoId }) => mergedIntoId ?? [])
  return new Map([...known, ...(await tx.outcomes.find(mergedInto)), ...found])
}

/** Sell does not know that an outcome was merged into another one here. */
function followMerge(told: SellVisit, outcomes: ReadonlyMap<number, VisitOutcome>): SellVisit {
  const mergedIntoId = outcomes.get(told.outcomeId ?? 0)?.mergedIntoId ?? null
  const into = mergedIntoId === null ? undefined : outcomes.get(mergedIntoId)
  if (!into) return told
  const { id, name, hasOriginalName } = into
  return {
    ...told,
    outcomeId: id,
    ...(told.outcome && { outcome: { id, name, hasOriginalName } }),
  }
}

const sameVisit = (a: Visit, b: Visit): boolean =>
  sameFields(a, { ...b, source: a.source, sequence: a.sequence })

const sameSource = (a: Visit, b: Visit): boolean => sameFields(a.source, b.source)

/**
 * Sell's own event is passed on as it was where it is the visit's next event here, so that readers
 * who have seen it know it again; anything else is an event of this server's import.
 */
function importEvent(
  type: EventType,
  visit: Visit,
  previous: VisitEvent['previous'],
  event: SellEvent | undefined,
  newEventId: () => string,
): VisitEvent {
  const isNext = event?.type === type && event.sequence === visit.sequence
  return isNext
    ? { id: event.id, type, cause: event.cause, visit, previous, at: event.at }
    : { id: newEventId(), type, cause: 'system', visit, previous, at: undefined }
}
