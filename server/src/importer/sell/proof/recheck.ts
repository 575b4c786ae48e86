import type { AccountKey } from '../../../domain/accounts.ts'
import type { Store } from '../../../domain/store.ts'
import { type SellApi, SellRefusal } from '../api/client.ts'
import { idOf } from '../api/items.ts'
import type { Ledger } from '../ledger.ts'
import { sightingOf, visitParameters } from '../plan/parameters.ts'
import type { Plan } from '../plan/plan.ts'
import type { Range } from '../plan/ranges.ts'
import { type Order, sellCap } from '../plan/walk.ts'
import { toldValues } from '../read/changes.ts'
import { paramsOf } from '../read/ranges.ts'
import { listTold } from '../read/unlisted-visits.ts'
import { findSlipped } from './shifted-pages.ts'

/** What has been taken in of a range: its ids, rising. */
export type Members = ReadonlyMap<string, readonly number[]>

/** The ids of these ranges' visits that this comparison has told of, and not that they are gone. */
export async function findMembers(
  store: Store,
  account: AccountKey,
  plan: Plan,
  due: readonly Range[],
  comparison: number,
): Promise<Members> {
  const members = new Map(due.map(({ key }): [string, number[]] => [key, []]))
  if (due.length === 0) return members
  for await (const visit of listTold({ store, account })) {
    if (visit.isGone || visit.comparison < comparison) continue
    for (const range of new Set(plan.rangesOf(toldValues(visit)))) {
      members.get(range.key)?.push(visit.id)
    }
  }
  return members
}

interface AuditOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly signal?: AbortSignal | undefined
}

/** After so many audits that found nothing and did not fit either, a range begins anew. */
const fruitlessMax = 3

/**
 * Looks at the ranges that were marked: what slipped is taken in. Those that are in order are settled,
 * others stay marked for the next audit, when the stream has told more.
 */
export class Audit {
  readonly #options: AuditOptions
  readonly #ledger: Ledger
  readonly #plan: Plan
  readonly #fruitless = new Map<string, number>()

  constructor(options: AuditOptions, ledger: Ledger, plan: Plan) {
    this.#options = options
    this.#ledger = ledger
    this.#plan = plan
  }

  /** True: nothing was to be looked at, and nothing is left to be read. */
  async run(): Promise<boolean> {
    const { store, account } = this.#options
    const { comparison } = this.#ledger.progress
    const due = this.#plan.takeDue()
    const members = await findMembers(store, account, this.#plan, due, comparison)
    for (const range of due) {
      const isInOrder = await this.#look(range, members.get(range.key) ?? [])
      if (isInOrder) this.#plan.settle(range.key)
      await this.#ledger.enter({ list: 'visits', items: [], ranges: this.#plan.takeChanged() })
    }
    // NOTE: what the stream has not told yet may hide what slipped, so that those that were looked at
    // are at rest only once it has told nothing more of them.
    return due.length === 0 && this.#plan.isDone
  }

  async #look(range: Range, ids: readonly number[]): Promise<boolean> {
    if (range.early && range.phase === 'whole') {
      // NOTE: what lies between its ends by id only its order by time has shown.
      this.#plan.restart(range.key)
      return false
    }
    const { api, signal } = this.#options
    const items = new Map<number, unknown>()
    const list = { cap: sellCap, ids, isTorn: range.phase === 'torn' }
    const show = async (order: Order, page: number): Promise<number[]> => {
      const params = paramsOf({ filter: range.filter, order, page })
      const shown = (await api.list('/v2/visits', params, signal)).items
      for (const item of shown) items.set(idOf(item), item)
      return shown.map(idOf)
    }
    try {
      const found = await findSlipped(list, show, (slipped) =>
        this.#take(slipped.map((id) => items.get(id))),
      )
      if (found === 'ahead') this.#giveUp(range)
      else this.#fruitless.delete(range.key)
      return found === 'in_order'
    } catch (error) {
      if (!(error instanceof SellRefusal && [400, 404, 422].includes(error.status))) throw error
      this.#plan.refuse(range.key)
      return true
    }
  }

  async #take(items: readonly unknown[]): Promise<void> {
    this.#plan.observe(items.map((item) => sightingOf(item, 0, visitParameters)))
    await this.#ledger.enter({ list: 'visits', items, ranges: this.#plan.takeChanged() })
  }

  /** More is known of it than Sell shows: the stream may tell why before the next audit. */
  #giveUp({ key }: Range): void {
    const times = (this.#fruitless.get(key) ?? 0) + 1
    this.#fruitless.set(key, times)
    if (times >= fruitlessMax) {
      this.#fruitless.delete(key)
      this.#plan.restart(key)
    }
  }
}
