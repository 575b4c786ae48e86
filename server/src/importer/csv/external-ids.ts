import type { AccountKey } from '../../domain/accounts.ts'
import type { ExternalKind } from '../../domain/external-ids.ts'
import type { Store } from '../../domain/store.ts'
import { NewIds } from './new-ids.ts'

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly isDryRun: boolean
}

interface Held {
  readonly id: number
  /** Whether the object is stored, or would be in a dry run: rows that were read may be rejected. */
  isHere: boolean
}

/** Many times the rows of a transaction, which may not be stored yet. */
const heldMax = 50_000
/** A dry run finds nothing of its own in the store. */
const heldMaxDry = 1_000_000

/** The ids here of what a file calls by ids of another product. */
export class ExternalIds {
  readonly source: string
  readonly #target: Target
  readonly #newIds: NewIds
  /** In the order in which they were last named. */
  readonly #held = new Map<string, Held>()
  /** Leads and contacts that were deleted here, by kind and id. */
  readonly #deleted = new Set<string>()

  constructor(target: Target, source: string, newIds = new NewIds(target)) {
    this.#target = target
    this.source = source
    this.#newIds = newIds
  }

  /** Looks those up that rows are about to name, far fewer than are held. */
  async look(kind: ExternalKind, texts: readonly string[]): Promise<void> {
    const unknown: string[] = []
    for (const text of new Set(texts)) {
      const held = this.#held.get(`${kind} ${text}`)
      if (held) this.#hold(kind, text, held)
      else unknown.push(text)
    }
    if (unknown.length === 0) return
    const { store, account } = this.#target
    const found = await store.externalIds.find(account, kind, this.source, unknown)
    for (const [text, id] of found) this.#hold(kind, text, { id, isHere: true })
    await this.lookForDeleted(kind, [...found.values()])
  }

  /** Looks for those of the ids that belonged to records that were deleted here. */
  async lookForDeleted(kind: ExternalKind, ids: readonly number[]): Promise<void> {
    if (kind === 'visit' || ids.length === 0) return
    const { store, account } = this.#target
    const found = await store.read(account, (queries) => queries[`${kind}s`].findDeleted(ids))
    for (const id of found) this.#deleted.add(`${kind} ${id}`)
  }

  /** Also of an object whose row may be rejected. */
  find(kind: ExternalKind, text: string) {
    const held = this.#held.get(`${kind} ${text}`)
    return held && { ...held, isDeleted: this.#deleted.has(`${kind} ${held.id}`) }
  }

  /** The id that it has here, or a new one. */
  async give(kind: ExternalKind, text: string): Promise<number> {
    const known = this.find(kind, text)
    if (known) return known.id
    const id = await this.#newIds.next(kind)
    this.#hold(kind, text, { id, isHere: false })
    return id
  }

  /** Notes the id that a row gives; the answer is the other id that has the text already. */
  link(kind: ExternalKind, text: string, id: number): number | undefined {
    const known = this.find(kind, text)
    if (known?.id === id) return undefined
    if (known && !known.isDeleted) return known.id
    this.#hold(kind, text, { id, isHere: false })
    return undefined
  }

  /** Notes that the object was stored. */
  accept(kind: ExternalKind, text: string): void {
    const held = this.#held.get(`${kind} ${text}`)
    if (held) held.isHere = true
  }

  #hold(kind: ExternalKind, text: string, held: Held): void {
    const key = `${kind} ${text}`
    this.#held.delete(key)
    this.#held.set(key, held)
    if (this.#held.size <= (this.#target.isDryRun ? heldMaxDry : heldMax)) return
    for (const oldest of this.#held.keys()) {
      this.#held.delete(oldest)
      break
    }
  }
}
