import type { SqlTransaction } from '../database.ts'

/** Ids for visits that are logged here, within one transaction. */
export class VisitIds {
  readonly #tx: SqlTransaction
  readonly #account: number
  /** undefined until the transaction gives its first id. */
  #next: number | undefined
  #isSavedAtEnd = false

  constructor(tx: SqlTransaction, account: number) {
    this.#tx = tx
    this.#account = account
  }

  async next(): Promise<number> {
    const id = this.#next ?? (await this.#readNext())
    if (this.#next !== undefined) this.#saveAtEnd()
    this.#next = id + 1
    return id
  }

  /** Skips ids that visits from elsewhere already have. */
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
      this.#saveAtEnd()
    }
  }

  /** NOTE: this runs for every check-in, so it is a prepared statement and not `nextId` of counters.ts. */
  async #readNext(): Promise<number> {
    const [row] = await this.#tx.query(
      `update accounts set next_visit_id = next_visit_id + 1
       where account_id = :account returning next_visit_id - 1 id`,
      { account: this.#account },
    )
    if (!row) throw new Error(`there is no account ${this.#account}`)
    return Number(row['id'])
  }

  #saveAtEnd(): void {
    if (this.#isSavedAtEnd) return
    this.#isSavedAtEnd = true
    this.#tx.atEnd(() => this.#save())
  }

  async #save(): Promise<void> {
    if (this.#next === undefined) return
    await this.#tx.query('update accounts set next_visit_id = :next where account_id = :account', {
      account: this.#account,
      next: this.#next,
    })
  }
}
