import type { Cap, Order } from '../plan/walk.ts'

/** The ids that a page shows, in its order. */
export type ShowPage = (order: Order, page: number) => Promise<readonly number[]>

export interface LookedOver {
  readonly cap: Cap
  /** What is known of it, rising. */
  readonly ids: readonly number[]
  /** It was read from both ends and something may lie between them. */
  readonly isTorn: boolean
}

/**
 * Whether a list shows what is known of it. The last page says how many stand before it: as many must
 * be known, and the page must hold exactly those that follow. Where more stand before it, some have
 * slipped: the page that holds them is found by halving, and shown.
 */
async function lookOver({ cap, ids, isTorn }: LookedOver, show: ShowPage): Promise<boolean> {
  const { pages, perPage } = cap
  const shownMax = pages * perPage
  const lastPage = (count: number): number =>
    Math.min(pages, Math.max(1, Math.ceil(count / perPage)))
  const isRising = await lookAlong('id:asc', lastPage(Math.min(ids.length, shownMax)))
  if (ids.length <= shownMax && !isTorn) return isRising
  const lastDown = isTorn ? pages : lastPage(ids.length - shownMax + perPage)
  return (await lookAlong('id:desc', lastDown)) && isRising

  async function lookAlong(order: Order, last: number): Promise<boolean> {
    const known = order === 'id:asc' ? ids : ids.toReversed()
    const shown = new Map<number, readonly number[]>()
    const read = async (page: number): Promise<readonly number[]> => {
      const found = shown.get(page) ?? (await show(order, page))
      shown.set(page, found)
      return found
    }

    /** How many more stand before a page than are known; undefined: it is empty. */
    async function missingBefore(page: number): Promise<number | undefined> {
      const [first] = await read(page)
      if (first === undefined) return undefined
      const at = known.findIndex((id) => (order === 'id:asc' ? id >= first : id <= first))
      return (page - 1) * perPage - (at === -1 ? known.length : at)
    }

    /** Shows the pages from `low`, before `high`, on which something is that is not known. */
    async function halve(low: number, before: number, high: number, upTo: number): Promise<void> {
      if (upTo <= before) return
      if (high - low === 1) return void (await read(low))
      const middle = Math.floor((low + high) / 2)
      const missing = await missingBefore(middle)
      if (missing === undefined) return
      await halve(low, before, middle, missing)
      await halve(middle, missing, high, upTo)
    }

    const found = await read(last)
    const expected = known.slice((last - 1) * perPage, last * perPage)
    const isSame = isTorn
      ? found[0] === expected[0]
      : found.length === expected.length && found.every((id, at) => id === expected[at])
    if (isSame) return true
    const missing = await missingBefore(last)
    if (missing !== undefined) await halve(1, 0, last, missing)
    return false
  }
}

/** How often a list is looked over in a row, each time with what the time before has found. */
const looksMax = 3

/**
 * Looks a list over and takes in what has slipped, until it is in order. `ahead`: nothing was found,
 * and more is known of it than it shows. `unsettled`: it does not come to rest.
 */
export async function findSlipped(
  list: LookedOver,
  show: ShowPage,
  take: (slipped: readonly number[]) => Promise<void>,
): Promise<'in_order' | 'ahead' | 'unsettled'> {
  const known = new Set(list.ids)
  for (let look = 0; look < looksMax; look++) {
    const slipped = new Set<number>()
    const ids = [...known].toSorted((one, other) => one - other)
    const isInOrder = await lookOver({ ...list, ids }, async (order, page) => {
      const shown = await show(order, page)
      for (const id of shown) if (!known.has(id)) slipped.add(id)
      return shown
    })
    if (slipped.size > 0) await take([...slipped])
    if (isInOrder) return 'in_order'
    if (slipped.size === 0) return 'ahead'
    for (const id of slipped) known.add(id)
  }
  return 'unsettled'
}
