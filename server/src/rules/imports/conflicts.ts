import type { Context } from '../../domain/context.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import type { ImportConflict } from '../../domain/import-conflicts.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Transaction } from '../../domain/store.ts'
import { deletionEvent, newEvent } from '../../domain/visit-events.ts'
import { outcomeEmbed, type VisitOutcome } from '../../domain/visit-outcomes.ts'
import type { Visit } from '../../domain/visits.ts'
import { markStops, settleStops } from '../plans.ts'
import { newVisit } from './merge.ts'

/** An open conflict, ready to be stored. `differs`: API names of attributes, or `deleted`. */
export const newConflict = (
  sent: SellVisit,
  differs: readonly string[],
  now: number,
): Omit<ImportConflict, 'id'> => {
  const { item, ...parsed } = sent
  return {
    visitId: sent.id,
    item: JSON.stringify(item ?? null),
    parsed: JSON.stringify(parsed),
    differs,
    status: 'open',
    createdAt: now,
    resolvedAt: null,
    resolvedBy: null,
  }
}

/**
 * Resolves an open conflict: the visit stays as it is here, or Sell's state replaces it, with an
 * event. Throws `not_found`, and `conflict` if it is not open.
 */
export async function resolveConflict(
  tx: Transaction,
  id: number,
  resolution: 'kept_ours' | 'took_theirs',
  userId: number,
  context: Context,
): Promise<ImportConflict> {
  const conflict = await tx.imports.findConflict(id)
  if (!conflict) throw notFound(`conflict ${id}`)
  if (conflict.status !== 'open') {
    throw new DomainError(
      'conflict',
      `Conflict ${id} is already closed: ${conflict.status}. List open ones with ?status=open.`,
    )
  }
  if (resolution === 'took_theirs') await takeTheirs(tx, JSON.parse(conflict.parsed), context)
  const resolved = {
    ...conflict,
    status: resolution,
    resolvedAt: context.now,
    resolvedBy: userId,
  }
  await tx.imports.saveConflict(resolved)
  return resolved
}

async function takeTheirs(
  tx: Transaction,
  sent: SellVisit,
  { now, newEventId }: Context,
): Promise<void> {
  const before = (await tx.visits.find([sent.id])).get(sent.id)
  if (sent.event?.type === 'deleted') {
    if (!before) return
    const last = { ...before, sequence: before.sequence + 1 }
    await tx.visits.remove([last])
    await settleStops(tx, [last.id])
    tx.events.append([deletionEvent(newEventId(), last)])
    return
  }
  const sequence = before?.sequence ?? (await tx.visits.restore(sent.id))
  const theirs = newVisit(await withOutcomeHere(tx, sent), new Map())
  const after: Visit = {
    ...theirs,
    resourceAddress: theirs.resourceAddress ?? before?.resourceAddress ?? null,
    latitude: theirs.latitude ?? before?.latitude ?? null,
    longitude: theirs.longitude ?? before?.longitude ?? null,
    createdAt: before?.createdAt ?? theirs.createdAt,
    updatedAt: Math.max(before?.updatedAt ?? 0, sent.updatedAt ?? now),
    source: {
      updatedAt: theirs.source.updatedAt ?? before?.source.updatedAt ?? null,
      sequence: theirs.source.sequence ?? before?.source.sequence ?? null,
      eventAt: theirs.source.eventAt ?? before?.source.eventAt ?? null,
    },
    sequence: sequence + 1,
  }
  await tx.visits.save([after])
  await settleStops(tx, [after.id])
  await markStops(tx, after.creatorId, [after])
  tx.events.append([newEvent(newEventId(), 'interaction', before, after)])
}

/** The item with its outcome as it is named here, or the outcome that this was merged into. */
async function withOutcomeHere(tx: Transaction, sent: SellVisit): Promise<SellVisit> {
  if (sent.outcomeId === null) return { ...sent, outcome: undefined }
  const outcome = await findOutcome(tx, sent.outcomeId)
  const intoId = outcome?.mergedIntoId ?? null
  const here = intoId === null ? outcome : ((await findOutcome(tx, intoId)) ?? outcome)
  return here ? { ...sent, outcomeId: here.id, outcome: outcomeEmbed(here) } : sent
}

const findOutcome = async (tx: Transaction, id: number): Promise<VisitOutcome | undefined> =>
  (await tx.visitOutcomes.find([id])).get(id)
