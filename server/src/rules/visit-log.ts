import type { Viewer } from '../domain/actor.ts'
import type { Context } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import type { RecordPoint, SalesRecord, VisitedRecord, RecordWrites } from '../domain/records.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import { changedAttributes, type VisitEvent } from '../domain/visit-events.ts'
import type { VisitOutcome } from '../domain/visit-outcomes.ts'
import {
  type ResourceKind,
  resourceKind,
  type Visit,
  type VisitOutcomeEmbed,
} from '../domain/visits.ts'
import { type ReviewFlag, reviewFlags } from './review-flags.ts'
import { type DeviceFix, type NoFix, type Verification, verifyLocation } from './verification.ts'

/** What a person logs. `device` is null for what is not logged on a device. */
export interface VisitDraft {
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly outcomeId: number | null
  readonly summary: string | null
  /** Without it, the moment of capture. */
  readonly visitedAt: number | undefined
  readonly device:
    | { readonly unavailable: NoFix }
    | (DeviceFix & { readonly skewMs: number })
    | null
}

/** Only what is given changes. */
export interface VisitChange {
  readonly outcomeId?: number | null | undefined
  readonly summary?: string | null | undefined
  readonly visitedAt?: number | undefined
}

/** An attribute whose value names something that is not there. */
export interface ReferenceProblem {
  readonly field: '/resource_id' | '/outcome_id'
  readonly why: string
}

/** What a draft names, as far as it is here. */
export interface References {
  readonly record: VisitedRecord | undefined
  readonly outcome: VisitOutcomeEmbed | null
  /** Attributes that name a lead, contact or outcome that this account does not have. */
  readonly problems: readonly ReferenceProblem[]
}

const earlierMax = 10

export async function findReferences(
  queries: Pick<Queries, 'leads' | 'contacts' | 'outcomes'>,
  draft: Partial<Pick<VisitDraft, 'resourceKind' | 'resourceId' | 'outcomeId'>>,
): Promise<References> {
  const problems: ReferenceProblem[] = []
  const { resourceKind: kind, resourceId, outcomeId } = draft
  const isNamed = kind !== undefined && resourceId !== undefined
  const [record, outcomes] = await Promise.all([
    isNamed ? findRecord(queries, kind, resourceId) : undefined,
    typeof outcomeId === 'number' ? queries.outcomes.find([outcomeId]) : undefined,
  ])
  if (isNamed && !record) {
    problems.push({ field: '/resource_id', why: `names no ${kind} here, given: ${resourceId}` })
  }
  if (typeof outcomeId !== 'number') return { record, outcome: null, problems }
  const outcome = outcomes?.get(outcomeId)
  const why = outcome ? 'names an outcome that is not used any more' : 'names no outcome here'
  if (!outcome?.isActive) problems.push({ field: '/outcome_id', why: `${why}: ${outcomeId}` })
  return { record, outcome: outcome ? embed(outcome) : null, problems }
}

/**
 * Logs a visit: judges the location as of the moment of capture, keeps visit and evidence, and
 * appends the event. `references`: what the draft names, found in this transaction, without problems.
 */
export async function logVisit(
  tx: Transaction,
  actor: Viewer,
  draft: VisitDraft,
  { record, outcome, problems }: References,
  { now, newEventId }: Context,
): Promise<Visit> {
  const { resourceId, device } = draft
  if (!record || problems.length > 0) throw new Error('the draft names what is not here')
  const records = draft.resourceKind === 'lead' ? tx.leads : tx.contacts
  const fix = device && !('unavailable' in device) ? device : undefined
  const visitedAt = draft.visitedAt ?? fix?.capturedAt ?? now
  // NOTE: asked for together, so that a database that is far away is waited for once.
  const [points, radiusM, flags, id] = await Promise.all([
    findPoints(records, record),
    record.verificationRadiusM ?? tx.account.verificationRadiusM(),
    fix ? findFlags(tx, actor, fix, visitedAt, now) : [],
    tx.visits.nextId(),
  ])
  const verdict = verifyLocation(device ?? undefined, points, radiusM)
  const visit: Visit = {
    id,
    creatorId: actor.userId,
    outcome,
    resourceType: draft.resourceKind,
    resourceId,
    resourceAddress: record.address,
    status: verdict.status,
    latitude: fix?.latitude ?? null,
    longitude: fix?.longitude ?? null,
    summary: draft.summary,
    visitedAt,
    createdAt: now,
    updatedAt: now,
    source: { updatedAt: null, sequence: null, eventAt: null },
    evidence: printVerification(verdict, flags),
    sequence: 1,
  }
  await tx.visits.add(visit, record.ownerId)
  tx.events.append([event('created', visit, undefined, newEventId)])
  return visit
}

