import type { Actor, Viewer } from '../domain/actor.ts'
import type { Context } from '../domain/context.ts'
import { daysAround } from '../domain/days.ts'
import type { ReviewFlag } from '../domain/findings.ts'
import type { Store, Transaction } from '../domain/store.ts'
import { newEvent } from '../domain/visit-events.ts'
import { printWrittenVisit } from '../domain/visit-items.ts'
import type { ResourceKind, Visit } from '../domain/visits.ts'
import { accuracyOf, printEvidence } from './evidence.ts'
import { answerOnce, isAnswered, type Once, type OnceAnswer } from './idempotency.ts'
import { markOpenStops } from './plans.ts'
import { findPoints, recordsOf } from './records.ts'
import { flagSelfPlaced, reviewFlags } from './review-flags.ts'
import { reviewStateOf } from './review-states.ts'
import { type DeviceFix, isValid, type NoFix, verifyLocation } from './verification.ts'
import { findReferences, type ReferenceProblem, type References } from './visit-references.ts'

/** A visit that a user logs. `device` is null for a visit that is not logged on a device. */
export interface VisitDraft {
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly outcomeId: number | null
  readonly summary: string | null
  /** In ms; undefined: the moment of capture. */
  readonly visitedAt: number | undefined
  readonly device:
    | { readonly unavailable: NoFix }
    | (DeviceFix & { readonly skewMs: number })
    | null
}

/** A request to log a visit, as plain data that can be sent to another thread. */
export interface CheckIn {
  readonly actor: Actor
  readonly draft: VisitDraft
  /** undefined: the request has no idempotency key. */
  readonly once: Once | undefined
  /** Whether the answer includes the verdict with its evidence. */
  readonly includesVerification: boolean
  /** When the request arrived, in ms. */
  readonly now: number
}

/** The answer. If there are problems, nothing was logged and `body` is empty. */
export interface CheckInResult extends OnceAnswer {
  readonly problems: readonly ReferenceProblem[]
}

/** Logs a visit, in this thread or another one. */
export type LogCheckIn = (checkIn: CheckIn) => Promise<CheckInResult>

/** Logs a visit in one transaction, with its event and the stored answer for its key. */
export async function logCheckIn(
  store: Pick<Store, 'write'>,
  newEventId: () => string,
  { actor, draft, once, includesVerification, now }: CheckIn,
): Promise<CheckInResult> {
  let problems: readonly ReferenceProblem[] = []
  const answer = await store.write(
    actor.accountKey,
    (tx) => {
      problems = []
      return answerOnce(tx, actor.userId, once, now, async () => {
        const references = await findReferences(tx, draft)
        problems = references.problems
        if (problems.length > 0) return undefined
        const visit = await logVisit(tx, actor, draft, references, { now, newEventId })
        return printWrittenVisit(visit, await tx.events.assignOffsets(), includesVerification)
      })
    },
    { isRepeatable: true },
  )
  return { ...answer, problems }
}

/** How many of the user's newest visits a fix is compared with. */
const earlierMax = 10

const switchedOff = { unavailable: 'switched_off' } as const

/**
 * Logs a visit: verifies the location as of the moment of capture, saves the visit with the
 * evidence, and appends the event. `references`: found for this draft in this transaction, without
 * problems.
 */
export async function logVisit(
  tx: Transaction,
  actor: Viewer,
  draft: VisitDraft,
  { record, outcome, problems }: References,
  { now, newEventId }: Context,
): Promise<Visit> {
  const { resourceId, device } = draft
  if (!record || problems.length > 0) throw new Error('the draft has invalid references')
  const fix = device && !('unavailable' in device) ? device : undefined
  const visitedAt = draft.visitedAt ?? fix?.capturedAt ?? now
  // NOTE: queried together, so that a distant database costs one round trip.
  const [points, radiusM, flags, { id, sharesLocation }, openStops] = await Promise.all([
    findPoints(recordsOf(tx, draft.resourceKind), record),
    record.verificationRadiusM ?? tx.account.verificationRadiusM(),
    fix ? findFlags(tx, actor, fix, visitedAt, now) : [],
    tx.visits.nextIdFor(actor.userId),
    tx.plans.findOpen(actor.userId, daysAround(visitedAt)),
  ])
  const report = sharesLocation ? (device ?? undefined) : switchedOff
  const verdict = verifyLocation(report, points, radiusM)
  const { status } = verdict
  const place = fix && sharesLocation && isValid(fix) ? fix : undefined
  const evidence = printEvidence(
    verdict,
    flagSelfPlaced(sharesLocation ? flags : [], verdict, record.radiusSetBy, actor.userId),
    record.radiusSetBy,
  )
  const visit: Visit = {
    id,
    creatorId: actor.userId,
    outcome,
    resourceType: draft.resourceKind,
    resourceId,
    resourceAddress: record.address,
    status,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    summary: draft.summary,
    visitedAt,
    createdAt: now,
    updatedAt: now,
    source: { updatedAt: null, sequence: null, eventAt: null },
    evidence,
    review: reviewStateOf({ status, evidence }),
    sequence: 1,
  }
  await tx.visits.add(visit, record.ownerId)
  await markOpenStops(tx, actor.userId, openStops, [visit])
  tx.events.append([newEvent(newEventId(), 'interaction', undefined, visit)])
  return visit
}

async function findFlags(
  tx: Transaction,
  actor: Viewer,
  fix: DeviceFix & { readonly skewMs: number },
  visitedAt: number,
  now: number,
): Promise<ReviewFlag[]> {
  // Evidence is long; only the accuracy of fractions of a metre is compared.
  const needsAccuracies = isValid(fix) && !Number.isInteger(fix.accuracyM)
  const newest = await tx.visits.findNewestBy(actor.userId, earlierMax, needsAccuracies)
  const earlier = newest.map(({ evidence = null, ...visit }) => ({
    ...visit,
    accuracyM: () => accuracyOf(evidence),
  }))
  return reviewFlags({ fix, visitedAt, skewMs: fix.skewMs, receivedAt: now, earlier })
}

const trustedMax = 10_000

/**
 * Refuses a draft with wrong references before it takes a write turn. A user whose last draft was
 * logged is trusted: looking up the references of every draft twice slows check-ins by a tenth.
 */
export function refuseEarly(store: Pick<Store, 'read'>, log: LogCheckIn): LogCheckIn {
  const trusted = new Set<string>()
  return async (checkIn) => {
    const { actor, draft, once } = checkIn
    const user = `${actor.accountKey} ${actor.userId}`
    if (!trusted.has(user)) {
      const problems = await store.read(actor.accountKey, async (queries) =>
        (await isAnswered(queries, actor.userId, once))
          ? []
          : (await findReferences(queries, draft)).problems,
      )
      if (problems.length > 0) return { body: '', isReplayed: false, problems }
    }
    const result = await log(checkIn)
    if (result.problems.length > 0) {
      trusted.delete(user)
    } else {
      if (trusted.size >= trustedMax) trusted.clear()
      trusted.add(user)
    }
    return result
  }
}
