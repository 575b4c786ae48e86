import type {
  createPinChange,
  listPinChanges,
  PinChange as Answer,
  updatePinChange,
} from '@doorstep/contract/pin-changes'

import { printSeconds } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { PinChange } from '../../domain/pin-changes.ts'
import { decidePin, proposePin } from '../../rules/pin-decisions.ts'
import { findReferences } from '../../rules/visit-log.ts'
import { resourceNotFound, throwProblems } from '../errors.ts'
import { fieldProblem } from '../request/body.ts'
import type { Handler } from '../request/call.ts'
import { collectionOf, pageLinks, printItems, toSort } from '../request/pages.ts'

export const handleListPinChanges: Handler<typeof listPinChanges> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const creators = actor.isAdmin
    ? undefined
    : await store.users.findTeam(actor.accountKey, actor.userId)
  const { rows, hasMore } = await store.pinChanges.list(
    actor.accountKey,
    { status: query.status, creators },
    { offset: (page - 1) * limit, limit, sort: toSort(sort_by, ['id']) },
  )
  const links = pageLinks(`${origin}/v2/pin_changes`, query, hasMore)
  return collectionOf(printItems('pin_change', rows.map(toAnswer)), rows.length, links)
}

export const handleCreatePinChange: Handler<typeof createPinChange> = async (call) => {
  const { store, actor, body, clock } = call
  const proposal = {
    resourceKind: body.resource_type,
    resourceId: body.resource_id,
    latitude: body.latitude,
    longitude: body.longitude,
    note: body.note ?? null,
  }
  const change = await store.write(actor.accountKey, async (tx) => {
    const { problems } = await findReferences(tx, proposal)
    throwProblems(
      problems.map(({ field, why }) => fieldProblem('pin_change', field, 'incorrect_value', why)),
    )
    return proposePin(tx, actor, proposal, clock())
  })
  return JSON.stringify({ data: toAnswer(change), meta: { type: 'pin_change' } })
}

export const handleUpdatePinChange: Handler<typeof updatePinChange> = async (call) => {
  const { store, actor, body, params, clock, newEventId } = call
  const { id = '' } = params
  const decision = {
    id: /^\d{1,16}$/.test(id) ? Number(id) : 0,
    isApproved: body.status === 'approved',
    isReverifying: body.reverify === true,
  }
  try {
    const { change, reverified } = await store.write(actor.accountKey, (tx) =>
      decidePin(tx, actor, decision, { now: clock(), newEventId }),
    )
    return JSON.stringify({ data: toAnswer(change), meta: { type: 'pin_change', reverified } })
  } catch (error) {
    const isAbsent = error instanceof DomainError && error.code === 'not_found'
    throw isAbsent ? resourceNotFound('pin_change', id.slice(0, 100)) : error
  }
}

const toAnswer = (change: PinChange): Answer => ({
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
