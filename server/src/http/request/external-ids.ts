import type { Operation } from '@doorstep/contract/operations'

import type { ExternalKind } from '../../domain/external-ids.ts'
import { invalidParameter, ApiError } from '../errors.ts'
import type { Call } from './call.ts'

interface ExternalQuery {
  readonly external_id?: string | undefined
  readonly source?: string | undefined
  readonly ids?: readonly number[] | undefined
}

/** An id that nothing has. */
const nothing = 0

/**
 * The ids that `external_id`, `source` and `ids` leave; undefined: none of them is given. Throws 400
 * for a source without an id.
 */
export async function idsOf(
  kind: ExternalKind,
  { store, actor }: Pick<Call<Operation>, 'store' | 'actor'>,
  { external_id: externalId, source, ids }: ExternalQuery,
): Promise<readonly number[] | undefined> {
  if (externalId === undefined) {
    if (source === undefined) return ids
    throw new ApiError([invalidParameter('source', 'needs external_id')])
  }
  const found = await store.externalIds.findIds(actor.accountKey, kind, externalId, source)
  const left = ids ? found.filter((id) => ids.includes(id)) : found
  return left.length === 0 ? [nothing] : left
}
