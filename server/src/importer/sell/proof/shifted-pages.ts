import type { Cap, Order } from '../ranges/walk.ts'

/** The ids that a page shows, in its order. */
export type ShowPage = (order: Order, page: number) => Promise<readonly number[]>

export interface KnownList {
  readonly cap: Cap
  /** The ids that have been read of it, rising. */
  readonly ids: readonly number[]
}

/**
 * Whether a list shows exactly the known ids. The page at which they end must hold the ids that
 * follow, and nothing may stand behind it. Where more stand before it than are known, the pages
 * that hold them are found by halving, and shown. A list longer than the cap is compared from both
 * ends, which overlap.
 */
async function isAsKnown({ cap, ids }: KnownList, show: ShowPage): Promise<boolean> {
  const { pages, perPage } = cap
  const shownMax = pages * perPage
  if (ids.length < shownMax) return compareWith('id:asc', Math.floor(ids.length / perPage) + 1)
  const isSameUp = await compareWith('id:asc', pages)
  const pagesDown = Math.ceil((ids.length - shownMax) / perPage) + 1
  return (await compareWith('id:desc', Math.min(pages, pagesDown))) && isSameUp

  async function compareWith(order: Order, last: number): Promise<boolean> {
    const known = order === 'id:asc' ? ids : ids.toReversed()
    const shown = new Map<number, readonly number[]>()
    const read = async (page: number): Promise<readonly number[]> => {
      const found = shown.get(page) ?? (await show(order, page))
      shown.set(page, found)
      return found
    }

    async function isSame(page: number): Promise<boolean> {
      const found = await read(page)
      const expected = known.slice((page - 1) * perPage, page * perPage)
      return found.length === expected.length && found.every((id, at) => id === expected[at])
    }

    /** How many more stand before a page than are known; undefined: it is empty. */
    async function missingBefore(page: number): Promise<number | undefined> {
      const [first] = await read(page)
      if (first === undefined) return undefined
      const at = known.findIndex((id) => (order === 'id:asc' ? id >= first : id <= first))
      return (page - 1) * perPage - (at === -1 ? known.length : at)
    }

    /** Shows the pages from `low`, before `high`, that hold something unknown. */
    async function halve(low: number, before: number, high: number, upTo: number): Promise<void> {
      if (upTo <= before) return
      if (high - low === 1) return void (await read(low))
      const middle = Math.floor((low + high) / 2)
      const missing = await missingBefore(middle)
      if (missing === undefined) return
      await halve(low, before, middle, missing)
      await halve(middle, missing, high, upTo)
    }

    // NOTE: a page that must be empty says nothing of those before it.
    const full = known.length <= (last - 1) * perPage ? Math.max(1, last - 1) : last
    if ((await isSame(full)) && (full === last || (await isSame(last)))) return true
    const missing = await missingBefore(full)
    if (missing !== undefined) await halve(1, 0, full, missing)
    return false
  }
}

/** How often a list is compared in a row, each time with what the time before has found. */
const comparisonsMax = 3

/**
 * Compares a list with what was read of it and saves what was missed, until both are the same.
 * `ahead`: nothing was found, and more is known of it than it shows. `outgrown`: its two ends may
 * not meet any more, so that an item between them would be seen from neither. `unstable`: it kept
 * changing.
 */
export async function findShifted(
  list: KnownList,
  show: ShowPage,
  save: (missed: readonly number[]) => Promise<void>,
): Promise<'in_order' | 'ahead' | 'outgrown' | 'unstable'> {
  const { pages, perPage } = list.cap
  const known = new Set(list.ids)
  for (let comparison = 0; comparison < comparisonsMax; comparison++) {
    if (known.size >= 2 * pages * perPage) return 'outgrown'
    const missed = new Set<number>()
    const ids = [...known].toSorted((one, other) => one - other)
    const isInOrder = await isAsKnown({ ...list, ids }, async (order, page) => {
      const shown = await show(order, page)
      for (const id of shown) if (!known.has(id)) missed.add(id)
      return shown
    })
    if (missed.size > 0) await save([...missed])
    if (isInOrder) return 'in_order'
    if (missed.size === 0) return 'ahead'
    for (const id of missed) known.add(id)
  }
  return 'unstable'
}
