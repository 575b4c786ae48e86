import type { AccountKey } from '../../../domain/accounts.ts'
import type { Store } from '../../../domain/store.ts'
import type { Catalogue, KnownIds } from '../ranges/parameters.ts'
import { chunk, listAll } from './snapshots.ts'

/** Sell's users that are here, and those that Sell's own list names. */
export async function listUsers(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
): Promise<KnownIds> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const ids = new Set<number>()
  for (let offset = 0; ; offset += chunk) {
    const page = { offset, limit: chunk, sort: { field: 'id', descending: false } } as const
    const { rows, hasMore } = await store.users.list(account, {}, page)
    for (const { id } of rows) if (id < firstLocalId) ids.add(id)
    if (!hasMore) break
  }
  return knownIds(store, account, importId, 'users', ids)
}

/** The ids of Sell's other lists, without those given here. */
export async function readCatalogue(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
): Promise<Catalogue> {
  const firstLocalId = await store.accounts.firstLocalId(account)
  const isSells = (id: number): boolean => id < firstLocalId
  const users = await listUsers(store, account, importId)
  const allUsers = new Set(users.all)
  const known = { lead: new Set<number>(), contact: new Set<number>() }
  for (const kind of ['lead', 'contact'] as const) {
    for await (const { id, ownerId, creatorId } of listAll((after) =>
      store[`${kind}s`].listReferences(account, after, chunk),
    )) {
      if (isSells(id)) known[kind].add(id)
      for (const user of [ownerId, creatorId]) {
        if (user !== null && isSells(user)) allUsers.add(user)
      }
    }
  }
  const page = { offset: 0, limit: chunk, sort: { field: 'id', descending: false } } as const
  const { rows } = await store.visitOutcomes.list(account, undefined, page)
  const outcomes = new Set(rows.map(({ id }) => id).filter(isSells))
  return {
    users: { ...users, all: allUsers },
    outcomes: await knownIds(store, account, importId, 'visit_outcomes', outcomes),
    leads: await knownIds(store, account, importId, 'leads', known.lead),
    contacts: await knownIds(store, account, importId, 'contacts', known.contact),
  }
}

/**
 * Ids that Sell's list names count as listed, rejected ones too. Ids known from elsewhere are
 * requested and prove nothing. Without an import every id that is here counts as listed.
 */
async function knownIds(
  store: Store,
  account: AccountKey,
  importId: number | undefined,
  list: string,
  known: ReadonlySet<number>,
): Promise<KnownIds> {
  if (importId === undefined) return { all: known, listed: known }
  const listed = new Set(await store.imports.listListed(account, importId, list))
  return { all: listed.union(known), listed }
}