/** Changes a visit. Throws `not_found` or `forbidden` as PROTOCOL 6.2 says. */
export async function changeVisit(
  tx: Transaction,
  actor: Viewer,
  id: number,
  change: VisitChange,
  { now, newEventId }: Context,
): Promise<Visit> {
  const before = await findChangeable(tx, actor, id)
  const outcome =
    change.outcomeId === undefined ? before.outcome : await findOutcome(tx, change.outcomeId)
  if (outcome === undefined) throw goneMeanwhile()
  const changed: Visit = {
    ...before,
    outcome: outcome?.id === before.outcome?.id ? before.outcome : outcome,
    summary: change.summary === undefined ? before.summary : change.summary,
    visitedAt: change.visitedAt ?? before.visitedAt,
  }
  const previous = changedAttributes(before, changed)
  if (Object.keys(previous).length === 0 && changed.visitedAt === before.visitedAt) return before
  // NOTE: what Sell told before this moment must not take the change back when it is imported again.
  const source = { ...before.source, updatedAt: now }
  const after = { ...changed, source, updatedAt: now, sequence: before.sequence + 1 }
  await tx.visits.save([after])
  tx.events.append([event('updated', after, previous, newEventId)])
  return after
}

/** Takes a visit out for good; its last state stays in the stream's event. */
export async function removeVisit(
  tx: Transaction,
  actor: Viewer,
  id: number,
  { newEventId }: Context,
): Promise<void> {
  const before = await findChangeable(tx, actor, id)
  const last = { ...before, sequence: before.sequence + 1 }
  await tx.visits.remove([last])
  tx.events.append([event('deleted', last, undefined, newEventId)])
}

/**
 * The visit, for who may change it: the creator, those above them, and admins. Who sees it otherwise
 * gets `forbidden`, everybody else `not_found`.
 */
export async function findChangeable(tx: Queries, actor: Viewer, id: number): Promise<Visit> {
  const visit = (await tx.visits.find([id])).get(id)
  if (!visit) throw new DomainError('not_found', `There is no visit ${id}.`)
  if (actor.isAdmin) return visit
  const team = await tx.users.findTeam(actor.userId)
  if (team.has(visit.creatorId)) return visit
  const record = await findRecord(tx, resourceKind(visit.resourceType), visit.resourceId)
  if (record && record.ownerId !== null && team.has(record.ownerId)) {
    throw new DomainError(
      'forbidden',
      `Visit ${id} may be changed by who logged it, by their managers and by admins.`,
    )
  }
  throw new DomainError('not_found', `There is no visit ${id}.`)
}

const findRecord = (
  tx: Pick<Queries, 'leads' | 'contacts'>,
  kind: ResourceKind,
  id: number,
): Promise<VisitedRecord | undefined> => (kind === 'lead' ? tx.leads : tx.contacts).findVisited(id)

/** null: none is meant; undefined: it does not exist. */
async function findOutcome(
  tx: Transaction,
  id: number | null,
): Promise<VisitOutcomeEmbed | null | undefined> {
  if (id === null) return null
  const outcome: VisitOutcome | undefined = (await tx.outcomes.find([id])).get(id)
  return outcome && embed(outcome)
}

const embed = ({ id, name, hasOriginalName }: VisitOutcome): VisitOutcomeEmbed => ({
  id,
  name,
  hasOriginalName,
})

/** All places of a record, its own first. */
export async function findPoints(
  records: Pick<RecordWrites, 'findSites'>,
  record: Pick<SalesRecord, 'id' | 'point'>,
): Promise<RecordPoint[]> {
  const sites = await records.findSites(record.id)
  return record.point ? [record.point, ...sites] : sites
}

const goneMeanwhile = (): DomainError =>
  new DomainError('unavailable', 'What the visit names was removed meanwhile. Try again.')

async function findFlags(
  tx: Transaction,
  actor: Viewer,
  fix: DeviceFix & { readonly skewMs: number },
  visitedAt: number,
  now: number,
): Promise<ReviewFlag[]> {
  const tellsAccuracies = !Number.isInteger(fix.accuracyM)
  const newest = await tx.visits.findNewestBy(actor.userId, earlierMax, tellsAccuracies)
  const earlier = newest.map(({ visitedAt: at, latitude, longitude, evidence }) => ({
    visitedAt: at,
    latitude,
    longitude,
    accuracyM: () => accuracyOf(evidence ?? null),
  }))
  return reviewFlags({ fix, visitedAt, skewMs: fix.skewMs, receivedAt: now, earlier })
}

function accuracyOf(evidence: string | null): number | null {
  const told: unknown = evidence === null ? null : JSON.parse(evidence)
  if (typeof told !== 'object' || told === null || !('accuracy_m' in told)) return null
  return typeof told.accuracy_m === 'number' ? told.accuracy_m : null
}

/** The verdict with its evidence as it is answered (PROTOCOL 4.6), JSON. */
export function printVerification(verdict: Verification, flags: readonly ReviewFlag[]): string {
  const { point } = verdict
  return JSON.stringify({
    status: verdict.status,
    reason: verdict.reason,
    distance_m: verdict.distanceM === null ? null : Math.round(verdict.distanceM * 10) / 10,
    radius_m: verdict.radiusM,
    accuracy_m: verdict.accuracyM,
    accuracy_confidence: verdict.accuracyConfidence,
    fix_at: verdict.fixAt === null ? null : new Date(verdict.fixAt).toISOString(),
    point: point && { latitude: point.latitude, longitude: point.longitude },
    precision: point?.precision ?? null,
    ruleset: verdict.ruleset,
    flags,
  })
}

const event = (
  type: VisitEvent['type'],
  visit: Visit,
  previous: VisitEvent['previous'],
  newEventId: () => string,
): VisitEvent => ({ id: newEventId(), type, cause: 'interaction', visit, previous, at: undefined })
