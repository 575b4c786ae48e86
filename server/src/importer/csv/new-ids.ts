import type { AccountKey } from '../../domain/accounts.ts'
import type { ExternalKind } from '../../domain/external-ids.ts'
import type { Store } from '../../domain/store.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly isDryRun: boolean
}

const reserved = 500

/** Ids for what comes without one, each given once. */
export class NewIds {
  readonly #target: Target
  /** In descending order. */
  readonly #free: Record<ExternalKind, number[]> = { lead: [], contact: [], visit: [] }
  readonly #last = new Map<ExternalKind, number>()

  constructor(target: Target) {
    this.#target = target
  }

  async next(kind: ExternalKind): Promise<number> {
    const free = this.#free[kind]
    if (free.length === 0) free.push(...(await this.#reserve(kind)).reverse())
    const id = free.pop()
    if (id === undefined) throw new Error('no id was reserved')
    this.#last.set(kind, id)
    return id
  }

  /** What a dry run reserves is free again, so it counts upwards from its first id. */
  async #reserve(kind: ExternalKind): Promise<number[]> {
    const { store, account, isDryRun } = this.#target
    const last = this.#last.get(kind)
    if (isDryRun && last !== undefined) return [last + 1]
    return store[isDryRun ? 'preview' : 'write'](account, async (tx) => {
      const ids: number[] = []
      for (let n = 0; n < (isDryRun ? 1 : reserved); n++) ids.push(await tx[`${kind}s`].nextId())
      return ids
    })
  }
}
