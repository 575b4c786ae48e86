import type { AccountKey } from './accounts.ts'
import type { Scope } from './scopes.ts'

/** The user that data is read for. Admins see everything, others what PROTOCOL 2.4 allows. */
export interface Viewer {
  readonly userId: number
  readonly isAdmin: boolean
}

/** The work to `wake` so that no process acts on what it has cached of senders. */
export const sendersChanged = 'senders'

/** The user whose token or session a request carries, with its scopes. */
export interface Actor extends Viewer {
  readonly accountKey: AccountKey
  /** null: the request carries a session. */
  readonly tokenId: number | null
  readonly scopes: readonly Scope[]
  /** When the token expires, in ms; null: never, or the request carries a session. */
  readonly expiresAt: number | null
  /** The OAuth grant that the token belongs to or was made with; null: there is none. */
  readonly grantHash: string | null
}
