import type { AccountKey } from '../../../domain/accounts.ts'
import type { SellSnapshot } from '../../../domain/sell-visits.ts'
import type { Store } from '../../../domain/store.ts'
import { isObject } from '../../attributes.ts'
import type { Attributes } from '../api/items.ts'
import type { Values } from '../ranges/ranges.ts'

export const chunk = 5_000

/** All rows of a list by id, of which `list` answers the next ones after an id. */
export async function* listAll<Row extends { readonly id: number }>(
  list: (after: number) => Promise<readonly Row[]>,
  afterId = 0,
): AsyncGenerator<Row> {
  for (let after: number | undefined = afterId; after !== undefined;) {
    const rows = await list(after)
    yield* rows
    after = rows.at(-1)?.id
  }
}

/** What Sell last sent of each visit, by id. */
export const listSnapshots = (
  store: Store,
  account: AccountKey,
  afterId = 0,
): AsyncGenerator<SellSnapshot> =>
  listAll((after) => store.imports.listSnapshots(account, after, chunk), afterId)

/** The values by which Sell's list of visits shows this one. */
export const snapshotValues = (snapshot: SellSnapshot): Values => ({
  creator_id: String(snapshot.creatorId),
  outcome_id: String(snapshot.outcomeId ?? ''),
  resource_type: snapshot.resourceKind,
  resource_id: String(snapshot.resourceId),
  rep_location_verification_status: snapshot.status,
})

/** The same of a visit in the stream. A value that the event leaves out is unknown. */
export function eventValues(data: Attributes): Values {
  const outcome = isObject(data['outcome']) ? data['outcome'] : {}
  const location = isObject(data['sales_rep_location']) ? data['sales_rep_location'] : {}
  return {
    ...named('creator_id', data['creator_id']),
    outcome_id: String(outcome['id'] ?? ''),
    resource_type: data['resource_type'] === 'lead' ? 'lead' : 'contact',
    ...named('resource_id', data['resource_id']),
    ...named('rep_location_verification_status', location['verification_status']),
  }
}

const named = (name: string, value: unknown): Values =>
  value === undefined || value === null ? {} : { [name]: String(value) }
