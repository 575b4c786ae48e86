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

/** Sell's users, as far as they are known here. */
export async function listPeople(store: Store, account: AccountKey): Promise<Set<number>> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const people = new Set<number>()
  for (let offset = 0; ; offset += chunk) {
    const page = { offset, limit: chunk, sort: { field: 'id', descending: false } } as const
    const { rows, hasMore } = await store.users.list(account, {}, page)
    for (const { id } of rows) if (id < firstLocalId) people.add(id)
    if (!hasMore) return people
  }
}

/** What is known of Sell's other lists, without what was made here. */
export async function readCatalogue(store: Store, account: AccountKey): Promise<Catalogue> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const isSells = (id: number): boolean => id < firstLocalId
  const creators = await listPeople(store, account)
  const leads: number[] = []
  const contacts: number[] = []
  for (const [kind, ids] of [['lead', leads] as const, ['contact', contacts] as const]) {
    for await (const { id, ownerId, creatorId } of recordIds(store, account, kind)) {
      if (isSells(id)) ids.push(id)
      for (const person of [ownerId, creatorId]) {
        if (person !== null && isSells(person)) creators.add(person)
      }
    }
  }
  const page = { offset: 0, limit: chunk, sort: { field: 'id', descending: false } } as const
  const { rows } = await store.outcomes.list(account, undefined, page)
  const outcomes = new Set(rows.map(({ id }) => id).filter(isSells))
  return { creators, outcomes, leads, contacts }
}
