/** Where an item stands in both orders. `at`: when the visit took place, in ms. */
export interface Place {
  readonly id: number
  readonly at: number
}

/** The orders in which Sell lists visits. */
export type Order = 'id:asc' | 'id:desc' | 'visited_at:asc' | 'visited_at:desc'

/** How much one combination of filters shows in one order. */
export interface Cap {
  readonly pages: number
  readonly perPage: number
}

export const sellCap: Cap = { pages: 100, perPage: 100 }

/** How far one range has been read in one order. Plain data, stored as JSON. */
export interface Walk {
  /** Pages 1 to this one have been read. */
  through: number
  first: Place | null
  /** The last item of page `through`. */
  last: Place | null
  /** The last item of each page that was read ahead. */
  ahead: Record<string, Place>
  /** All pages behind this one are empty. */
  bound: number
  /** Whether `bound` is the last page that is not empty. */
  isBoundExact: boolean
}

export const newWalk = (cap: Cap): Walk => ({
  through: 0,
  first: null,
  last: null,
  ahead: {},
  bound: cap.pages,
  isBoundExact: false,
})

/** Notes a page that was read. `hasMore`: Sell says that there is a next one. */
export function notePage(
  cap: Cap,
  walk: Walk,
  page: number,
  items: readonly Place[],
  hasMore: boolean,
): void {
  const [first] = items
  const last = items.at(-1)
  if (page === 1) walk.first = first ?? null
  // NOTE: a full page without a next one proves nothing: page 100 never has one.
  const isShort = items.length < cap.perPage && !hasMore
  if (isShort) {
    walk.bound = Math.min(walk.bound, last ? page : page - 1)
    if (last) walk.isBoundExact = true
  }
  if (last && page > walk.through) walk.ahead[page] = { id: last.id, at: last.at }
  for (let next = walk.ahead[walk.through + 1]; next; next = walk.ahead[walk.through + 1]) {
    walk.through++
    walk.last = next
    delete walk.ahead[walk.through]
  }
}

export const hasRead = (walk: Walk, page: number): boolean =>
  page <= walk.through || walk.ahead[page] !== undefined

/** The last item of a page that has been read. */
export const lastOf = (walk: Walk, page: number): Place | null =>
  page === walk.through ? walk.last : (walk.ahead[page] ?? null)

/** A short page was found, and all pages before it have been read. */
export const isWalkedToEnd = (cap: Cap, walk: Walk): boolean =>
  walk.through >= walk.bound && (walk.bound < cap.pages || walk.isBoundExact)

/** A page behind the bound was not empty. */
export const isContradicted = (walk: Walk): boolean =>
  walk.through > walk.bound || Object.keys(walk.ahead).some((page) => Number(page) > walk.bound)

/** The last page that Sell shows is full, so there may be more behind it. */
export const isCapped = (cap: Cap, walk: Walk): boolean =>
  !walk.isBoundExact && walk.bound === cap.pages && hasRead(walk, cap.pages)
