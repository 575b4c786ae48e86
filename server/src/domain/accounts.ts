/** A company whose team uses this server, as Sell's API answers it. Times are ms since 1970. */
export interface Account {
  readonly id: number
  readonly name: string
  /** ISO 4217 */
  readonly currency: string
  readonly timeFormat: '12H' | '24H'
  /** `UTC(+|-)hh:mm` or, where an admin has set it, `Europe/Berlin` */
  readonly timezone: string
  readonly phone: string | null
  readonly subdomain: string | null
  /** How often customers are to be visited that say nothing themselves; absent: not regularly. */
  readonly visitEveryDays?: number | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/** The number of an account in the store; not the account's `id` in the API. */
export type AccountKey = number

/** What an admin has set for the account; null: nothing, so the server's setting applies. */
export interface AccountSettings {
  /** In metres, for leads and contacts without a radius of their own. */
  readonly verificationRadiusM: number
  /** How long precise locations of reps are kept. */
  readonly repLocationDays: number | null
  /** How long events stay in the stream, at least. */
  readonly retentionHours: number | null
  readonly mapStyleUrl: string | null
  readonly mapAttribution: string | null
}

/** Accounts, outside of any transaction. */
export interface AccountReads {
  list(): Promise<{ key: AccountKey; account: Account }[]>
  find(account: AccountKey): Promise<Account | undefined>
  /** The account, if the store has one only. */
  findOnly(): Promise<{ key: AccountKey; account: Account } | undefined>
  /** Throws for an account that does not exist. */
  findSettings(account: AccountKey): Promise<AccountSettings>
  /** Adds an account with an empty stream. The ids that it assigns start at `firstId`. */
  add(account: Omit<Account, 'id'>, firstId?: number): Promise<AccountKey>
  /** Deletes the account with everything in it; resolves with the number of rows. */
  remove(account: AccountKey): Promise<number>
  /** The lowest id that this server assigns; Sell's ids are lower. */
  firstLocalId(account: AccountKey): Promise<number>
  /** Raised by every write of the account: what was read after it is at least as new. */
  findRevision(account: AccountKey): Promise<number>
}

/** What an admin sets, and no import changes. Attributes that are absent stay as they are. */
export interface OwnAttributes {
  readonly name?: string | undefined
  readonly timezone?: string | undefined
  /** null: customers are not visited regularly. */
  readonly visitEveryDays?: number | null | undefined
}

/** The account of a transaction. */
export interface AccountWrites {
  find(): Promise<Account>
  /** The lowest id that this server assigns; Sell's ids are lower. */
  firstLocalId(): Promise<number>
  /** In metres, for leads and contacts without a radius of their own. */
  verificationRadiusM(): Promise<number>
  /** What was set by `setOwn` stays before what `account` says. */
  save(account: Account): Promise<void>
  /** Sets what no import changes. `now`: in ms. */
  setOwn(own: OwnAttributes, now: number): Promise<void>
  findSettings(): Promise<AccountSettings>
  saveSettings(settings: AccountSettings): Promise<void>
}
