import type { ImportProgress } from '../../../domain/import-progress.ts'
import { idOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import type { Listing } from '../ranges/listing.ts'
import { toListedItem } from '../ranges/parameters.ts'
import type { Range } from '../ranges/ranges.ts'
import type { Cap, Order } from '../ranges/walk.ts'
import { pathOf, visitList } from '../read/lists.ts'
import { isUnlistable, paramsOf } from '../read/ranges.ts'
import { listSnapshots, snapshotValues } from '../read/snapshots.ts'
import { findShifted, type ShowPage } from './shifted-pages.ts'

/** The ids of each range's visits that this pass has read and that are not deleted, rising. */
async function findMembers(
  { store, account }: ImportSellOptions,
  listing: Listing,
  due: readonly Range[],
  pass: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const members = new Map(due.map(({ key }): [string, number[]] => [key, []]))
  if (due.length === 0) return members
  for await (const visit of listSnapshots(store, account)) {
    if (visit.isDeleted || visit.pass < pass) continue
    for (const range of new Set(listing.ranges.rangesOf(snapshotValues(visit)))) {
      members.get(range.key)?.push(visit.id)
    }
  }
  return members
}

/** After so many comparisons of a range that found nothing and did not match, it is read again. */
const fruitlessMax = 3

/** Compares ranges of a listing with what was read of them, and has those read again that need it. */
export class RangeComparison {
  readonly #listing: Listing
  readonly #cap: Cap
  readonly #fruitless = new Map<string, number>()

  constructor(listing: Listing, cap: Cap) {
    this.#listing = listing
    this.#cap = cap
  }

  /** Saves what shifted pages hid of a range. `ids`: its known ones, rising. True: in order. */
  async compare(
    range: Range,
    ids: readonly number[],
    show: ShowPage,
    save: (missed: readonly number[]) => Promise<void>,
  ): Promise<boolean> {
    // NOTE: its gap names all that it holds.
    if (range.isRefused) return true
    const { key, early } = range
    // NOTE: only the order by time has shown what lies between the two ends by id.
    const found = early ? 'outgrown' : await findShifted({ cap: this.#cap, ids }, show, save)
    const fruitless = found === 'ahead' ? (this.#fruitless.get(key) ?? 0) + 1 : 0
    this.#fruitless.set(key, fruitless)
    // NOTE: the stream may report before the next comparison why more is known than is shown.
    if (found === 'outgrown' || fruitless >= fruitlessMax) {
      this.#fruitless.delete(key)
      this.#listing.restart(key)
    }
    return found === 'in_order'
  }
}

const withDue = (due: number) => (so: ImportProgress) => {
  const checked = so.secondLook?.checked ?? 0
  return { secondLook: { ranges: checked + due, checked } }
}

function withOneChecked(so: ImportProgress): Partial<ImportProgress> {
  const { ranges = 0, checked = 0 } = so.secondLook ?? {}
  return { secondLook: { ranges, checked: checked + 1 } }
}

/**
 * Compares the marked ranges with what was saved of them, and saves what shifted pages hid. Ranges
 * in order are unmarked. Others stay marked for the next time, when the stream has reported more.
 * True: no range was marked, and nothing is left to be read.
 */
export async function recheck(
  ledger: Ledger,
  options: ImportSellOptions,
  listing: Listing,
  comparison: RangeComparison,
): Promise<boolean> {
  const due = listing.due.collect()
  if (due.length > 0) await ledger.note({ progress: withDue(due.length) })
  const members = await findMembers(options, listing, due, ledger.progress.pass)
  const saveChanged = (items: readonly unknown[]): Promise<void> =>
    ledger.enter({ list: 'visits', items, ranges: listing.ranges.collectChanged() })
  for (const range of due) {
    const items = new Map<number, unknown>()
    const show = async (order: Order, page: number): Promise<number[]> => {
      const params = paramsOf({ filter: range.filter, order, page })
      const shown = (await options.api.list(pathOf(visitList), params, options.signal)).items
      for (const item of shown) items.set(idOf(item), item)
      return shown.map(idOf)
    }
    const save = (missed: readonly number[]): Promise<void> => {
      const found = missed.map((id) => items.get(id))
      listing.observe(found.map((item) => toListedItem(item, listing.values.names)))
      return saveChanged(found)
    }
    try {
      const ids = members.get(range.key) ?? []
      if (await comparison.compare(range, ids, show, save)) listing.due.unmark(range)
    } catch (error) {
      if (!isUnlistable(error)) throw error
      listing.refuse(range.key)
      listing.due.unmark(range)
    }
    const ranges = listing.ranges.collectChanged()
    await ledger.enter({ list: 'visits', items: [], ranges, progress: withOneChecked })
  }
  // NOTE: an event that the stream has not reported yet may hide a missed visit. So a range is at
  // rest only once the stream has reported nothing more of it.
  return due.length === 0 && listing.isDone
}
