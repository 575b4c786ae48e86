import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { fold } from '../../domain/words.ts'

/** Sell's export appends this to the names of removed users. */
const removed = / - Deleted$/

export interface FoundUser {
  readonly id: number | null
  /** `ambiguous`: several users have the name; `unknown`: none has. */
  readonly problem?: 'ambiguous' | 'unknown'
  /** Whose name it could be, where it is ambiguous. */
  readonly ids?: readonly number[]
}

/** Finds users by name or e-mail, for files without ids. */
export class UsersByName {
  readonly #known = new Set<number>()
  readonly #ids = new Map<string, Set<number>>()
  readonly #folded = new Map<string, Set<number>>()
  readonly #unclear = new Map<string, { problem: string; count: number; ids: readonly number[] }>()

  static async read(store: Store, account: AccountKey): Promise<UsersByName> {
    const users = new UsersByName()
    const limit = 1000
    for (let offset = 0; ; offset += limit) {
      const page = { offset, limit, sort: { field: 'id', descending: false } } as const
      const { rows, hasMore } = await store.users.list(account, {}, page)
      for (const { id, name, email } of rows) {
        users.add(name, id)
        users.add(email, id)
      }
      if (!hasMore) return users
    }
  }

  add(name: string, id: number): void {
    this.#known.add(id)
    note(this.#ids, plainName(name), id)
    note(this.#folded, fold(plainName(name)), id)
  }

  has(id: number): boolean {
    return this.#known.has(id)
  }

  /** As it is written, without accents, as `Last, First`, and of `Name (e-mail)` by the e-mail. */
  find(name: string): FoundUser {
    const plain = plainName(name)
    const [, email] = /[(<]\s*([^\s()<>]+@[^\s()<>]+)\s*[)>]$/.exec(plain) ?? []
    const [, last, first] = /^([^,]+), ([^,]+)$/.exec(plain) ?? []
    const found = [
      ...(email === undefined ? [] : [this.#ids.get(email)]),
      this.#ids.get(plain),
      this.#folded.get(fold(plain)),
      ...(last === undefined ? [] : [this.#folded.get(fold(`${first} ${last}`))]),
    ].find((ids) => ids !== undefined)
    const ids = [...(found ?? [])]
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) return { id: only }
    return { id: null, problem: only === undefined ? 'unknown' : 'ambiguous', ids }
  }

  /** The same, and a name that no user has, or several, is listed at the end. */
  findOwner(name: string): number | null {
    const { id, problem, ids = [] } = this.find(name)
    if (problem === undefined) return id
    const known = this.#unclear.get(name)
    this.#unclear.set(name, { problem, count: (known?.count ?? 0) + 1, ids })
    return null
  }

  /** Names that do not match exactly one user, with how often each came up. */
  get unclear(): { name: string; problem: string; count: number; ids: readonly number[] }[] {
    return [...this.#unclear].map(([name, each]) => ({ name, ...each }))
  }
}

function note(ids: Map<string, Set<number>>, key: string, id: number): void {
  const known = ids.get(key) ?? new Set()
  ids.set(key, known.add(id))
}

/** In one case, composition and spacing. */
export const plainName = (name: string): string =>
  name.normalize('NFC').trim().replace(removed, '').replaceAll(/\s+/g, ' ').toLowerCase()
