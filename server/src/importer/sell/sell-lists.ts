import type { AccountKey } from '../../domain/accounts.ts'
import type { ImportGap } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { type SellApi, SellRefusal } from './api-client.ts'
import type { Ledger } from './ledger.ts'
import { Plan } from './plan.ts'
import type { Dimension, Range } from './ranges.ts'
import { sellCap } from './walk.ts'

export interface ListOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly inFlight: number
  readonly signal?: AbortSignal | undefined
}

export const accountPath = '/v2/accounts/self'

export const smallLists = [
  { list: 'visit_outcomes', path: '/v2/visit_outcomes', perPage: '100' },
  { list: 'users', path: '/v2/users', perPage: '100' },
] as const

/** Lists that are read whole: few items, of which none is known to be gone. */
export async function readSmallLists(ledger: Ledger, options: ListOptions): Promise<void> {
  const { api, signal } = options
  const readers = {
    account: async () => [await api.get(accountPath, {}, signal)],
    ...Object.fromEntries(
      smallLists.map(({ list, path, perPage }) => [
        list,
        () => readSmallList(options, path, perPage),
      ]),
    ),
  }
  await together(
    Object.entries(readers)
      .filter(([list]) => !ledger.progress.lists.includes(list))
      .map(([list, read]) => enterList(ledger, list, read)),
  )
}

/** Waits for all, also where one fails: none goes on behind the back of whoever handles that. */
export async function together(work: readonly Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(work)
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/** Takes a list in; where Sell refuses it, that is a gap, and the rest goes on. */
async function enterList(
  ledger: Ledger,
  list: string,
  read: () => Promise<readonly unknown[]>,
): Promise<void> {
  let items: readonly unknown[] = []
  try {
    items = await read()
  } catch (error) {
    if (!(error instanceof SellRefusal) || error.status === 401) throw error
    const reason = `cannot be read (${error.message})`
    await noteGaps(ledger, list, [{ list, filter: '', reason, missingMax: null }])
  }
  await noteRead(ledger, list, items)
}

/** Notes that a list has been read, with the last of its items. */
export function noteRead(
  ledger: Ledger,
  list: string,
  items: readonly unknown[] = [],
): Promise<void> {
  return ledger.enter({
    list,
    items,
    progress: ({ lists }) => ({ lists: [...new Set([...lists, list])] }),
  })
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

/** Puts these gaps in the place of those of this list. */
export const noteGaps = (
  ledger: Ledger,
  list: string,
  found: readonly ImportGap[],
): Promise<void> =>
  ledger.note({
    progress: ({ gaps }) => ({ gaps: [...gaps.filter((gap) => gap.list !== list), ...found] }),
  })

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
