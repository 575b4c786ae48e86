import type { VerificationStatus } from './findings.ts'
import type { EventType, VisitEvent } from './visit-events.ts'
import type { ResourceType, VisitOutcomeEmbed, ResourceKind } from './visits.ts'

/** An item of Sell's list or stream. Attributes that its kind lacks are undefined. Times in ms. */
export interface SellVisit {
  readonly id: number
  readonly creatorId: number
  readonly resourceType: ResourceType
  readonly resourceId: number
  readonly status: VerificationStatus
  readonly summary: string | null
  readonly visitedAt: number
  readonly createdAt: number
  readonly outcomeId: number | null
  /** Only list items have these two. */
  readonly resourceAddress?: string | null | undefined
  readonly updatedAt?: number | undefined
  /** Only stream items have the rest. */
  readonly outcome?: VisitOutcomeEmbed | undefined
  readonly location?: { readonly latitude: number; readonly longitude: number } | null | undefined
  readonly event?: SellEvent | undefined
  /** The item as Sell sent it, to be stored with a conflict. */
  readonly item?: unknown
}

/** An event of Sell's stream. `at` is its event time in ms. */
export interface SellEvent {
  readonly id: string
  readonly type: EventType
  readonly cause: VisitEvent['cause']
  readonly sequence: number
  readonly at: number
  /** A deletion that Sell did not report: a full pass missed the visit. */
  readonly isMissed?: true
}

/**
 * What an item has done. `conflict`: it was changed here and in Sell. Ours stays, Sell's is stored as an `ImportConflict`.
 */
export type ImportEffect = 'created' | 'updated' | 'unchanged' | 'conflict'

/** An effect, or why the object was rejected. */
export type ImportResult = ImportEffect | { readonly rejected: string }

/** How items were read. */
export interface ReadContext {
  /** The full pass that read them; 0: none. */
  readonly pass: number
  /** In ms. */
  readonly now: number
  /**
   * They say how things are at present, so of two list items with the same `updated_at` the later one
   * counts. Otherwise they come from files, whose order means nothing: the first one counts.
   */
  readonly isPresent?: boolean
}

/** What Sell last sent of a visit. Times in ms. */
export interface SellSnapshot {
  readonly id: number
  readonly creatorId: number
  readonly outcomeId: number | null
  readonly status: VerificationStatus
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  /** In whole seconds, the precision of the stream. */
  readonly visitedAt: number
  /** A hash of 53 bits; 0: no summary. */
  readonly summaryDigest: number
  /** `updated_at` of the newest list item; null: not listed yet, or not since it moved. */
  readonly updatedAt: number | null
  /** Of the newest event. */
  readonly sequence: number | null
  readonly eventAt: number | null
  readonly isDeleted: boolean
  /** It is deleted because a full pass missed it, not because Sell reported so. */
  readonly isMissed: boolean
  readonly pass: number
}
