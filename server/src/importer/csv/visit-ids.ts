import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly isDryRun: boolean
}

const reserved = 500
const perPage = 100

/** Ids for visits without one: that of the same visit from an earlier import, or a new one. */
export class VisitIds {
  readonly #options: Target
  readonly #given = new Map<string, number>()
  /** How often each place and time has come up in this file. */
  readonly #repeats = new Map<string, number>()
  #free: number[] = []

  constructor(options: Target) {
    this.#options = options
  }

  beginFile(): void {
    this.#repeats.clear()
  }

  /**
   * Rows of a file with the same user, place and time are different visits; many files have no time
   * of day. The second of them is the second such visit that is stored.
   */
  async find(data: Readonly<Record<string, unknown>>): Promise<number> {
    const { creator_id: creator, resource_type: type, resource_id: resource } = data
    const at = Date.parse(String(data['visited_at']))
    const place = `${String(creator)} ${String(type)} ${String(resource)} ${at}`
    const nth = this.#repeats.get(place) ?? 0
    this.#repeats.set(place, nth + 1)
    const key = `${place} ${nth}`
    const known =
      this.#given.get(key) ?? (await this.#findStored(data, at, nth)) ?? (await this.#next())
    this.#given.set(key, known)
    return known
  }

  async #findStored(
    data: Readonly<Record<string, unknown>>,
    at: number,
    nth: number,
  ): Promise<number | undefined> {
    const { store, account } = this.#options
    const type = data['resource_type']
    const resourceId = Number(data['resource_id'])
    const creatorId = Number(data['creator_id'])
    if (type !== 'lead' && type !== 'contact') return undefined
    if (!Number.isSafeInteger(resourceId) || !Number.isSafeInteger(creatorId)) return undefined
    let before = nth
    for (let offset = 0; ; offset += perPage) {
      const { items, hasMore } = await store.visits.list(account, {
        filter: { resourceKind: type, resourceId, creatorIds: [creatorId] },
        viewer: { userId: 0, isAdmin: true },
        sort: { field: 'id', descending: false },
        offset,
        limit: perPage,
      })
      const visits: { data: { id: number; visited_at: string } }[] = JSON.parse(
        `[${items.toString()}]`,
      )
      const same = visits.filter((visit) => Date.parse(visit.data.visited_at) === at)
      const found = same[before]
      if (found || !hasMore) return found?.data.id
      before -= same.length
    }
  }

  async #next(): Promise<number> {
    const { store, account, isDryRun } = this.#options
    if (this.#free.length === 0) {
      const reserve = async (): Promise<number[]> =>
        store[isDryRun ? 'preview' : 'write'](account, async (tx) => {
          const ids: number[] = []
          for (let n = 0; n < reserved; n++) ids.push(await tx.visits.nextId())
          return ids
        })
      this.#free = (await reserve()).reverse()
    }
    const id = this.#free.pop()
    if (id === undefined) throw new Error('no id was reserved')
    return id
  }
}
