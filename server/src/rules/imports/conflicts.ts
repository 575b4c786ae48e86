import type { Context } from '../../domain/context.ts'
import { DomainError } from '../../domain/errors.ts'
import type { ImportConflict, SellSnapshot } from '../../domain/imports.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../../domain/visit-events.ts'
import { resourceKind, type Visit } from '../../domain/visits.ts'

/** What both the list and the stream tell of a visit, so that the two can be compared. */
type Facts = Pick<
  SellSnapshot,
  | 'creatorId'
  | 'outcomeId'
  | 'status'
  | 'resourceKind'
  | 'resourceId'
  | 'visitedAt'
  | 'summaryDigest'
>

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

const names: Readonly<Record<keyof Facts, string>> = {
  creatorId: 'creator_id',
  outcomeId: 'outcome_id',
  status: 'rep_location_verification_status',
  resourceKind: 'resource_type',
  resourceId: 'resource_id',
  visitedAt: 'visited_at',
  summaryDigest: 'summary',
}
const fields = Object.keys(names) as (keyof Facts)[]

/** Names of the attributes in which the two differ. */
const differences = (one: Facts, other: Facts): string[] =>
  fields.filter((field) => one[field] !== other[field]).map((field) => names[field])

const factsOfTold = (told: SellVisit): Facts => ({
  creatorId: told.creatorId,
  outcomeId: told.outcomeId,
  status: told.status,
  resourceKind: resourceKind(told.resourceType),
  resourceId: told.resourceId,
  visitedAt: wholeSecond(told.visitedAt),
  summaryDigest: digest(told.summary),
})

const factsOfVisit = (visit: Visit): Facts => ({
  creatorId: visit.creatorId,
  outcomeId: visit.outcome?.id ?? null,
  status: visit.status,
  resourceKind: resourceKind(visit.resourceType),
  resourceId: visit.resourceId,
  visitedAt: wholeSecond(visit.visitedAt),
  summaryDigest: digest(visit.summary),
})

/** A number of 53 bits that stands for a text; null stands for none. */
function digest(text: string | null): number {
  if (text === null) return 0
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0) + 1
}

/** Whether Sell tells the same as it told last. */
export const saysTheSame = (told: SellVisit, last: SellSnapshot): boolean =>
  differences(factsOfTold(told), last).length === 0

/** Whether Sell told this before what it told last. */
export function isOlder(told: SellVisit, last: SellSnapshot): boolean {
  const { event } = told
  if (event) {
    if (last.sequence !== null && event.sequence <= last.sequence) return true
    return last.updatedAt !== null && event.at < wholeSecond(last.updatedAt)
  }
  const toldAt = told.updatedAt ?? told.createdAt
  if (last.updatedAt !== null && toldAt < last.updatedAt) return true
  return last.eventAt !== null && wholeSecond(toldAt) < last.eventAt
}

/**
 * What is to be done with what Sell tells. `take`: as decisions/003 says. `leave`: the visit was
 * changed here, and Sell says what it said before. `conflict`: both have changed it.
 */
export type Judgement =
  | { readonly verdict: 'take' | 'leave' }
  | { readonly verdict: 'conflict'; readonly differs: readonly string[] }

/**
 * Compares three states: what Sell told last, what it tells now, and what is here. What it told
 * before, as its stream may again, fills in at most. `merged` gives the outcome that stands here for
 * one of Sell's.
 */
export function judgeTold(
  told: SellVisit,
  last: SellSnapshot | undefined,
  here: Visit | undefined,
  isDeletedHere: boolean,
  merged: (outcomeId: number | null) => number | null,
): Judgement {
  if (!last || (last.isGone && !here)) return { verdict: 'take' }
  const localized = (facts: Facts): Facts => ({ ...facts, outcomeId: merged(facts.outcomeId) })
  if (isOlder(told, last)) {
    // NOTE: what was not taken has left the visit's own sequence behind, so that only this sees it.
    const isBehind = here !== undefined && (here.source.sequence ?? 0) < (last.sequence ?? 0)
    const isAsTold =
      !here || (!last.isGone && differences(factsOfVisit(here), localized(last)).length === 0)
    return { verdict: isAsTold && !isBehind ? 'take' : 'leave' }
  }
  const isUnchangedThere = saysTheSame(told, last)
  const isDeletedThere = told.event?.type === 'deleted'
  if (isDeletedHere || !here) {
    if (!isDeletedHere || isDeletedThere) return { verdict: 'take' }
    return isUnchangedThere ? { verdict: 'leave' } : { verdict: 'conflict', differs: ['deleted'] }
  }
  const ours = factsOfVisit(here)
  const isUnchangedHere = differences(ours, localized(last)).length === 0
  if (isUnchangedHere) return { verdict: 'take' }
  if (isDeletedThere) return { verdict: 'conflict', differs: ['deleted'] }
  if (isUnchangedThere) return { verdict: 'leave' }
  const differs = differences(ours, localized(factsOfTold(told)))
  return differs.length === 0 ? { verdict: 'take' } : { verdict: 'conflict', differs }
}

