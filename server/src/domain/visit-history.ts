import type { AccountKey } from './accounts.ts'
import type { Page } from './pages.ts'

/** An event of a visit, a review, or a finding that was replaced. */
export interface VisitHistoryEntry {
  readonly kind: 'event' | 'review' | 'finding'
  /** Of the event; of the others, of the last event before. */
  readonly sequence: number
  /** When the event entered the stream, the visit was reviewed or the finding replaced, in ms. */
  readonly at: number
  /** JSON: the stream item; `action`, `note` and `by` of a review; the verdict with its evidence. */
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
