import type { AccountKey } from '../domain/accounts.ts'
import type { Credential, LastUse } from '../domain/last-uses.ts'
import type { Store } from '../domain/store.ts'

const everyMs = 60_000
const rememberedMax = 50_000

/**
 * When tokens and sessions were last used, noted at most once a minute for each, and written later:
 * a request does not wait for it. What is noted and not written is lost when the process is killed.
 */
export class LastUses {
  readonly #noted = new Map<string, number>()
  #waiting = new Map<AccountKey, Map<string, LastUse>>()

  note(account: AccountKey, credential: Credential, at: number): void {
    const name = nameOf(account, credential)
    const before = this.#noted.get(name)
    if (before !== undefined && at - before < everyMs) return
    if (this.#noted.size >= rememberedMax) this.#noted.clear()
    this.#noted.set(name, at)
    const uses = this.#waiting.get(account) ?? new Map<string, LastUse>()
    uses.set(name, { credential, at })
    this.#waiting.set(account, uses)
  }

  async flush(store: Store): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = new Map()
    for (const [account, uses] of waiting) await store.keepLastUses(account, [...uses.values()])
  }
}

const nameOf = (account: AccountKey, credential: Credential): string =>
  'tokenId' in credential ? `${account} ${credential.tokenId}` : credential.sessionHash