/** What Sell told last, after it has told this. */
export function noteTold(
  told: SellVisit,
  last: SellSnapshot | undefined,
  comparison: number,
): SellSnapshot {
  const { event } = told
  if (last && isOlder(told, last)) {
    if (event || last.isGone) return last
    const updatedAt = told.updatedAt ?? told.createdAt
    return {
      ...last,
      updatedAt: saysTheSame(told, last)
        ? Math.max(last.updatedAt ?? 0, updatedAt)
        : last.updatedAt,
      comparison: Math.max(last.comparison, comparison),
    }
  }
  const facts = factsOfTold(told)
  const isMoved = last?.resourceId !== facts.resourceId || last.visitedAt !== facts.visitedAt
  const listedAt = isMoved ? null : last.updatedAt
  return {
    id: told.id,
    ...facts,
    updatedAt: event ? listedAt : (told.updatedAt ?? told.createdAt),
    sequence: event?.sequence ?? last?.sequence ?? null,
    eventAt: event?.at ?? last?.eventAt ?? null,
    isGone: event?.type === 'deleted' || (event === undefined && last?.isGone === true),
    isMissed: event?.isMissed === true,
    comparison: Math.max(last?.comparison ?? 0, comparison),
  }
}

/** A conflict as it is kept. */
export const newConflict = (
  told: SellVisit,
  differs: readonly string[],
  now: number,
): Omit<ImportConflict, 'id'> => {
  const { item, ...understood } = told
  return {
    visitId: told.id,
    item: JSON.stringify(item ?? null),
    told: JSON.stringify(understood),
    differs,
    status: 'open',
    createdAt: now,
    resolvedAt: null,
    resolvedBy: null,
  }
}

/**
 * Ends a conflict: what is here stays, or Sell's state replaces it, with an event. Throws
 * `not_found`, and `conflict` when it has been resolved already.
 */
export async function resolveConflict(
  tx: Transaction,
  id: number,
  resolution: 'kept_ours' | 'took_theirs',
  userId: number,
  { now, newEventId }: Context,
): Promise<ImportConflict> {
  const conflict = await tx.imports.findConflict(id)
  if (!conflict) throw new DomainError('not_found', `There is no conflict ${id}.`)
  if (conflict.status !== 'open') {
    throw new DomainError('conflict', `Conflict ${id} is ${conflict.status} already.`)
  }
  if (resolution === 'took_theirs') await takeTheirs(tx, conflict, { now, newEventId })
  const resolved = { ...conflict, status: resolution, resolvedAt: now, resolvedBy: userId }
  await tx.imports.saveConflict(resolved)
  return resolved
}

async function takeTheirs(
  tx: Transaction,
  { told: text }: ImportConflict,
  { now, newEventId }: Context,
): Promise<void> {
  const told: SellVisit = JSON.parse(text)
  const before = (await tx.visits.find([told.id])).get(told.id)
  const isDeletedThere = told.event?.type === 'deleted'
  const event = (
    type: VisitEvent['type'],
    visit: Visit,
    previous?: VisitEvent['previous'],
  ): VisitEvent => ({
    id: newEventId(),
    type,
    cause: 'interaction',
    visit,
    previous,
    at: undefined,
  })
  if (isDeletedThere) {
    if (!before) return
    const last = { ...before, sequence: before.sequence + 1 }
    await tx.visits.remove([last])
    tx.events.append([event('deleted', last)])
    return
  }
  const sequence = before?.sequence ?? (await tx.visits.restore(told.id))
  const outcome = told.outcomeId === null ? undefined : await outcomeHere(tx, told.outcomeId)
  const after: Visit = {
    id: told.id,
    creatorId: told.creatorId,
    outcome:
      told.outcomeId === null
        ? null
        : {
            id: outcome?.id ?? told.outcomeId,
            name: outcome?.name ?? told.outcome?.name ?? null,
            hasOriginalName: outcome?.hasOriginalName ?? true,
          },
    resourceType: told.resourceType,
    resourceId: told.resourceId,
    resourceAddress: told.resourceAddress ?? before?.resourceAddress ?? null,
    status: told.status,
    latitude: told.location?.latitude ?? before?.latitude ?? null,
    longitude: told.location?.longitude ?? before?.longitude ?? null,
    summary: told.summary,
    visitedAt: told.visitedAt,
    createdAt: before?.createdAt ?? told.createdAt,
    updatedAt: told.updatedAt ?? now,
    source: {
      updatedAt: told.updatedAt ?? before?.source.updatedAt ?? null,
      sequence: told.event?.sequence ?? before?.source.sequence ?? null,
      eventAt: told.event?.at ?? before?.source.eventAt ?? null,
    },
    evidence: null,
    sequence: sequence + 1,
  }
  await tx.visits.save([after])
  const previous = before && changedAttributes(before, after)
  tx.events.append([event(before ? 'updated' : 'created', after, previous)])
}

async function outcomeHere(tx: Transaction, id: number) {
  const outcome = (await tx.outcomes.find([id])).get(id)
  const into = outcome?.mergedIntoId ?? null
  return into === null ? outcome : ((await tx.outcomes.find([into])).get(into) ?? outcome)
}
