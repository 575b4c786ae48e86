import type { AccountKey } from '../../domain/accounts.ts'
import type { ExternalKind, ExternalName } from '../../domain/external-ids.ts'
import type { Store } from '../../domain/store.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { invalidParameter, ApiError } from '../errors.ts'

export interface ExternalQuery {
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
  store: Pick<Store, 'externalIds'>,
  account: AccountKey,
  { external_id: externalId, source, ids }: ExternalQuery,
): Promise<readonly number[] | undefined> {
  if (externalId === undefined) {
    if (source === undefined) return ids
    throw new ApiError([invalidParameter('source', 'needs external_id')])
  }
  const found = await store.externalIds.findIds(account, kind, externalId, source)
  const left = ids ? found.filter((id) => ids.includes(id)) : found
  return left.length === 0 ? [nothing] : left
}

/** The leads and contacts that have the external id; undefined: none is given. Throws 400 as `idsOf` does. */
export async function customerIdsOf(
  store: Pick<Store, 'externalIds'>,
  account: AccountKey,
  query: Omit<ExternalQuery, 'ids'>,
): Promise<Record<ResourceKind, readonly number[]> | undefined> {
  const lead = await idsOf('lead', store, account, query)
  const contact = await idsOf('contact', store, account, query)
  return lead && contact && { lead, contact }
}

/** As answers have them. */
export const printExternalIds = (names: readonly ExternalName[]) =>
  names.map(({ source, externalId }) => ({ source, external_id: externalId }))
