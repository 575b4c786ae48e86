import { wholeSecond } from '../../domain/clock.ts'
import type { SellVisit, SellSnapshot } from '../../domain/sell-visits.ts'
import { resourceKind, type Visit } from '../../domain/visits.ts'
import { isBeforeList } from './merge.ts'

/** The attributes that both the list and the stream carry, so that any two states compare. */
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

/** API names of the attributes in which the two differ. */
const differences = (one: Facts, other: Facts): string[] =>
  fields.filter((field) => one[field] !== other[field]).map((field) => names[field])

const factsOf = (visit: SellVisit | Visit, outcomeId: number | null): Facts => ({
  creatorId: visit.creatorId,
  outcomeId,
  status: visit.status,
  resourceKind: resourceKind(visit.resourceType),
  resourceId: visit.resourceId,
  visitedAt: wholeSecond(visit.visitedAt),
  summaryDigest: digest(visit.summary),
})

const factsOfSent = (sent: SellVisit): Facts => factsOf(sent, sent.outcomeId)

const factsOfStored = (visit: Visit): Facts => factsOf(visit, visit.outcome?.id ?? null)

/** A hash of 53 bits of a text; 0 for null. */
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

/** Whether Sell sends what it sent last. */
export const matchesSnapshot = (sent: SellVisit, last: SellSnapshot): boolean =>
  differences(factsOfSent(sent), last).length === 0

/** Whether an item is older than what Sell sent last, by the rules of `mergeVisit`. */
export function isOlder(sent: SellVisit, last: SellSnapshot, isPresent = false): boolean {
  const { event } = sent
  const isSame = matchesSnapshot(sent, last)
  if (event) {
    if (last.sequence !== null && event.sequence <= last.sequence) return true
    if (last.updatedAt === null) return false
    return isBeforeList(event, wholeSecond(last.updatedAt), last.eventAt, isSame)
  }
  const sentAt = sent.updatedAt ?? sent.createdAt
  if (last.updatedAt !== null && sentAt < last.updatedAt) return true
  if (sentAt === last.updatedAt && !isPresent) return true
  if (last.eventAt === null || wholeSecond(sentAt) > last.eventAt) return false
  return wholeSecond(sentAt) < last.eventAt || !isSame
}

/**
 * What to do with an item from Sell. `merge`: merge it by age (decisions/003). `skip`: the visit
 * was changed here, and Sell sends nothing new. `conflict`: it was changed here and in Sell;
 * `differs` holds the API names of the attributes, or `deleted`.
 */
export type ImportDecision =
  | { readonly action: 'merge' | 'skip' }
  | { readonly action: 'conflict'; readonly differs: readonly string[] }

/** Three states of a visit. */
export interface ThreeStates {
  readonly sent: SellVisit
  /** What Sell sent last; undefined: nothing so far. */
  readonly last: SellSnapshot | undefined
  /** The visit stored here, if any. */
  readonly here: Visit | undefined
  /** Whether the visit was here and has been deleted. */
  readonly isDeletedHere: boolean
  /** See `ReadContext`. */
  readonly isPresent: boolean
}

/**
 * Compares what Sell sends now, what it sent last, and what is stored here. An older item, which
 * the stream may repeat, never causes a conflict; merging it only fills gaps. `outcomeHere` maps an
 * outcome's id in Sell to the outcome that it was merged into here.
 */
export function compareThreeWays(
  { sent, last, here, isDeletedHere, isPresent }: ThreeStates,
  outcomeHere: (id: number | null) => number | null,
): ImportDecision {
  if (!last || (last.isDeleted && !here)) return { action: 'merge' }
  const localized = (facts: Facts): Facts => ({ ...facts, outcomeId: outcomeHere(facts.outcomeId) })
  if (isOlder(sent, last, isPresent)) {
    // NOTE: only the snapshot's sequence grows with a skipped event, the visit's own lags behind.
    const isBehind = here !== undefined && (here.source.sequence ?? 0) < (last.sequence ?? 0)
    const isUnchangedHere =
      !here || (!last.isDeleted && differences(factsOfStored(here), localized(last)).length === 0)
    return { action: isUnchangedHere && !isBehind ? 'merge' : 'skip' }
  }
  const isUnchangedThere = matchesSnapshot(sent, last)
  const isDeletedThere = sent.event?.type === 'deleted'
  if (isDeletedHere || !here) {
    if (!isDeletedHere || isDeletedThere) return { action: 'merge' }
    return isUnchangedThere ? { action: 'skip' } : { action: 'conflict', differs: ['deleted'] }
  }
  const ours = factsOfStored(here)
  if (differences(ours, localized(last)).length === 0) return { action: 'merge' }
  if (isDeletedThere) return { action: 'conflict', differs: ['deleted'] }
  if (isUnchangedThere) return { action: 'skip' }
  const differs = differences(ours, localized(factsOfSent(sent)))
  return differs.length === 0 ? { action: 'merge' } : { action: 'conflict', differs }
}

/** Whether a visit shows what the item says, by `outcomeHere` of `compareThreeWays`. */
export const isTaken = (
  sent: SellVisit,
  here: Visit,
  outcomeHere: (id: number | null) => number | null,
): boolean => {
  const facts = factsOfSent(sent)
  const localized = { ...facts, outcomeId: outcomeHere(facts.outcomeId) }
  return differences(factsOfStored(here), localized).length === 0
}

/** The snapshot to store after an item: what Sell has sent last by then. `isOld`: not this item. */
export function nextSnapshot(
  sent: SellVisit,
  last: SellSnapshot | undefined,
  pass: number,
  isOld: boolean,
): SellSnapshot {
  const { event } = sent
  if (last && isOld) {
    if (event) return { ...last, sequence: Math.max(last.sequence ?? 0, event.sequence) }
    if (last.isDeleted) return last
    const updatedAt = sent.updatedAt ?? sent.createdAt
    return {
      ...last,
      updatedAt: matchesSnapshot(sent, last)
        ? Math.max(last.updatedAt ?? 0, updatedAt)
        : last.updatedAt,
      pass: Math.max(last.pass, pass),
    }
  }
  const facts = factsOfSent(sent)
  const isMoved = last?.resourceId !== facts.resourceId || last.visitedAt !== facts.visitedAt
  const listedAt = isMoved ? null : last.updatedAt
  const sentAt = sent.updatedAt ?? sent.createdAt
  return {
    id: sent.id,
    ...facts,
    updatedAt: event ? listedAt : Math.max(last?.updatedAt ?? sentAt, sentAt),
    sequence: event ? Math.max(last?.sequence ?? 0, event.sequence) : (last?.sequence ?? null),
    eventAt: event?.at ?? last?.eventAt ?? null,
    isDeleted: event?.type === 'deleted' || (event === undefined && last?.isDeleted === true),
    isMissed: event?.isMissed === true,
    pass: Math.max(last?.pass ?? 0, pass),
  }
}
