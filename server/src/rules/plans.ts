import { dayIn, daysAround, timesAround } from '../domain/days.ts'
import type { PlannedVisit, PlanStop, StopOfPlan, StopState } from '../domain/plans.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import { type ResourceKind, resourceKind, type Visit } from '../domain/visits.ts'
import { recordsOf } from './records.ts'
import { describeDeletion } from './visit-references.ts'

/** A stop that a user plans. */
export interface StopDraft extends Pick<PlanStop, 'resourceKind' | 'resourceId'> {
  readonly state: StopState
  readonly skipReason: string | null
  /** The visit that a visited stop names; null: the server finds it. */
  readonly visitId: number | null
}

/** A fault of a stop. `field`: JSON pointer into `data`; `why`: the rest of a sentence. */
export interface StopProblem {
  readonly field: string
  readonly code: 'missing' | 'incorrect_value'
  readonly why: string
}

/** The stops as a plan would have them, and what is wrong with them. */
export interface PlannedDay {
  readonly stops: readonly PlanStop[]
  readonly problems: readonly StopProblem[]
}

type PlanQueries = Pick<Queries, 'plans' | 'users' | 'leads' | 'contacts'>

/**
 * Works out a user's plan of a day without saving it. A stop is visited exactly if the user has
 * visited the record on that day, by the time zone of the user or else of the account.
 */
export async function planDay(
  queries: PlanQueries,
  userId: number,
  day: string,
  drafts: readonly StopDraft[],
): Promise<PlannedDay> {
  const before = await queries.plans.find(userId, day)
  const visits = await findVisitsOn(queries, userId, day)
  const known = {
    lead: await knownOf(queries, 'lead', drafts),
    contact: await knownOf(queries, 'contact', drafts),
  }
  const problems: StopProblem[] = []
  const stops: PlanStop[] = []
  for (const [index, draft] of drafts.entries()) {
    const report = (name: string, code: StopProblem['code'], why: string) =>
      problems.push({ field: `/stops/${index}/${name}`, code, why })
    const { resourceKind: kind, resourceId: id, state } = draft
    const stored = before.find(isAt(draft))
    if (!stored && !known[kind].has(id)) {
      const why = `must name an existing ${kind}, given: ${id}`
      report('resource_id', 'incorrect_value', why + (await describeDeletion(queries, kind, id)))
    }
    if (stops.some(isAt(draft))) report('resource_id', 'incorrect_value', 'is in the plan already')
    if (draft.skipReason !== null && state !== 'skipped') {
      report('skip_reason', 'incorrect_value', 'may be given only with the state skipped')
    }
    const own = visits.filter(isAt(draft)).map((visit) => visit.id)
    const visitId = own.find((each) => each === (draft.visitId ?? stored?.visitId)) ?? own[0]
    if (draft.visitId !== null && draft.visitId !== visitId) {
      const why = `must name a visit of yours to this ${kind} on this day, given: ${draft.visitId}`
      report('visit_id', 'incorrect_value', why)
    } else if (state === 'visited' && visitId === undefined) {
      report('visit_id', 'missing', 'must be given: you have logged no visit there on this day')
    }
    stops.push(toStop(draft, visitId))
  }
  return { stops, problems }
}

/** Where the user has been counts for more than what they send. */
function toStop(draft: StopDraft, visitId: number | undefined): PlanStop {
  const { resourceKind: kind, resourceId, state, skipReason } = draft
  const at = { resourceKind: kind, resourceId }
  if (visitId !== undefined) return { ...at, state: 'visited', skipReason: null, visitId }
  return { ...at, state, skipReason, visitId: null }
}

const isAt =
  (one: Pick<PlanStop, 'resourceKind' | 'resourceId'>) =>
  (other: Pick<PlanStop, 'resourceKind' | 'resourceId'>): boolean =>
    one.resourceKind === other.resourceKind && one.resourceId === other.resourceId

async function knownOf(
  queries: PlanQueries,
  kind: ResourceKind,
  drafts: readonly StopDraft[],
): Promise<ReadonlyMap<number, unknown>> {
  const ids = drafts.flatMap((draft) => (draft.resourceKind === kind ? draft.resourceId : []))
  return recordsOf(queries, kind).find(ids)
}

/** The user's visits of a day, by time. */
async function findVisitsOn(
  queries: Pick<Queries, 'plans' | 'users'>,
  userId: number,
  day: string,
): Promise<PlannedVisit[]> {
  const zone = await queries.users.findZone(userId)
  const near = await queries.plans.findVisits(userId, ...timesAround(day))
  return near.filter(({ visitedAt }) => dayIn(zone, visitedAt) === day)
}

type PlanWrites = Pick<Transaction, 'plans' | 'users'>

/** Marks the stops at which a user has logged these visits, which are all of one user. */
export async function markStops(
  tx: PlanWrites,
  userId: number,
  visits: readonly Visit[],
): Promise<void> {
  const times = visits.map(({ visitedAt }) => visitedAt)
  const [from] = daysAround(Math.min(...times))
  const [, to] = daysAround(Math.max(...times))
  await markOpenStops(tx, userId, await tx.plans.findOpen(userId, [from, to]), visits)
}

/** As `markStops`, where the user's stops without a visit around these times are known. */
export async function markOpenStops(
  tx: PlanWrites,
  userId: number,
  stops: readonly StopOfPlan[],
  visits: readonly Visit[],
): Promise<void> {
  if (stops.length === 0) return
  const open = [...stops]
  const zone = await tx.users.findZone(userId)
  for (const visit of visits.toSorted((a, b) => a.visitedAt - b.visitedAt || a.id - b.id)) {
    const { visitedAt, resourceId, resourceType } = visit
    const at = { resourceKind: resourceKind(resourceType), resourceId }
    const day = dayIn(zone, visitedAt)
    const index = open.findIndex((stop) => stop.day === day && isAt(at)(stop))
    const [stop] = index < 0 ? [] : open.splice(index, 1)
    if (stop) await tx.plans.setVisit(stop, visit.id)
  }
}

/**
 * Corrects the stops of visits that were deleted or changed: another visit of that day takes the
 * place of one that is no longer there; if there is none, the stop is planned again.
 */
export async function settleStops(tx: PlanWrites, visitIds: readonly number[]): Promise<void> {
  for (const stop of await tx.plans.findByVisits(visitIds)) {
    const visits = (await findVisitsOn(tx, stop.userId, stop.day)).filter(isAt(stop))
    if (visits.some(({ id }) => id === stop.visitId)) continue
    await tx.plans.setVisit(stop, visits[0]?.id ?? null)
  }
}
