/** One company's team. Times are ms since 1970. */
export interface Account {
  readonly id: number
  readonly name: string
  /** ISO 4217 */
  readonly currency: string
  readonly timeFormat: '12H' | '24H'
  /** `UTC(+|-)hh:mm` */
  readonly timezone: string
  readonly phone: string | null
  readonly subdomain: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** The key that every stored row of an account begins with. */
export type AccountKey = number

export interface AccountReads {
  list(): Promise<{ key: AccountKey; account: Account }[]>
  find(account: AccountKey): Promise<Account | undefined>
  /** Adds an account with an empty stream, whose own ids begin with `firstId`. */
  add(account: Omit<Account, 'id'>, firstId?: number): Promise<AccountKey>
  /** Ids that are given here are at least this high, those of Sell below. */
  firstLocalId(account: AccountKey): Promise<number>
}

export interface AccountWrites {
  find(): Promise<Account>
  /** Ids that are given here are at least this high, those of Sell below. */
  firstLocalId(): Promise<number>
  /** In metres, where a lead or contact has none of its own. */
  verificationRadiusM(): Promise<number>
  save(account: Account): Promise<void>
}
