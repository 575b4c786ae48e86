import { wholeSecond } from '../../domain/clock.ts'
import { sameFields } from '../../domain/same-fields.ts'
import type { SellEvent, SellVisit } from '../../domain/sell-visits.ts'
import type { VisitOutcome } from '../../domain/visit-outcomes.ts'
import {
  resourceKind,
  type ResourceType,
  type Visit,
  type VisitOutcomeEmbed,
} from '../../domain/visits.ts'
import { reviewStateAfter, reviewStateOf } from '../review-states.ts'

type Outcomes = ReadonlyMap<number, VisitOutcome>

/**
 * The visit after an item from Sell, merged by age (decisions/003). `before` is the visit stored
 * here; undefined: there is none yet. Keeps the visit's `sequence`. `outcomes`: by id, for the
 * names that list items lack. `isPresent`: see `ReadContext`.
 */
export function mergeVisit(
  before: Visit | undefined,
  sent: SellVisit,
  outcomes: Outcomes,
  isPresent = false,
): Visit {
  if (!before) return newVisit(sent, outcomes)
  const after = sent.event
    ? mergeStreamItem(before, sent, sent.event)
    : mergeListItem(before, sent, outcomes, isPresent)
  return { ...after, review: reviewStateAfter(before, after) }
}

/** A visit that holds only what Sell sent, with sequence 0: it has no event here yet. */
export function newVisit(sent: SellVisit, outcomes: Outcomes): Visit {
  const sentAt = sent.event && Math.max(sent.event.at, sent.createdAt)
  return {
    id: sent.id,
    creatorId: sent.creatorId,
    outcome: embedOutcome(undefined, sent, outcomes),
    resourceType: sent.resourceType,
    resourceId: sent.resourceId,
    resourceAddress: sent.resourceAddress ?? null,
    status: sent.status,
    ...coordinates(sent.location),
    summary: sent.summary,
    visitedAt: sent.visitedAt,
    createdAt: sent.createdAt,
    updatedAt: sent.updatedAt ?? sentAt ?? sent.createdAt,
    source: {
      updatedAt: sent.updatedAt ?? null,
      sequence: sent.event?.sequence ?? null,
      eventAt: sent.event?.at ?? null,
    },
    evidence: null,
    review: reviewStateOf({ status: sent.status, evidence: null }),
    sequence: 0,
  }
}

/**
 * A list item has the address and milliseconds, but does not name the stream event that it follows.
 * If it differs from the visit and a stream event came later, or in the same second, the item predates
 * that event.
 */
function mergeListItem(
  before: Visit,
  sent: SellVisit,
  outcomes: Outcomes,
  isPresent: boolean,
): Visit {
  const sentAt = sent.updatedAt ?? sent.createdAt
  if (before.source.updatedAt !== null && sentAt < before.source.updatedAt) return before
  const { latitude, longitude } = sent.location === undefined ? before : coordinates(sent.location)
  const after = {
    ...before,
    creatorId: sent.creatorId,
    outcome: embedOutcome(before, sent, outcomes),
    resourceType: mergeResourceType(before, sent),
    resourceId: sent.resourceId,
    resourceAddress: sent.resourceAddress ?? null,
    status: sent.status,
    latitude,
    longitude,
    summary: sent.summary,
    visitedAt: sent.visitedAt,
    createdAt: sent.createdAt,
    updatedAt: Math.max(before.updatedAt, sentAt),
    source: { ...before.source, updatedAt: sentAt },
  }
  const { eventAt, updatedAt } = before.source
  const resourceAddress = before.resourceAddress ?? after.resourceAddress
  if (sentAt === updatedAt && !isPresent) return { ...before, resourceAddress }
  const isBeforeEvent =
    eventAt !== null && wholeSecond(sentAt) <= eventAt && !sameToStream(before, after)
  if (!isBeforeEvent) return after
  return {
    ...before,
    resourceAddress,
    visitedAt: mergeTime(after.visitedAt, before.visitedAt),
    createdAt: mergeTime(after.createdAt, before.createdAt),
    source: after.source,
  }
}

