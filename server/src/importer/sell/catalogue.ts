import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Catalogue } from './sightings.ts'

const chunk = 5_000

async function* recordIds(store: Store, account: AccountKey, kind: ResourceKind) {
  for (let after = 0; ;) {
    const records = await store.imports.listRecordIds(account, kind, after, chunk)
    yield* records
    const last = records.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Users who are listed, and whoever owns or made a lead or contact. */
export async function listPeople(store: Store, account: AccountKey): Promise<Set<number>> {
  const people = new Set<number>()
  for (let offset = 0; ; offset += chunk) {
    const page = { offset, limit: chunk, sort: { field: 'id', descending: false } } as const
    const { rows, hasMore } = await store.users.list(account, {}, page)
    for (const { id } of rows) people.add(id)
    if (!hasMore) return people
  }
}

/**
 * What is known of Sell's other lists. What was made here is among it: where ids given here begin is
 * a setting, and a part that is left out may miss visits, while one too many costs a request.
 */
export async function readCatalogue(store: Store, account: AccountKey): Promise<Catalogue> {
  const creators = await listPeople(store, account)
  const leads: number[] = []
  const contacts: number[] = []
  for (const [kind, ids] of [['lead', leads] as const, ['contact', contacts] as const]) {
    for await (const { id, ownerId, creatorId } of recordIds(store, account, kind)) {
      ids.push(id)
      for (const person of [ownerId, creatorId]) {
        if (person !== null) creators.add(person)
      }
    }
  }
  const page = { offset: 0, limit: chunk, sort: { field: 'id', descending: false } } as const
  const { rows } = await store.outcomes.list(account, undefined, page)
  const outcomes = new Set(rows.map(({ id }) => id))
  return { creators, outcomes, leads, contacts }
}
