import type { AccountKey } from '../../../domain/accounts.ts'
import type { Store } from '../../../domain/store.ts'
import type { SellApi } from '../api/client.ts'
import { idOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import { toListedItem } from '../plan/parameters.ts'
import type { Plan } from '../plan/plan.ts'
import type { Range } from '../plan/ranges.ts'
import { type Cap, type Order, sellCap } from '../plan/walk.ts'
import { pathOf, visitList } from '../read/lists.ts'
import { isUnlistable, paramsOf } from '../read/ranges.ts'
import { listSnapshots, snapshotValues } from '../read/snapshots.ts'
import { findShifted, type ShowPage } from './shifted-pages.ts'

/** The ids of each range's visits that this pass has read and that are not deleted, rising. */
async function findMembers(
  store: Store,
  account: AccountKey,
  plan: Plan,
  due: readonly Range[],
  comparison: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const members = new Map(due.map(({ key }): [string, number[]] => [key, []]))
  if (due.length === 0) return members
  for await (const visit of listSnapshots(store, account)) {
    if (visit.isGone || visit.comparison < comparison) continue
    for (const range of new Set(plan.rangesOf(snapshotValues(visit)))) {
      members.get(range.key)?.push(visit.id)
    }
  }
  return members
}

/** After so many comparisons of a range that found nothing and did not match, it is read again. */
const fruitlessMax = 3

/** Compares ranges of a plan with what was read of them, and has those read again that need it. */
export class RangeComparison {
  readonly #plan: Plan
  readonly #cap: Cap
  readonly #fruitless = new Map<string, number>()

  constructor(plan: Plan, cap: Cap) {
    this.#plan = plan
    this.#cap = cap
  }

  /**
   * Saves what shifted pages hid. False: the range is still due, or will be read again. `ids`: those
   * that have been read of it, rising.
   */
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
      this.#plan.restart(key)
    }
    return found === 'in_order'
  }
}

interface RecheckOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly signal?: AbortSignal | undefined
}

/**
 * Compares the marked ranges with what was saved of them, and saves what shifted pages hid. Ranges in
 * order are unmarked. Others stay marked for the next run, when the stream has reported more.
 */
export class Recheck {
  readonly #options: RecheckOptions
  readonly #ledger: Ledger
  readonly #plan: Plan
  readonly #ranges: RangeComparison

  constructor(options: RecheckOptions, ledger: Ledger, plan: Plan) {
    this.#options = options
    this.#ledger = ledger
    this.#plan = plan
    this.#ranges = new RangeComparison(plan, sellCap)
  }

  /** True: no range was marked, and nothing is left to be read. */
  async run(): Promise<boolean> {
    const { store, account } = this.#options
    const { comparison } = this.#ledger.progress
    const due = this.#plan.due.collect()
    const members = await findMembers(store, account, this.#plan, due, comparison)
    for (const range of due) {
      if (await this.#compare(range, members.get(range.key) ?? [])) this.#plan.due.unmark(range)
      await this.#ledger.enter({ list: 'visits', items: [], ranges: this.#plan.collectChanged() })
    }
    // NOTE: an event that the stream has not reported yet may hide a missed visit. So a range is at
    // rest only once the stream has reported nothing more of it.
    return due.length === 0 && this.#plan.isDone
  }

  async #compare(range: Range, ids: readonly number[]): Promise<boolean> {
    const { api, signal } = this.#options
    const items = new Map<number, unknown>()
    const show = async (order: Order, page: number): Promise<number[]> => {
      const params = paramsOf({ filter: range.filter, order, page })
      const shown = (await api.list(pathOf(visitList), params, signal)).items
      for (const item of shown) items.set(idOf(item), item)
      return shown.map(idOf)
    }
    try {
      return await this.#ranges.compare(range, ids, show, (missed) =>
        this.#save(missed.map((id) => items.get(id))),
      )
    } catch (error) {
      if (!isUnlistable(error)) throw error
      this.#plan.refuse(range.key)
      return true
    }
  }

  async #save(items: readonly unknown[]): Promise<void> {
    const names = this.#plan.parameterNames
    this.#plan.observe(items.map((item) => toListedItem(item, names)))
    await this.#ledger.enter({ list: 'visits', items, ranges: this.#plan.collectChanged() })
  }
}
