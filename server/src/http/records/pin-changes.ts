import type * as contract from '@doorstep/contract/pin-changes'

import { printSeconds } from '../../domain/clock.ts'
import type { PinChange } from '../../domain/pin-changes.ts'
import type { Queries } from '../../domain/store.ts'
import { decideAtOnce, decidePin, proposePin } from '../../rules/pin-changes.ts'
import { findReferences } from '../../rules/visit-references.ts'
import { throwProblems, fieldProblem } from '../errors.ts'
import type { Handler } from '../request/call.ts'
import { writeChecked } from '../request/idempotency.ts'
import { writeObject } from '../request/ids.ts'
import { answerPage, printItem } from '../request/pages.ts'

export const listPinChanges: Handler<typeof contract.listPinChanges> = async (call) => {
  const { query, actor, store } = call
  const creators = actor.isAdmin
    ? undefined
    : await store.users.findTeam(actor.accountKey, actor.userId)
  return answerPage(
    call,
    'pin_change',
    ['id'],
    (page) => store.pinChanges.list(actor.accountKey, { status: query.status, creators }, page),
    toAnswer,
  )
}

export const createPinChange: Handler<typeof contract.createPinChange> = async (call) => {
  const { actor, body, clock, newEventId } = call
  const proposal = {
    resourceKind: body.resource_type,
    resourceId: body.resource_id,
    latitude: body.latitude,
    longitude: body.longitude,
    note: body.note ?? null,
  }
  const check = async (queries: Queries) => {
    const { problems } = await findReferences(queries, proposal)
    throwProblems(
      problems.map(({ field, why }) => fieldProblem('pin_change', field, 'incorrect_value', why)),
    )
  }
  const { status, reverify } = body
  if (status === undefined) {
    const change = await writeChecked(call, check, (tx) => proposePin(tx, actor, proposal, clock()))
    return printItem('pin_change', toAnswer(change))
  }
  const decision = { isApproved: status === 'approved', isReverifying: reverify === true }
  const { change, reverified } = await writeChecked(call, check, (tx) =>
    decideAtOnce(tx, actor, proposal, decision, { now: clock(), newEventId }),
  )
  return printItem('pin_change', toAnswer(change), { reverified })
}

export const updatePinChange: Handler<typeof contract.updatePinChange> = async (call) => {
  const { actor, body, clock, newEventId } = call
  const decision = {
    isApproved: body.status === 'approved',
    isReverifying: body.reverify === true,
  }
  const { change, reverified } = await writeObject(call, 'pin_change', (tx, id) =>
    decidePin(tx, actor, { id, ...decision }, { now: clock(), newEventId }),
  )
  return printItem('pin_change', toAnswer(change), { reverified })
}

const toAnswer = (change: PinChange): contract.PinChange => ({
  id: change.id,
  creator_id: change.creatorId,
  resource_type: change.resourceKind,
  resource_id: change.resourceId,
  latitude: change.latitude,
  longitude: change.longitude,
  note: change.note,
  status: change.status,
  decided_by: change.decidedBy,
  decided_at: change.decidedAt === null ? null : printSeconds(change.decidedAt),
  created_at: printSeconds(change.createdAt),
})
