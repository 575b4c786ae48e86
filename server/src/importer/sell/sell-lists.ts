import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { type SellApi, SellRefusal } from './api-client.ts'
import { listPeople } from './catalogue.ts'
import type { NamedRecords } from './drain.ts'
import type { Ledger } from './ledger.ts'
import { Plan } from './plan.ts'
import { prove } from './proof.ts'
import { walkRanges } from './range-walk.ts'
import type { Dimension, Range } from './ranges.ts'
import { recordGaps } from './report.ts'
import { contactDimensions, leadDimensions, sightingOf } from './sightings.ts'
import { sellCap } from './walk.ts'

export interface ListOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly inFlight: number
  readonly signal?: AbortSignal | undefined
}

const chunk = 5_000
const perRequest = 100

export const smallLists = [
  { list: 'visit_outcomes', path: '/v2/visit_outcomes', perPage: '100' },
  { list: 'users', path: '/v2/users', perPage: '100' },
] as const

/** The lists besides the visits; those that have been read are not read again. */
export async function readLists(ledger: Ledger, options: ListOptions): Promise<void> {
  const { api, signal } = options
  const done = async (list: string, items: readonly unknown[]) => {
    const lists = [...new Set([...ledger.progress.lists, list])]
    await ledger.enter({ list, items, progress: { lists } })
  }
  for (const { list, path, perPage } of smallLists) {
    if (ledger.progress.lists.includes(list)) continue
    await done(list, await readSmallList(options, path, perPage))
  }
  if (!ledger.progress.lists.includes('account')) {
    await done('account', [await api.get('/v2/accounts/self', {}, signal)])
  }
  for (const kind of ['lead', 'contact'] as const) {
    const list = `${kind}s`
    if (ledger.progress.lists.includes(list)) continue
    await readRecords(ledger, options, kind)
    await done(list, [])
  }
}

/** A list that is not expected to reach the cap. */
export async function readSmallList(
  { api, signal }: ListOptions,
  path: string,
  perPage: string,
): Promise<unknown[]> {
  const items: unknown[] = []
  for (let page = 1; page <= sellCap.pages; page++) {
    const found = await api.list(path, { page: String(page), per_page: perPage }, signal)
    items.push(...found.items)
    if (found.items.length < Number(perPage) && !found.hasMore) break
  }
  return items
}

export async function readRecords(
  ledger: Ledger,
  options: ListOptions,
  kind: ResourceKind,
): Promise<void> {
  const { api, signal, inFlight } = options
  const list = `${kind}s`
  const people = await listPeople(options.store, options.account)
  const dimensions = kind === 'lead' ? leadDimensions(people) : contactDimensions(people)
  const plan = await restorePlan(ledger, options, list, dimensions, false)
  const parameters = dimensions.map(({ name }) => name)
  await walkRanges({
    api,
    path: `/v2/${list}`,
    plan,
    inFlight,
    signal,
    sight: (item, before) => sightingOf(item, before, parameters),
    save: (pages, changed) =>
      ledger.enter({ list, items: pages.flatMap(({ items }) => items), ranges: changed }),
  })
  const proof = prove(plan)
  const others = ledger.progress.gaps.filter((gap) => gap.list !== list)
  await ledger.note({ progress: { gaps: [...others, ...recordGaps(list, proof)] } })
}

/** The plan of a list as it was kept. */
export async function restorePlan(
  ledger: Ledger,
  { store, account }: ListOptions,
  list: string,
  dimensions: readonly Dimension[],
  hasTimes: boolean,
): Promise<Plan> {
  const kept = await store.imports.listRanges(account, ledger.current.id, list)
  const ranges = kept.map(({ state }): Range => JSON.parse(state))
  return new Plan(dimensions, ranges, { hasTimes })
}

/** Leads and contacts that visits have named. */
export async function findNamed({ store, account }: ListOptions): Promise<NamedRecords> {
  const named: NamedRecords = { lead: new Set(), contact: new Set() }
  for (let after = 0; ;) {
    const told = await store.imports.listTold(account, after, chunk)
    for (const visit of told) if (!visit.isGone) named[visit.resourceKind].add(visit.resourceId)
    const last = told.at(-1)
    if (!last) return named
    after = last.id
  }
}

/** Leads and contacts that visits name and no list has told of, by their ids. */
export async function readMissingRecords(
  ledger: Ledger,
  { store, account, api, signal }: ListOptions,
  named: NamedRecords,
): Promise<void> {
  for (const kind of ['lead', 'contact'] as const) {
    const known = await store.imports.findKnownRecords(account, kind, [...named[kind]])
    const missing = [...named[kind]].filter((id) => !known.has(id))
    for (let at = 0; at < missing.length; at += perRequest) {
      const ids = missing.slice(at, at + perRequest)
      const params = { ids: ids.join(','), per_page: String(perRequest) }
      try {
        const { items } = await api.list(`/v2/${kind}s`, params, signal)
        await ledger.enter({ list: `${kind}s`, items })
      } catch (error) {
        if (!(error instanceof SellRefusal)) throw error
      }
    }
  }
}
