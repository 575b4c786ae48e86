import type { GapCause, ImportGap } from '../../../domain/import-progress.ts'
import { isRefusal } from '../api/refusals.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { sellCap } from '../ranges/walk.ts'

/** Lists that are not expected to reach the cap. */
export const smallLists = ['visit_outcomes', 'users', 'account'] as const
export type SmallList = (typeof smallLists)[number]

/** Reads one list from its beginning. Where Sell refuses it, notes a gap. True: it was read. */
export async function readSmallList(
  ledger: Ledger,
  options: ImportSellOptions,
  list: SmallList,
): Promise<boolean> {
  try {
    const { items, isWhole } = await requestSmallList(options, list)
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

const tooLong = 'is longer than Sell shows'

export const restless =
  'pages kept shifting because many were deleted or moved; run the import again'

async function requestSmallList(
  { api, signal }: ImportSellOptions,
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

/** Replaces the gaps of this list that have the same cause. */
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

/** Notes a list that Sell refuses as a gap. Throws any other error, and an invalid token. */
export async function noteUnread(ledger: Ledger, list: string, error: unknown): Promise<void> {
  if (!isRefusal(error)) throw error
  await noteGaps(ledger, list, 'unread', [gap(list, 'unread', `cannot be read (${error.message})`)])
}
