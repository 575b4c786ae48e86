import type { AccountKey } from '../../../domain/accounts.ts'
import type { Store } from '../../../domain/store.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import type { Catalogue, Named } from '../plan/parameters.ts'

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

/** Sell's users as the account knows them, and those that Sell's own list names. */
export async function listPeople(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
): Promise<Named> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const people = new Set<number>()
  for (let offset = 0; ; offset += chunk) {
    const page = { offset, limit: chunk, sort: { field: 'id', descending: false } } as const
    const { rows, hasMore } = await store.users.list(account, {}, page)
    for (const { id } of rows) if (id < firstLocalId) people.add(id)
    if (!hasMore) break
  }
  return named(store, account, importId, 'users', people)
}

/** What is known of Sell's other lists, without what was made here. */
export async function readCatalogue(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
): Promise<Catalogue> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const isSells = (id: number): boolean => id < firstLocalId
  const people = await listPeople(store, account, importId)
  const askedPeople = new Set(people.asked)
  const known = { lead: new Set<number>(), contact: new Set<number>() }
  for (const kind of ['lead', 'contact'] as const) {
    for await (const { id, ownerId, creatorId } of recordIds(store, account, kind)) {
      if (isSells(id)) known[kind].add(id)
      for (const person of [ownerId, creatorId]) {
        if (person !== null && isSells(person)) askedPeople.add(person)
      }
    }
  }
  const page = { offset: 0, limit: chunk, sort: { field: 'id', descending: false } } as const
  const { rows } = await store.outcomes.list(account, undefined, page)
  const outcomes = new Set(rows.map(({ id }) => id).filter(isSells))
  return {
    creators: { ...people, asked: askedPeople },
    outcomes: await named(store, account, importId, 'visit_outcomes', outcomes),
    leads: await named(store, account, importId, 'leads', known.lead),
    contacts: await named(store, account, importId, 'contacts', known.contact),
  }
}

/**
 * What Sell's list names counts as listed, whether it could be kept or not; what is known from
 * elsewhere is asked for and proves nothing. Without an import all that is here counts.
 */
async function named(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
  list: string,
  known: ReadonlySet<number>,
): Promise<Named> {
  if (importId === undefined) return { asked: known, listed: known }
  const listed = new Set(await store.imports.listListed(account, importId, list))
  return { asked: listed.union(known), listed }
}
