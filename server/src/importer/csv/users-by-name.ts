import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'

/** Sell's export appends this to the names of removed users. */
const removed = / - Deleted$/

export interface FoundUser {
  readonly id: number | null
  /** `ambiguous`: several users have the name; `unknown`: none has. */
  readonly problem?: 'ambiguous' | 'unknown'
}

/** Finds users by name or e-mail, for files without ids. */
export class UsersByName {
  readonly #ids = new Map<string, Set<number>>()
  readonly #unclear = new Map<string, { problem: string; count: number; ids: number[] }>()

  static async read(store: Store, account: AccountKey): Promise<UsersByName> {
    const users = new UsersByName()
    const limit = 1000
    for (let offset = 0; ; offset += limit) {
      const page = { offset, limit, sort: { field: 'id', descending: false } } as const
      const { rows, hasMore } = await store.users.list(account, {}, page)
      for (const { id, name, email } of rows) {
        users.#add(name, id)
        users.#add(email, id)
      }
      if (!hasMore) return users
    }
  }

  #add(name: string, id: number): void {
    const key = keyOf(name)
    const ids = this.#ids.get(key) ?? new Set()
    this.#ids.set(key, ids.add(id))
  }

  find(name: string): FoundUser {
    const ids = [...(this.#ids.get(keyOf(name)) ?? [])]
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) return { id: only }
    const problem = only === undefined ? 'unknown' : 'ambiguous'
    const known = this.#unclear.get(name)
    this.#unclear.set(name, { problem, count: (known?.count ?? 0) + 1, ids })
    return { id: null, problem }
  }

  /** Names that do not match exactly one user, with how often each came up. */
  get unclear(): { name: string; problem: string; count: number; ids: readonly number[] }[] {
    return [...this.#unclear].map(([name, each]) => ({ name, ...each }))
  }
}

const keyOf = (name: string): string =>
  name.trim().replace(removed, '').replaceAll(/\s+/g, ' ').toLowerCase()
