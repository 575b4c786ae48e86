import type { Viewer } from '../domain/actor.ts'
import type { AuditUser } from '../domain/audit.ts'
import type { Context } from '../domain/context.ts'
import { DomainError, notFound } from '../domain/errors.ts'
import type { PinProposal, PinChange } from '../domain/pin-changes.ts'
import type { RecordPoint } from '../domain/records.ts'
import type { Transaction } from '../domain/store.ts'
import { recordsOf } from './records.ts'
import { reverifyVisits } from './reverification.ts'

/** Saves a proposal. The record's pin stays until a manager or an admin approves. `now`: in ms. */
export async function proposePin(
  tx: Transaction,
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

/** A decision on the proposal `id`. */
export interface PinDecision {
  readonly id: number
  readonly isApproved: boolean
  /** Whether to verify the visits to the record again. */
  readonly isReverifying: boolean
}

/**
 * Decides on a proposal; an approved one becomes the record's pin. Admins decide on all proposals,
 * managers on those of users who report to them, but not on their own. Answers how many visits got
 * another verdict. Throws `not_found`, `forbidden`, and `conflict` if it has been decided already
 * or the record has been deleted.
 */
export async function decidePin(
  tx: Transaction,
  actor: Viewer & AuditUser,
  { id, isApproved, isReverifying }: PinDecision,
  context: Context,
): Promise<DecidedPin> {
  const before = await tx.pinChanges.find(id)
  const team = await tx.users.findTeam(actor.userId)
  if (!before || !(actor.isAdmin || team.has(before.creatorId))) {
    throw notFound(`pin change ${id}`)
  }
  if (!actor.isAdmin && before.creatorId === actor.userId) {
    throw new DomainError(
      'forbidden',
      'You cannot decide on your own proposal. Ask your manager or an admin.',
    )
  }
  if (before.status !== 'pending') {
    throw new DomainError(
      'conflict',
      `Pin change ${id} has been ${before.status} already. Propose another one to change it.`,
    )
  }
  return saveDecision(tx, actor, before, { isApproved, isReverifying }, context)
}

/**
 * Proposes and decides in one, as somebody does who may move the record's pin: an admin, or a manager
 * above its owner. Throws `forbidden`, and `conflict` if the record has been deleted.
 */
export async function decideAtOnce(
  tx: Transaction,
  actor: Viewer & AuditUser,
  proposal: PinProposal,
  decision: Omit<PinDecision, 'id'>,
  context: Context,
): Promise<DecidedPin> {
  const { resourceKind, resourceId } = proposal
  const record = (await recordsOf(tx, resourceKind).find([resourceId])).get(resourceId)
  const owner = record?.ownerId ?? null
  const isAbove =
    owner !== null && owner !== actor.userId && (await tx.users.findTeam(actor.userId)).has(owner)
  if (!actor.isAdmin && !isAbove) {
    throw new DomainError(
      'forbidden',
      'Only an admin or a manager above the owner may decide at once. Leave out `status` to propose.',
    )
  }
  const proposed = await proposePin(tx, actor, proposal, context.now)
  return saveDecision(tx, actor, proposed, decision, context)
}

/** A proposal that was decided, and how many visits got another verdict. */
export interface DecidedPin {
  readonly change: PinChange
  readonly reverified: number
}

async function saveDecision(
  tx: Transaction,
  actor: Viewer & AuditUser,
  before: PinChange,
  { isApproved, isReverifying }: Omit<PinDecision, 'id'>,
  context: Context,
): Promise<DecidedPin> {
  const change: PinChange = {
    ...before,
    status: isApproved ? 'approved' : 'rejected',
    decidedBy: actor.userId,
    decidedAt: context.now,
  }
  await tx.pinChanges.save(change)
  const { id, status, resourceKind, resourceId } = change
  const details = { status, resource_type: resourceKind, resource_id: resourceId }
  await tx.audit.add(actor, 'pin_decided', { kind: 'pin_change', id }, details)
  if (!isApproved) return { change, reverified: 0 }
  await movePin(tx, change)
  const reverified = isReverifying ? await reverifyVisits(tx, resourceKind, resourceId, context) : 0
  return { change, reverified }
}

async function movePin(tx: Transaction, change: PinChange): Promise<void> {
  const { resourceId, latitude, longitude, decidedBy } = change
  const records = recordsOf(tx, change.resourceKind)
  const record = (await records.find([resourceId])).get(resourceId)
  if (!record) {
    throw new DomainError(
      'conflict',
      `The ${change.resourceKind} ${resourceId} has been deleted. Reject the proposal instead.`,
    )
  }
  const by = decidedBy === null ? {} : { placedBy: decidedBy }
  const point: RecordPoint = { latitude, longitude, precision: 'pin', ...by }
  await records.save([{ ...record, point }])
}
