import type { Store } from '../../src/domain/store.ts'
import type { Visit } from '../../src/domain/visits.ts'

/** NOTE: few for a statement, which a loaded machine has to end in time as well. */
const limit = 1000

/** Every visit of the account, by id. */
export async function everyVisit(store: Store, account: number): Promise<Visit[]> {
  const found: Visit[] = []
  for (let offset = 0; ; offset += limit) {
    const { items, hasMore } = await store.visits.list(account, {
      offset,
      limit,
      sort: { field: 'id', descending: false },
      filter: {},
      viewer: { userId: 0, isAdmin: true },
    })
    const listed: { data: { id: number } }[] = JSON.parse(`[${items.toString()}]`)
    const visits = await store.visits.find(
      account,
      listed.map(({ data }) => data.id),
    )
    found.push(...listed.flatMap(({ data }) => visits.get(data.id) ?? []))
    if (!hasMore) return found
  }
}
