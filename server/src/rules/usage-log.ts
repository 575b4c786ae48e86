import type { AccountKey } from '../domain/accounts.ts'
import type { Credential, LastUse } from '../domain/last-uses.ts'
import type { Store } from '../domain/store.ts'

const intervalMs = 60_000
const credentialsMax = 50_000

/**
 * Collects when tokens and sessions were last used, each at most once a minute, so that no request
 * waits for that write. `flush` writes them; a process that is killed loses what it has not
 * written.
 */
export class UsageLog {
  readonly #noted = new Map<string, number>()
  #pending = new Map<AccountKey, Map<string, LastUse>>()

  /** `at`: in ms. */
  note(account: AccountKey, credential: Credential, at: number): void {
    const name = nameOf(account, credential)
    const before = this.#noted.get(name)
    if (before !== undefined && at - before < intervalMs) return
    if (this.#noted.size >= credentialsMax) this.#noted.clear()
    this.#noted.set(name, at)
    const uses = this.#pending.get(account) ?? new Map<string, LastUse>()
    uses.set(name, { credential, at })
    this.#pending.set(account, uses)
  }

  async flush(store: Pick<Store, 'saveLastUses'>): Promise<void> {
    const pending = this.#pending
    this.#pending = new Map()
    for (const [account, uses] of pending) await store.saveLastUses(account, [...uses.values()])
  }
}

const nameOf = (account: AccountKey, credential: Credential): string =>
  'tokenId' in credential ? `${account} ${credential.tokenId}` : credential.sessionHash
