import { DomainError } from './errors.ts'
import { reverifyVisits } from './reverification.ts'
import type { Viewer, Writes } from './store.ts'
import type { Circumstances } from './visit-log.ts'
import type { ResourceKind } from './visits.ts'

/** `pending` until a manager says yes or no. */
export type PinChangeStatus = 'pending' | 'approved' | 'rejected'

/** Somebody on site says where a lead or contact really is. Degrees, WGS 84; times in ms. */
export interface PinChange {
  readonly id: number
  readonly creatorId: number
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly latitude: number
  readonly longitude: number
  readonly note: string | null
  readonly status: PinChangeStatus
  readonly decidedBy: number | null
  readonly decidedAt: number | null
  readonly createdAt: number
}

export type PinProposal = Pick<
  PinChange,
  'resourceKind' | 'resourceId' | 'latitude' | 'longitude' | 'note'
>

/** The record stays where it is until someone above the proposer approves. */
export async function proposePin(
  tx: Writes,
  actor: Viewer,
  proposal: PinProposal,
  now: number,
): Promise<PinChange> {
  const change: PinChange = {
    ...proposal,
    id: await tx.pinChanges.nextId(),
    creatorId: actor.userId,
    status: 'pending',
    decidedBy: null,
    decidedAt: null,
    createdAt: now,
  }
  await tx.pinChanges.save(change)
  return change
}

export interface PinDecision {
  readonly id: number
  readonly isApproved: boolean
  /** Judge the visits to the record again. */
  readonly isReverifying: boolean
}

/**
 * Decides on a proposal: an approved one becomes the record's pin. Admins may, and managers for the
 * people below them, but nobody for themselves unless they are an admin. Answers how many visits
 * got another verdict.
 */
export async function decidePin(
  tx: Writes,
  actor: Viewer,
  { id, isApproved, isReverifying }: PinDecision,
  circumstances: Circumstances,
): Promise<{ readonly change: PinChange; readonly reverified: number }> {
  const before = await tx.pinChanges.find(id)
  const team = await tx.users.findTeam(actor.userId)
  if (!before || !(actor.isAdmin || team.has(before.creatorId))) {
    throw new DomainError('not_found', `There is no pin change ${id}.`)
  }
  if (!actor.isAdmin && before.creatorId === actor.userId) {
    throw new DomainError('forbidden', 'Somebody above you has to decide on your own proposal.')
  }
  if (before.status !== 'pending') {
    throw new DomainError('conflict', `Pin change ${id} has been ${before.status} already.`)
  }
  const change: PinChange = {
    ...before,
    status: isApproved ? 'approved' : 'rejected',
    decidedBy: actor.userId,
    decidedAt: circumstances.now,
  }
  await tx.pinChanges.save(change)
  if (!isApproved) return { change, reverified: 0 }
  await movePin(tx, change)
  const { resourceKind, resourceId } = change
  const reverified = isReverifying
    ? await reverifyVisits(tx, resourceKind, resourceId, circumstances)
    : 0
  return { change, reverified }
}

async function movePin(tx: Writes, change: PinChange): Promise<void> {
  const { resourceId, latitude, longitude } = change
  const records = change.resourceKind === 'lead' ? tx.leads : tx.contacts
  const record = (await records.find([resourceId])).get(resourceId)
  if (!record) {
    throw new DomainError('conflict', `The ${change.resourceKind} ${resourceId} has been deleted.`)
  }
  await records.save([{ ...record, point: { latitude, longitude, precision: 'pin' } }])
}
