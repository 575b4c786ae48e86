import type { SellApi, SellPage } from '../api/client.ts'
import { SellRefusal } from '../api/refusals.ts'
import type { Listing } from '../ranges/listing.ts'
import type { NextPage } from '../ranges/next-pages.ts'
import { toListedItem } from '../ranges/parameters.ts'
import type { ListedItem, Range } from '../ranges/ranges.ts'
import { type Order, sellCap } from '../ranges/walk.ts'

/** How often a page may come back empty while Sell says that there are more. */
const emptyMax = 3

export interface RangeWalkOptions {
  readonly api: SellApi
  readonly path: string
  readonly listing: Listing
  /** Pages requested at the same time. */
  readonly inFlight: number
  readonly signal: AbortSignal | undefined
  /** Saves the items of the pages and the state of the ranges, in one transaction. */
  readonly save: (
    pages: readonly (readonly unknown[])[],
    changed: readonly Range[],
  ) => Promise<void>
}

export async function walkRanges(options: RangeWalkOptions): Promise<void> {
  const { api, path, listing, inFlight, signal, save } = options
  const requested = new Set<string>()
  const empty = new Map<string, number>()
  const arrived: Answer[] = []
  const stopping = new AbortController()
  const either = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal
  let failure: { readonly error: unknown } | undefined
  let alarm = Promise.withResolvers<void>()

  async function request(page: NextPage): Promise<void> {
    try {
      arrived.push({ page, answer: await api.list(path, paramsOf(page), either) })
    } catch (error) {
      if (page.range !== '' && isUnlistable(error)) arrived.push({ page, answer: 'refused' })
      else failure ??= { error }
    }
    alarm.resolve()
  }

  function requestMore(): void {
    while (requested.size < inFlight) {
      const page = listing.next((each) => requested.has(nameOf(each)))
      if (!page) return
      requested.add(nameOf(page))
      void request(page)
    }
  }

  try {
    for (;;) {
      signal?.throwIfAborted()
      requestMore()
      if (requested.size === 0) return
      if (arrived.length === 0 && !failure) await alarm.promise
      alarm = Promise.withResolvers()
      const pages: (readonly unknown[])[] = []
      for (const each of arrived.splice(0)) {
        requested.delete(nameOf(each.page))
        const items = noteAnswer(options, empty, each)
        if (items) pages.push(items)
      }
      const changed = listing.ranges.collectChanged()
      if (!failure) requestMore()
      if (pages.length > 0 || changed.length > 0) await save(pages, changed)
      if (failure) throw failure.error
    }
  } finally {
    stopping.abort()
  }
}

interface Answer {
  readonly page: NextPage
  readonly answer: SellPage | 'refused'
}

/** Whether Sell refuses to list what the request filters by, rather than the request itself. */
export const isUnlistable = (error: unknown): boolean =>
  error instanceof SellRefusal && [400, 404, 422].includes(error.status)

/** Reports the answer to the listing; returns the items to save. `empty`: how often a page was empty. */
function noteAnswer(
  { listing }: RangeWalkOptions,
  empty: Map<string, number>,
  { page, answer }: Answer,
): readonly unknown[] | undefined {
  if (answer === 'refused') return void listing.refuse(page.range)
  const { items, hasMore } = answer
  if (items.length === 0 && hasMore) {
    const times = (empty.get(nameOf(page)) ?? 0) + 1
    empty.set(nameOf(page), times)
    if (times >= emptyMax) listing.refuse(page.range)
    return undefined
  }
  const names = listing.values.names
  let before = 0
  const listed = items.map((item) => {
    const each = toListedItem(item, names, before)
    before = each.id
    return each
  })
  // NOTE: a page that is not sorted as requested proves nothing.
  if (isInOrder(page.order, listed)) listing.notePage(page, { items: listed, hasMore })
  else listing.refuse(page.range)
  return items
}

function isInOrder(order: Order, items: readonly ListedItem[]): boolean {
  const sign = order.endsWith(':asc') ? 1 : -1
  const keys = items.map(({ id, at }) => (order.startsWith('id:') ? id : at))
  return keys.every((key, index) => (key - (keys[index - 1] ?? key)) * sign >= 0)
}

const nameOf = ({ range, order, page }: NextPage): string => `${range} ${order} ${page}`

export const paramsOf = ({ filter, order, page }: Omit<NextPage, 'range'>) => ({
  page: String(page),
  per_page: String(sellCap.perPage),
  sort_by: order,
  ...filter,
})
