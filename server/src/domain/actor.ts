import type { AccountKey } from './accounts.ts'
import type { Scope } from './scopes.ts'

export interface Viewer {
  readonly userId: number
  readonly isAdmin: boolean
}

/** Who sends a request. */
export interface Actor extends Viewer {
  readonly accountKey: AccountKey
  readonly scopes: readonly Scope[]
  /** When the token ends, in ms; null: it does not, or there is none. */
  readonly expiresAt: number | null
}
