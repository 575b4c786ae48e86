import type { SqlTransaction } from '../database.ts'

/** Ids for visits that are logged here, in a transaction. */
export class VisitIds {
  readonly #tx: SqlTransaction
  readonly #account: number
  /** undefined: none was given yet in this transaction. */
  #next: number | undefined
  #isLeftToEnd = false

  constructor(tx: SqlTransaction, account: number) {
    this.#tx = tx
    this.#account = account
  }

  async next(): Promise<number> {
    const id = this.#next ?? (await this.#take())
    if (this.#next !== undefined) this.#leaveToEnd()
    this.#next = id + 1
    return id
  }

  /** Ids that came from elsewhere will not be given. */
  async pass(ids: readonly number[]): Promise<void> {
    const highest = ids.reduce((most, id) => Math.max(most, id), 0)
    if (this.#next === undefined) {
      await this.#tx.query(
        `update accounts set next_visit_id = :highest + 1
         where account_id = :account and next_visit_id <= :highest`,
        { account: this.#account, highest },
      )
    } else if (highest >= this.#next) {
      this.#next = highest + 1
      this.#leaveToEnd()
    }
  }

  /** NOTE: this runs for every check-in, hence not as in counters.ts. */
  async #take(): Promise<number> {
    const [row] = await this.#tx.query(
      `update accounts set next_visit_id = next_visit_id + 1
       where account_id = :account returning next_visit_id - 1 id`,
      { account: this.#account },
    )
    if (!row) throw new Error(`there is no account ${this.#account}`)
    return Number(row['id'])
  }

  #leaveToEnd(): void {
    if (this.#isLeftToEnd) return
    this.#isLeftToEnd = true
    this.#tx.atEnd(() => this.#keep())
  }

  async #keep(): Promise<void> {
    if (this.#next === undefined) return
    await this.#tx.query('update accounts set next_visit_id = :next where account_id = :account', {
      account: this.#account,
      next: this.#next,
    })
  }
}
