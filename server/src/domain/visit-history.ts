import type { AccountKey } from './accounts.ts'
import type { Page } from './pages.ts'

/** An event of a visit, or a finding that was replaced. */
export interface VisitHistoryEntry {
  readonly kind: 'event' | 'finding'
  /** Of the event; of a finding, of the last event after which it stood. */
  readonly sequence: number
  /** When the event entered the stream, or the finding was replaced, in ms. */
  readonly at: number
  /** The stream item, or the verdict with its evidence, as the API answers it: JSON. */
  readonly text: string
}

/** Part of a visit's history. */
export interface VisitHistory extends Page<VisitHistoryEntry> {
  /** How many of the visit's events are no longer stored. */
  readonly expiredEvents: number
}

/** What happened to visits, outside of any transaction. */
export interface VisitHistoryReads {
  /** The oldest first; `limit` entries after the first `offset`. */
  list(
    account: AccountKey,
    visitId: number,
    part: { readonly offset: number; readonly limit: number },
  ): Promise<VisitHistory>
}
