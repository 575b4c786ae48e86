import type { Claimant } from './claim.ts'
import type { LedgerOptions } from './ledger.ts'

export interface ImportSellOptions extends LedgerOptions, Claimant {
  readonly baseUrl: string
  /** Pages requested at the same time. */
  readonly inFlight: number
  /** How long after a change Sell's streams report it, at most. */
  readonly settleMs: number
  /** Whether to save changes until it is stopped, and how often to poll for them. */
  readonly follow: boolean
  readonly pollMs: number
  /** How often Sell's other lists are read for changes while following; 0: never. */
  readonly refreshMs: number
  readonly signal?: AbortSignal | undefined
}
