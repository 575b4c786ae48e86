import type { AccountKey } from '../../domain/accounts.ts'
import type { ExternalKind } from '../../domain/external-ids.ts'
import type { Store } from '../../domain/store.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly isDryRun: boolean
}

const reserved = 500
/** Many times the rows of a transaction, which may not be stored yet. */
const heldMax = 50_000

/** The ids here of what a file calls by ids of another product. */
export class ExternalIds {
  readonly source: string
  readonly #target: Target
  readonly #held = new Map<string, number>()
  readonly #free: Record<ExternalKind, number[]> = { lead: [], contact: [], visit: [] }

  constructor(target: Target, source: string) {
    this.#target = target
    this.source = source
  }

  /** Looks those up that rows are about to name. */
  async look(kind: ExternalKind, texts: readonly string[]): Promise<void> {
    const unknown = [...new Set(texts)].filter((text) => !this.#held.has(`${kind} ${text}`))
    if (unknown.length === 0) return
    const { store, account } = this.#target
    const found = await store.externalIds.find(account, kind, this.source, unknown)
    for (const [text, id] of found) this.#hold(kind, text, id)
  }

  find(kind: ExternalKind, text: string): number | undefined {
    return this.#held.get(`${kind} ${text}`)
  }

  /** The id that it has here, or a new one. */
  async give(kind: ExternalKind, text: string): Promise<number> {
    const known = this.find(kind, text)
    if (known !== undefined) return known
    const id = await this.#next(kind)
    this.#hold(kind, text, id)
    return id
  }

  #hold(kind: ExternalKind, text: string, id: number): void {
    this.#held.set(`${kind} ${text}`, id)
    if (this.#held.size <= heldMax) return
    for (const oldest of this.#held.keys()) {
      this.#held.delete(oldest)
      break
    }
  }

  async #next(kind: ExternalKind): Promise<number> {
    const { store, account, isDryRun } = this.#target
    const free = this.#free[kind]
    if (free.length === 0) {
      const ids = await store[isDryRun ? 'preview' : 'write'](account, async (tx) => {
        const given: number[] = []
        for (let n = 0; n < reserved; n++) given.push(await tx[`${kind}s`].nextId())
        return given
      })
      free.push(...ids.reverse())
    }
    const id = free.pop()
    if (id === undefined) throw new Error('no id was reserved')
    return id
  }
}
