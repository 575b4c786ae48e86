import type { Viewer } from '../domain/actor.ts'
import type { Context } from '../domain/context.ts'
import { DomainError, notFound } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import {
  changedAttributes,
  deletionEvent,
  type EventCause,
  newEvent,
  type VisitEvent,
} from '../domain/visit-events.ts'
import { outcomeEmbed } from '../domain/visit-outcomes.ts'
import { resourceKind, type Visit, type VisitOutcomeEmbed } from '../domain/visits.ts'
import { withVisitedAt } from './evidence.ts'
import { markStops, settleStops } from './plans.ts'
import { recordsOf } from './records.ts'
import { reviewStateAfter } from './review-states.ts'

/** A change of a visit. Attributes that are absent stay as they are. */
export interface VisitChange {
  readonly outcomeId?: number | null | undefined
  readonly summary?: string | null | undefined
  /** In ms. */
  readonly visitedAt?: number | undefined
}

/**
 * Changes a visit. Throws `not_found` or `forbidden` as PROTOCOL 6.2 says, and `unavailable` if the
 * outcome has been deleted since it was checked.
 */
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
  const changed: Visit = {
    ...before,
    outcome: outcome?.id === before.outcome?.id ? before.outcome : outcome,
    summary: change.summary === undefined ? before.summary : change.summary,
    visitedAt: change.visitedAt ?? before.visitedAt,
    evidence:
      change.visitedAt === undefined
        ? before.evidence
        : withVisitedAt(before.evidence, change.visitedAt),
  }
  const isSame = Object.keys(changedAttributes(before, changed)).length === 0
  if (isSame && changed.visitedAt === before.visitedAt) return before
  // NOTE: an import must not undo this change with an item that Sell updated before it.
  const source = { ...before.source, updatedAt: now }
  const review = reviewStateAfter(before, changed)
  const after = { ...changed, review, source, updatedAt: now, sequence: before.sequence + 1 }
  await saveUpdates(tx, [{ before, after }], 'interaction', newEventId)
  if (after.visitedAt !== before.visitedAt) {
    await settleStops(tx, [id])
    await markStops(tx, after.creatorId, [after])
  }
  return after
}

/** Deletes a visit; its last state stays in the stream's event. Throws as `findChangeable` does. */
export async function removeVisit(
  tx: Transaction,
  actor: Viewer,
  id: number,
  newEventId: () => string,
): Promise<void> {
  const before = await findChangeable(tx, actor, id)
  const last = { ...before, sequence: before.sequence + 1 }
  await tx.visits.remove([last])
  await settleStops(tx, [id])
  tx.events.append([deletionEvent(newEventId(), last)])
}

/**
 * The visit, for its creator, their managers and admins. Throws `forbidden` for others who can see
 * it, and `not_found` for everyone else.
 */
export async function findChangeable(tx: Queries, actor: Viewer, id: number): Promise<Visit> {
  const visit = (await tx.visits.find([id])).get(id)
  if (!visit) throw notFound(`visit ${id}`)
  if (actor.isAdmin) return visit
  const team = await tx.users.findTeam(actor.userId)
  if (team.has(visit.creatorId)) return visit
  const { resourceType, resourceId } = visit
  const record = await recordsOf(tx, resourceKind(resourceType)).findVisited(resourceId)
  if (record && record.ownerId !== null && team.has(record.ownerId)) {
    throw new DomainError(
      'forbidden',
      `Only the user who logged visit ${id}, their managers and admins may change it. Ask one of them.`,
    )
  }
  throw notFound(`visit ${id}`)
}

/** A visit before and after a change, whose sequence is one higher. */
export interface VisitUpdate {
  readonly before: Visit
  readonly after: Visit
}

/** Saves changed visits and appends an event `updated` for each. */
export async function saveUpdates(
  tx: Pick<Transaction, 'visits' | 'events'>,
  updates: readonly VisitUpdate[],
  cause: EventCause,
  newEventId: () => string,
): Promise<void> {
  await tx.visits.save(updates.map(({ after }) => after))
  tx.events.append(
    updates.map(({ before, after }): VisitEvent => newEvent(newEventId(), cause, before, after)),
  )
}

async function findOutcome(tx: Transaction, id: number | null): Promise<VisitOutcomeEmbed | null> {
  const outcome = id === null ? null : (await tx.visitOutcomes.find([id])).get(id)
  if (outcome) return outcomeEmbed(outcome)
  if (outcome === null) return null
  throw new DomainError('unavailable', 'The outcome was deleted during the request. Try again.')
}
