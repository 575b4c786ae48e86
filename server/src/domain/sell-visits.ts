import type { EventType, VisitEvent } from './visit-events.ts'
import type { ResourceType, VerificationStatus, VisitOutcomeEmbed } from './visits.ts'

/** A visit as Sell tells it. What this kind of item does not say is undefined. */
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
  /** Only a REST item has these two. */
  readonly resourceAddress?: string | null | undefined
  readonly updatedAt?: number | undefined
  /** Only the stream tells the rest. */
  readonly outcome?: VisitOutcomeEmbed | undefined
  readonly location?: { readonly latitude: number; readonly longitude: number } | null | undefined
  readonly event?: SellEvent | undefined
  /** The item as Sell told it, for a conflict that must be kept as it was. */
  readonly item?: unknown
}

/** An event of Sell's own stream. `at` is its event time in ms. */
export interface SellEvent {
  readonly id: string
  readonly type: EventType
  readonly cause: VisitEvent['cause']
  readonly sequence: number
  readonly at: number
  /** A deletion that nobody told: a comparison missed the visit. */
  readonly isMissed?: true
}

/** `conflict`: it was changed here and in Sell; ours stays, Sell's is kept beside it. */
export type ImportVerdict = 'created' | 'updated' | 'unchanged' | 'conflict'

/** In which reading of all ranges something was told, 0: in none, and when it was heard. */
export interface ReadContext {
  readonly comparison: number
  readonly now: number
}
