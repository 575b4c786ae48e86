import { unplacedCountMax } from '@doorstep/contract/limits'
import type { Operation } from '@doorstep/contract/operations'
import type * as contract from '@doorstep/contract/unplaced'

import type { UnplacedRecord } from '../../domain/geocoding.ts'
import { ApiError, fieldProblem } from '../errors.ts'
import type { Call, Handler } from '../request/call.ts'
import { answerPage, printItem } from '../request/pages.ts'

export const listUnplaced: Handler<typeof contract.listUnplaced> = async (call) => {
  const { query, actor, store } = call
  const { resource_type: kind, reason } = query
  const owners = await findOwners(call, query)
  return answerPage(
    call,
    'unplaced',
    ['id'],
    (page) => store.geocoding.listUnplaced(actor.accountKey, { kind, reason, owners }, page),
    toAnswer,
  )
}

export const getUnplacedCounts: Handler<typeof contract.getUnplacedCounts> = async (call) => {
  const { query, actor, store, settings } = call
  const owners = await findOwners(call, query)
  const { counts, isComplete } = await store.geocoding.countUnplaced(
    actor.accountKey,
    owners,
    unplacedCountMax,
  )
  return printItem('unplaced_counts', {
    ...counts,
    is_complete: isComplete,
    has_geocoder: settings.geocoder.name !== 'none',
  } satisfies contract.UnplacedCounts)
}

export const createGeocodingRetry: Handler<typeof contract.createGeocodingRetry> = async (call) => {
  const { actor, body, store, wake } = call
  if (body.resource_id !== undefined && body.resource_type === undefined) {
    const why = 'is required with resource_id, since a lead and a contact can have the same id'
    throw new ApiError([fieldProblem('geocoding_retry', '/resource_type', 'missing', why)])
  }
  const owners = actor.isAdmin
    ? undefined
    : await store.users.findTeam(actor.accountKey, actor.userId)
  const { resource_type: kind, resource_id: id, reason: failure } = body
  const waiting = await store.write(actor.accountKey, (tx) =>
    tx.geocoding.retry({ kind, id, failure, owners }),
  )
  wake()
  return printItem('geocoding_retry', { waiting })
}

interface OwnerQuery {
  readonly owner_id?: number
  readonly below?: number
}

/** Whose records; undefined: anybody's. */
async function findOwners(
  { store, actor }: Pick<Call<Operation>, 'store' | 'actor'>,
  { owner_id: owner, below }: OwnerQuery,
): Promise<readonly number[] | undefined> {
  if (below === undefined) return owner === undefined ? undefined : [owner]
  const team = await store.users.findTeam(actor.accountKey, below)
  return owner === undefined ? team : team.filter((id) => id === owner)
}

const toAnswer = (record: UnplacedRecord): contract.Unplaced => ({
  resource_type: record.resourceKind,
  resource_id: record.id,
  name: record.name,
  owner_id: record.ownerId,
  address: record.address,
  reason: record.reason,
  location_precision: record.precision,
  detail: record.detail,
})
