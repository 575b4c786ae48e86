import { setImmediate } from 'node:timers/promises'

import type { ReadableDatabase } from '../database.ts'
import { AccountColumns } from './account-columns.ts'
import { catchUp, readReached, type Reached } from './catch-up.ts'
import { estimate, loadRecords, loadVisits } from './load.ts'

interface Kept {
  readonly columns: AccountColumns
  reached: Reached
}

/** What an account waits for, and what it has. Maps keep the order: the first is the longest unused. */
interface Place {
  kept: Kept | undefined
  turn: Promise<unknown>
}

/** Columns of accounts that were asked for sums lately, in no more than this memory. */
export class ColumnCache {
  readonly #database: ReadableDatabase
  readonly #bytesMax: number
  readonly #places = new Map<number, Place>()
  /** One account is read at a time, so that only its columns can be beyond the bound. */
  #reading: Promise<unknown> = Promise.resolve()

  constructor(database: ReadableDatabase, bytesMax: number) {
    this.#database = database
    this.#bytesMax = bytesMax
  }

  /**
   * Runs the pass over columns that are just as the account was at one moment after the call; they do
   * not change meanwhile. Answers 'too large' without running it where they would not fit.
   */
  async use<Result>(
    account: number,
    pass: (columns: AccountColumns, revision: number) => Promise<Result>,
  ): Promise<{ readonly result: Result } | 'too large'> {
    if (this.#bytesMax === 0) return 'too large'
    const place = this.#places.get(account) ?? { kept: undefined, turn: Promise.resolve() }
    this.#places.delete(account)
    this.#places.set(account, place)
    const mine = place.turn.then(async () => {
      const current = await this.#current(account, place)
      if (!current) return 'too large' as const
      return { result: await pass(current.columns, current.reached.revision) }
    })
    place.turn = mine.catch(() => {})
    return mine
  }

  async #current(account: number, place: Place): Promise<Kept | undefined> {
    const { kept } = place
    place.kept = undefined
    const known = kept && (await this.#caughtUp(account, kept))
    const current = known ?? (await this.#readInTurn(account))
    if (!current || current.columns.bytes > this.#bytesMax) return undefined
    place.kept = current
    this.#makeRoom(account, current.columns.bytes)
    return current
  }

  #readInTurn(account: number): Promise<Kept | undefined> {
    const mine = this.#reading.then(() => this.#read(account))
    this.#reading = mine.catch(() => {})
    return mine
  }

  /** Reads everything. What changes meanwhile is read again afterwards. */
  async #read(account: number): Promise<Kept | undefined> {
    const { visits, bytes } = await estimate(this.#database, account)
    if (bytes > this.#bytesMax) return undefined
    this.#makeRoom(account, bytes)
    for (;;) {
      const reached = await readReached(this.#database, account)
      const columns = new AccountColumns()
      columns.visits.reserve(Math.ceil(visits * 1.02) + 1024)
      await loadRecords(this.#database, account, columns)
      await loadVisits(this.#database, account, columns)
      const caughtUp = await this.#caughtUp(account, { columns, reached })
      if (caughtUp) return caughtUp
    }
  }

  async #caughtUp(account: number, { columns, reached: from }: Kept): Promise<Kept | undefined> {
    for (let reached = from; ;) {
      const caughtUp = await catchUp(this.#database, account, columns, reached)
      if (!caughtUp) return undefined
      if (caughtUp.isCurrent) return { columns, reached: caughtUp.reached }
      ;({ reached } = caughtUp)
      await setImmediate()
    }
  }

  /** Evicts the columns that were used longest ago until those of the account fit beside the rest. */
  #makeRoom(account: number, needed: number): void {
    const others = [...this.#places].filter(([other]) => other !== account)
    let bytes = needed + others.reduce((sum, [, { kept }]) => sum + (kept?.columns.bytes ?? 0), 0)
    for (const [, place] of others) {
      if (bytes <= this.#bytesMax) return
      bytes -= place.kept?.columns.bytes ?? 0
      place.kept = undefined
    }
  }
}
