import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'

/** Sell's export writes this behind the names of people who were removed. */
const removed = / - Deleted$/

export interface FoundPerson {
  readonly id: number | null
  /** `ambiguous`: several have the name; `unknown`: nobody has. */
  readonly problem?: 'ambiguous' | 'unknown'
}

/** Finds people by name or e-mail, as files name them that know no ids. */
export class PeopleByName {
  readonly #ids = new Map<string, Set<number>>()
  readonly #unclear = new Map<string, { problem: string; count: number; ids: number[] }>()

  static async read(store: Store, account: AccountKey): Promise<PeopleByName> {
    const people = new PeopleByName()
    const limit = 1000
    for (let offset = 0; ; offset += limit) {
      const page = { offset, limit, sort: { field: 'id', descending: false } } as const
      const { rows, hasMore } = await store.users.list(account, {}, page)
      for (const { id, name, email } of rows) {
        people.#add(name, id)
        people.#add(email, id)
      }
      if (!hasMore) return people
    }
  }

  #add(name: string, id: number): void {
    const key = keyOf(name)
    const ids = this.#ids.get(key) ?? new Set()
    this.#ids.set(key, ids.add(id))
  }

  find(name: string): FoundPerson {
    const ids = [...(this.#ids.get(keyOf(name)) ?? [])]
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) return { id: only }
    const problem = only === undefined ? 'unknown' : 'ambiguous'
    const known = this.#unclear.get(name)
    this.#unclear.set(name, { problem, count: (known?.count ?? 0) + 1, ids })
    return { id: null, problem }
  }

  /** Names that could not be given to one person, with how often they were asked for. */
  get unclear(): { name: string; problem: string; count: number; ids: readonly number[] }[] {
    return [...this.#unclear].map(([name, each]) => ({ name, ...each }))
  }
}

const keyOf = (name: string): string =>
  name.trim().replace(removed, '').replaceAll(/\s+/g, ' ').toLowerCase()