/**
 * A stream item has the coordinates and the outcome's name, but times in whole seconds, no address
 * and no `updated_at`. An older event only fills in what the visit lacks. Of several events in the
 * second of the newest list item, those up to the one that the list shows are older.
 */
function mergeStreamItem(before: Visit, sent: SellVisit, event: SellEvent): Visit {
  const { sequence, updatedAt } = before.source
  if (sequence !== null && event.sequence <= sequence) return before
  const source = { updatedAt, sequence: event.sequence, eventAt: event.at }
  const outcome = sent.outcome ?? null
  const after = {
    ...before,
    creatorId: sent.creatorId,
    outcome,
    resourceType: sent.resourceType,
    resourceId: sent.resourceId,
    status: sent.status,
    ...coordinates(sent.location),
    summary: sent.summary,
    visitedAt: mergeTime(before.visitedAt, sent.visitedAt),
    createdAt: mergeTime(before.createdAt, sent.createdAt),
    source,
  }
  const isSame = sameToList(before, after)
  const listedAt = updatedAt === null ? null : wholeSecond(updatedAt)
  if (listedAt !== null && isBeforeList(event, listedAt, before.source.eventAt, isSame)) {
    const isSameOutcome = outcome !== null && outcome.id === before.outcome?.id
    return {
      ...before,
      outcome: isSameOutcome && before.outcome.name === null ? outcome : before.outcome,
      latitude: before.latitude ?? sent.location?.latitude ?? null,
      longitude: before.longitude ?? sent.location?.longitude ?? null,
      // NOTE: `eventAt` says up to when the events are what is shown, so it stays.
      source: { ...before.source, sequence: event.sequence },
    }
  }
  return isSame ? after : { ...after, updatedAt: Math.max(before.updatedAt, event.at) }
}

/**
 * Whether an event precedes the newest list item, whose `updated_at` in whole seconds is `listedAt`.
 * `eventAt`: the time of the newest event read so far. `isSame`: the event shows what the list shows.
 */
export const isBeforeList = (
  { at }: SellEvent,
  listedAt: number,
  eventAt: number | null,
  isSame: boolean,
): boolean => at < listedAt || (at === listedAt && !isSame && (eventAt ?? 0) < listedAt)

/** Whether two states of a visit are equal, apart from `source`, `review` and `sequence`. */
export const sameVisit = (a: Visit, b: Visit): boolean =>
  sameFields(a, { ...b, source: a.source, review: a.review, sequence: a.sequence })

/** Whether two states of a visit differ only in fields that the list lacks. */
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

/** Whether two states of a visit differ only in fields that the stream lacks. */
const sameToStream = (a: Visit, b: Visit): boolean =>
  sameVisit(a, {
    ...b,
    visitedAt: mergeTime(a.visitedAt, wholeSecond(b.visitedAt)),
    createdAt: mergeTime(a.createdAt, wholeSecond(b.createdAt)),
    resourceAddress: a.resourceAddress,
    updatedAt: a.updatedAt,
  })

const coordinates = (location: SellVisit['location']) => ({
  latitude: location?.latitude ?? null,
  longitude: location?.longitude ?? null,
})

/** Keeps the milliseconds of `before` if `sent` is the same second, rounded down. */
const mergeTime = (before: number, sent: number): number =>
  wholeSecond(before) === sent ? before : sent

/** `/v2/visits` says `contact` for a `prospect_and_customer` too, so it does not replace that. */
const mergeResourceType = (before: Visit, sent: SellVisit): ResourceType =>
  before.resourceId === sent.resourceId && resourceKind(before.resourceType) === sent.resourceType
    ? before.resourceType
    : sent.resourceType

/** The outcome of a list item, whose name the item lacks. */
function embedOutcome(
  before: Visit | undefined,
  sent: SellVisit,
  outcomes: Outcomes,
): VisitOutcomeEmbed | null {
  if (sent.outcome) return sent.outcome
  if (sent.outcomeId === null) return null
  const stored = outcomes.get(sent.outcomeId)
  if (before?.outcome?.id === sent.outcomeId && (before.outcome.name !== null || !stored)) {
    return before.outcome
  }
  return {
    id: sent.outcomeId,
    name: stored?.name ?? null,
    hasOriginalName: stored?.hasOriginalName ?? true,
  }
}
