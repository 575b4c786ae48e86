import type { AccountKey } from '../domain/accounts.ts'
import type { LocatedVisit, Look } from '../domain/location-data.ts'
import type { Store } from '../domain/store.ts'

const intervalMs = 3_600_000
const notedMax = 50_000
const pendingMax = 50_000

/** Looks that one transaction saves, so that other writers wait little. */
const savedMax = 500

type LookStore = { readonly locationData: Pick<Store['locationData'], 'saveLooks'> }

/**
 * Collects who saw the precise place of another user, once an hour for each viewer and visit, so that
 * no read waits for a write. `flush` writes them; a process that is killed loses what it has not
 * written.
 */
export class LookLog {
  readonly #noted = new Set<string>()
  #pending = new Map<AccountKey, Look[]>()
  #count = 0
  #lost = 0

  /** Notes the visits of others among these, which the viewer was shown. `at`: in ms. */
  note(account: AccountKey, viewerId: number, shown: readonly LocatedVisit[], at: number): void {
    const hour = Math.floor(at / intervalMs)
    for (const { visitId, creatorId } of shown) {
      if (creatorId === viewerId) continue
      const name = `${account} ${viewerId} ${visitId} ${hour}`
      if (this.#noted.has(name)) continue
      if (this.#noted.size >= notedMax) this.#noted.clear()
      this.#noted.add(name)
      this.#add(account, { userId: creatorId, visitId, viewerId, at })
    }
  }

  #add(account: AccountKey, look: Look): void {
    if (this.#count >= pendingMax) {
      this.#lost++
      return
    }
    this.#count++
    const looks = this.#pending.get(account)
    if (looks) looks.push(look)
    else this.#pending.set(account, [look])
  }

  /** Writes what waits if that is much, so that one who reads very many visits loses no look. */
  async makeRoom(store: LookStore): Promise<void> {
    if (this.#count > pendingMax / 2) await this.flush(store)
  }

  /** Answers how many looks were lost because they could not be written for too long. */
  async flush(store: LookStore): Promise<number> {
    const pending = this.#pending
    this.#pending = new Map()
    this.#count = 0
    try {
      for (const [account, looks] of pending) {
        while (looks.length > 0) {
          await store.locationData.saveLooks(account, looks.slice(0, savedMax))
          looks.splice(0, savedMax)
        }
      }
    } finally {
      for (const [account, looks] of pending) for (const look of looks) this.#add(account, look)
    }
    const lost = this.#lost
    this.#lost = 0
    return lost
  }
}
