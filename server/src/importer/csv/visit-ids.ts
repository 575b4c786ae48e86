import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { NewIds } from './new-ids.ts'
import { hashOf } from './number-table.ts'
import { SeenCounts } from './seen-counts.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
}

/** Several times the rows of a transaction. */
const givenMax = 20_000

type Attributes = Readonly<Record<string, unknown>>

const timeOf = (data: Attributes): number => Date.parse(String(data['visited_at']))

function factsOf(data: Attributes): string {
  const { creator_id: creator, resource_type: type, resource_id: resource } = data
  return `${String(creator)} ${String(type)} ${String(resource)} ${timeOf(data)}`
}

/** Ids for visits without one: that of the same visit from an earlier import, or a new one. */
export class VisitIds {
  readonly #options: Target
  /** Of the last rows, which may not be stored yet. */
  readonly #given = new Map<string, number>()
  /** How often user, record and time have come up in this file, by their hash: files may be long. */
  #repeats = new SeenCounts()
  /** Those of earlier files. */
  readonly #earlier: SeenCounts[] = []
  #wasEmpty: boolean | undefined
  readonly #newIds: NewIds

  constructor(options: Target, newIds: NewIds) {
    this.#options = options
    this.#newIds = newIds
  }

  beginFile(): void {
    this.#earlier.push(this.#repeats)
    this.#repeats = new SeenCounts()
  }

  /**
   * Rows of a file with the same user, record and time are different visits; many files have no
   * time of day. The second of them is the second such visit that is stored.
   */
  async find(visits: readonly Attributes[]): Promise<number[]> {
    const wasEmpty = await this.#startedEmpty()
    const wanted = visits.map((data) => {
      const facts = factsOf(data)
      const hash = hashOf(facts)
      const nth = this.#repeats.add(hash)
      // NOTE: a new account has nothing to find.
      const isNew = wasEmpty && nth === 0 && !this.#earlier.some((seen) => seen.get(hash) > 0)
      return { data, facts, nth, key: `${facts} ${nth}`, isNew }
    })
    const unknown = wanted.filter(({ key, isNew }) => !isNew && !this.#given.has(key))
    const stored = await this.#findStored(unknown.map(({ data }) => data))
    const ids: number[] = []
    for (const { facts, nth, key } of wanted) {
      const id =
        this.#given.get(key) ?? stored.get(facts)?.[nth] ?? (await this.#newIds.next('visit'))
      this.#give(key, id)
      ids.push(id)
    }
    return ids
  }

  #give(key: string, id: number): void {
    this.#given.set(key, id)
    if (this.#given.size <= givenMax) return
    for (const oldest of this.#given.keys()) {
      this.#given.delete(oldest)
      break
    }
  }

  async #startedEmpty(): Promise<boolean> {
    if (this.#wasEmpty === undefined) {
      const { store, account } = this.#options
      const { items } = await store.visits.list(account, {
        filter: {},
        viewer: { userId: 0, isAdmin: true },
        sort: { field: 'id', descending: false },
        offset: 0,
        limit: 1,
      })
      this.#wasEmpty = items.length === 0
    }
    return this.#wasEmpty
  }

  /** The ids of stored visits by user, record and time, in their order. */
  async #findStored(visits: readonly Attributes[]): Promise<Map<string, number[]>> {
    const { store, account } = this.#options
    const times = new Set(visits.map(timeOf).filter((at) => Number.isSafeInteger(at)))
    const wantedFacts = new Set(visits.map(factsOf))
    const found = new Map<string, number[]>()
    if (times.size === 0) return found
    for (const each of await store.visits.findVisitedAt(account, [...times])) {
      const { id, creatorId, resourceKind, resourceId, visitedAt } = each
      const facts = `${creatorId} ${resourceKind} ${resourceId} ${visitedAt}`
      if (wantedFacts.has(facts)) found.set(facts, [...(found.get(facts) ?? []), id])
    }
    return found
  }
}
