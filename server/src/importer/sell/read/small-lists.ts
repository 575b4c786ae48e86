import type { AccountKey } from '../../../domain/accounts.ts'
import type { GapCause, ImportGap } from '../../../domain/imports.ts'
import type { Store } from '../../../domain/store.ts'
import { type SellApi, SellRefusal } from '../api/client.ts'
import type { Ledger } from '../ledger.ts'
import { Plan } from '../plan/plan.ts'
import type { Dimension, Range } from '../plan/ranges.ts'
import { sellCap } from '../plan/walk.ts'

export interface ListOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly inFlight: number
  readonly signal?: AbortSignal | undefined
}

/** Lists that are not expected to reach the cap. */
export const smallLists = ['visit_outcomes', 'users', 'account'] as const
export type SmallList = (typeof smallLists)[number]

/** The lists that are read whole, those that have not been read yet. */
export async function readSmallLists(ledger: Ledger, options: ListOptions): Promise<void> {
  for (const list of smallLists) {
    if (!ledger.progress.lists.includes(list)) await readSmallList(ledger, options, list)
  }
}

/** Reads one whole. Where Sell refuses it, that is a gap, and the rest goes on. True: it was read. */
export async function readSmallList(
  ledger: Ledger,
  options: ListOptions,
  list: SmallList,
): Promise<boolean> {
  try {
    const { items, isWhole } = await askSmallList(options, list)
    await ledger.enter({
      list,
      items,
      isListed: list !== 'account',
      progress: ({ lists }) => ({ lists: [...new Set([...lists, list])] }),
    })
    await noteGaps(ledger, list, 'unread', [])
    await noteGaps(ledger, list, 'unproven', isWhole ? [] : [gap(list, 'unproven', tooLong)])
    return true
  } catch (error) {
    await noteUnread(ledger, list, error)
    return false
  }
}

const tooLong = 'is longer than what Sell shows of it'

/** What Sell refuses is a gap. Throws all other errors again, and that the token is not valid. */
export async function noteUnread(ledger: Ledger, list: string, error: unknown): Promise<void> {
  if (!(error instanceof SellRefusal) || error.status === 401) throw error
  await noteGaps(ledger, list, 'unread', [gap(list, 'unread', `cannot be read (${error.message})`)])
}

async function askSmallList(
  { api, signal }: ListOptions,
  list: SmallList,
): Promise<{ readonly items: readonly unknown[]; readonly isWhole: boolean }> {
  if (list === 'account') {
    return { items: [await api.get('/v2/accounts/self', {}, signal)], isWhole: true }
  }
  const items: unknown[] = []
  const { pages, perPage } = sellCap
  for (let page = 1; page <= pages; page++) {
    const params = { page: String(page), per_page: String(perPage) }
    const found = await api.list(`/v2/${list}`, params, signal)
    items.push(...found.items)
    if (found.items.length < perPage && !found.hasMore) return { items, isWhole: true }
  }
  return { items, isWhole: false }
}

export const gap = (list: string, cause: GapCause, reason: string): ImportGap => ({
  list,
  cause,
  filter: '',
  reason,
  missingMax: null,
})

/** Puts these gaps in the place of those of this list that have the same cause. */
export const noteGaps = (
  ledger: Ledger,
  list: string,
  cause: GapCause,
  found: readonly ImportGap[],
): Promise<void> =>
  ledger.note({
    progress: ({ gaps }) => ({
      gaps: [...gaps.filter((each) => each.list !== list || each.cause !== cause), ...found],
    }),
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
