import { SellRefusal, type SellApi, type SellPage } from '../api/client.ts'
import type { PlannedPage, Plan } from '../plan/plan.ts'
import type { Range, Sighting } from '../plan/ranges.ts'
import { type Order, sellCap } from '../plan/walk.ts'

/** How often a page may come back empty while Sell says that there are more. */
const emptyMax = 3

/** A page with what asked for it. */
export interface ReadPage {
  readonly request: PlannedPage
  readonly items: readonly unknown[]
}

export interface RangeWalkOptions {
  readonly api: SellApi
  readonly path: string
  readonly plan: Plan
  /** Pages that are on their way at the same time. */
  readonly inFlight: number
  readonly signal: AbortSignal | undefined
  readonly sight: (item: unknown, before: number) => Sighting
  /** Keeps what the pages held and what the ranges have come to, in one transaction. */
  readonly save: (pages: readonly ReadPage[], changed: readonly Range[]) => Promise<void>
}

/** Asks for what the plan wants until it wants nothing more. */
export async function walkRanges(options: RangeWalkOptions): Promise<void> {
  const { api, path, plan, inFlight, signal, sight, save } = options
  const asked = new Set<string>()
  const empty = new Map<string, number>()
  const arrived: { request: PlannedPage; page: SellPage | SellRefusal }[] = []
  const stopping = new AbortController()
  const either = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal
  let failure: { readonly error: unknown } | undefined
  let alarm = Promise.withResolvers<void>()

  async function ask(request: PlannedPage): Promise<void> {
    try {
      const page = await api.list(path, paramsOf(request), either)
      arrived.push({ request, page })
    } catch (error) {
      const isHopeless = error instanceof SellRefusal && request.range !== ''
      if (isHopeless && [400, 404, 422].includes(error.status)) {
        arrived.push({ request, page: error })
      } else failure ??= { error }
    }
    alarm.resolve()
  }

  function askForMore(): void {
    while (asked.size < inFlight) {
      const request = plan.next((each) => asked.has(nameOf(each)))
      if (!request) return
      asked.add(nameOf(request))
      void ask(request)
    }
  }

  try {
    for (;;) {
      signal?.throwIfAborted()
      askForMore()
      if (asked.size === 0) return
      if (arrived.length === 0 && !failure) await alarm.promise
      alarm = Promise.withResolvers()
      const pages: ReadPage[] = []
      for (const { request, page } of arrived.splice(0)) {
        asked.delete(nameOf(request))
        if (page instanceof SellRefusal) {
          plan.refuse(request.range)
        } else if (page.items.length === 0 && page.hasMore) {
          const times = (empty.get(nameOf(request)) ?? 0) + 1
          empty.set(nameOf(request), times)
          if (times >= emptyMax) plan.refuse(request.range)
        } else {
          let before = 0
          const sightings = page.items.map((item) => {
            const sighting = sight(item, before)
            before = sighting.id
            return sighting
          })
          // NOTE: what is not in the order that was asked for proves nothing.
          if (isInOrder(request.order, sightings)) {
            plan.take(request, { items: sightings, hasMore: page.hasMore })
          } else {
            plan.refuse(request.range)
          }
          pages.push({ request, items: page.items })
        }
      }
      const changed = plan.takeChanged()
      if (!failure) askForMore()
      if (pages.length > 0 || changed.length > 0) await save(pages, changed)
      if (failure) throw failure.error
    }
  } finally {
    stopping.abort()
  }
}

function isInOrder(order: Order, items: readonly Sighting[]): boolean {
  const sign = order.endsWith(':asc') ? 1 : -1
  const keys = items.map(({ id, at }) => (order.startsWith('id:') ? id : at))
  return keys.every((key, index) => (key - (keys[index - 1] ?? key)) * sign >= 0)
}

const nameOf = ({ range, order, page }: PlannedPage): string => `${range} ${order} ${page}`

export const paramsOf = ({ filter, order, page }: Omit<PlannedPage, 'range'>) => ({
  page: String(page),
  per_page: String(sellCap.perPage),
  sort_by: order,
  ...filter,
})
