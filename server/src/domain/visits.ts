import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import { printMillis, printSeconds } from './clock.ts'
import type { PageRequest } from './pages.ts'
import { type Position, printPosition } from './positions.ts'

export type ResourceType = 'lead' | 'contact' | 'prospect_and_customer'

/** The two kinds that `/v2/visits` tells apart (PROTOCOL 4.4). */
export type ResourceKind = 'lead' | 'contact'

export type VerificationStatus =
  | 'verified'
  | 'resource_location_too_far'
  | 'location_unknown'
  | 'location_services_disabled'

/** An outcome as it stands inside a visit; the name is null while nobody has told it. */
export interface VisitOutcomeEmbed {
  readonly id: number
  readonly name: string | null
  readonly hasOriginalName: boolean
}

/** How recent the newest word from Sell about a visit is; null where Sell has said nothing. */
export interface VisitSource {
  /** `updated_at` of the newest REST item, in ms. */
  readonly updatedAt: number | null
  /** `sequence` and time, in ms, of the newest stream item. */
  readonly sequence: number | null
  readonly eventAt: number | null
}

/** A visit. Times are ms since 1970; latitude and longitude are the rep's, in degrees (WGS 84). */
export interface Visit {
  readonly id: number
  readonly creatorId: number
  readonly outcome: VisitOutcomeEmbed | null
  readonly resourceType: ResourceType
  readonly resourceId: number
  /** The address as it stood when the visit was logged. */
  readonly resourceAddress: string | null
  readonly status: VerificationStatus
  readonly latitude: number | null
  readonly longitude: number | null
  readonly summary: string | null
  readonly visitedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly source: VisitSource
  /** The verdict with its evidence as it is answered, JSON; null: it was judged elsewhere. */
  readonly evidence: string | null
  /** Number of the visit's newest event; grows by one per event. */
  readonly sequence: number
}

/** What is asked of a person's other visits; the evidence where it is asked for. */
export type NewestVisit = Pick<Visit, 'visitedAt' | 'latitude' | 'longitude'> &
  Partial<Pick<Visit, 'evidence'>>

export const resourceKind = (type: ResourceType): ResourceKind =>
  type === 'lead' ? 'lead' : 'contact'

let last: { readonly visit: Visit; readonly item: string } | undefined

/**
 * The item of `GET /v2/visits`, as JSON text, keys in the documented order (PROTOCOL 4.1). The last one
 * is remembered: a check-in keeps it and then answers with it.
 */
export function printVisit(visit: Visit): string {
  if (last?.visit === visit) return last.item
  const item = JSON.stringify({
    data: {
      id: visit.id,
      creator_id: visit.creatorId,
      outcome_id: visit.outcome?.id ?? null,
      resource_type: resourceKind(visit.resourceType),
      resource_id: visit.resourceId,
      visited_at: printMillis(visit.visitedAt),
      resource_address: visit.resourceAddress,
      rep_location_verification_status: visit.status,
      summary: visit.summary,
      created_at: printMillis(visit.createdAt),
      updated_at: printMillis(visit.updatedAt),
    },
    meta: { type: 'visit' },
  })
  last = { visit, item }
  return item
}

/** How every item of `printVisit` ends, behind the last attribute. */
export const visitItemEnd = '},"meta":{"type":"visit"}}'

/** What a write of a visit is answered: the visit, and the position just after its event (PROTOCOL 6.4). */
export function printWrittenVisit(
  visit: Visit,
  position: Position,
  includesVerification: boolean,
): string {
  const attributes = printVisit(visit).slice(0, -visitItemEnd.length)
  const verification = includesVerification ? `,"verification":${visit.evidence ?? 'null'}` : ''
  return `${attributes}${verification}},"meta":{"type":"visit","position":"${printPosition(position)}"}}`
}

/** `data` of the stream's items, keys in the documented order (PROTOCOL 5.3). */
export function visitSnapshot(visit: Visit) {
  return {
    summary: visit.summary,
    sales_rep_location: {
      latitude: visit.latitude,
      verification_status: visit.status,
      longitude: visit.longitude,
    },
    creator_id: visit.creatorId,
    resource_type: visit.resourceType,
    resource_id: visit.resourceId,
    created_at: printSeconds(visit.createdAt),
    visited_at: printSeconds(visit.visitedAt),
    id: visit.id,
    outcome: visit.outcome && {
      has_original_name: visit.outcome.hasOriginalName,
      name: visit.outcome.name,
      id: visit.outcome.id,
    },
  }
}

export type VisitSnapshot = ReturnType<typeof visitSnapshot>

export interface VisitReads {
  list(account: AccountKey, request: VisitListRequest): Promise<VisitPage>
  find(account: AccountKey, ids: readonly number[]): Promise<Map<number, Visit>>
  /** Which of the ids were visits that have been deleted. */
  findDeleted(account: AccountKey, ids: readonly number[]): Promise<Set<number>>
  /** Visits whose ids lie between the two, by id, at most `limit`. */
  listBetween(
    account: AccountKey,
    afterId: number,
    beforeId: number,
    limit: number,
  ): Promise<Visit[]>
  countMissingReferences(account: AccountKey): Promise<MissingReferences>
  /** Whether visits logged here before `before` (ms) still hold the rep's precise location. */
  hasLocatedBefore(account: AccountKey, before: number): Promise<boolean>
}

export interface VisitQueries {
  find(ids: readonly number[]): Promise<Map<number, Visit>>
  /** Which of the ids were visits that have been deleted. */
  findDeleted(ids: readonly number[]): Promise<Set<number>>
  /** The creator's visits by id, at most `limit`. */
  findByCreator(creatorId: number, limit: number): Promise<Visit[]>
  /** Visits to the record with the highest ids, highest first, at most `limit`. */
  findByResource(kind: ResourceKind, resourceId: number, limit: number): Promise<Visit[]>
  /** Visits with the outcome whose ids are above `afterId`, by id, at most `limit`. */
  findByOutcome(outcomeId: number, afterId: number, limit: number): Promise<Visit[]>
  /** Visits logged here before `before` (ms) that still hold the rep's precise location. */
  findLocatedBefore(before: number, limit: number): Promise<Visit[]>
}

export interface VisitWrites extends VisitQueries {
  /**
   * The creator's newest visits by the time of visiting, at most `limit`. Evidence is long: it is read
   * only on request.
   */
  findNewestBy(creatorId: number, limit: number, withEvidence: boolean): Promise<NewestVisit[]>
  /** Stores the evidence of verdicts that are about to be replaced. */
  savePastEvidence(visits: readonly Visit[], now: number): Promise<void>
  /** The next id for a visit that is logged here. */
  nextId(): Promise<number>
  /** Adds a visit whose id is new. `ownerId`: who owns its lead or contact. */
  add(visit: Visit, ownerId: number | null): Promise<void>
  /** Adds or replaces. */
  save(visits: readonly Visit[]): Promise<void>
  /** Deletes the visits for good and stores their ids as deleted. */
  remove(visits: readonly Pick<Visit, 'id' | 'sequence'>[]): Promise<void>
  /** Clears the mark of a deleted visit; resolves to its last sequence, 0 when it has none. */
  restore(id: number): Promise<number>
}

export interface VisitFilter {
  readonly outcomeId?: number | undefined
  readonly creatorId?: number | undefined
  readonly resourceKind?: ResourceKind | undefined
  /** Only together with `resourceKind`. */
  readonly resourceId?: number | undefined
  readonly status?: VerificationStatus | undefined
  readonly ids?: readonly number[] | undefined
}

export type VisitSort = 'id' | 'visited_at'

export interface VisitListRequest extends PageRequest<VisitSort> {
  readonly filter: VisitFilter
  /** Whose eyes look: an admin sees all, anyone else what PROTOCOL 2.4 says. */
  readonly viewer: Viewer
  /** Whether each item tells its verdict with the evidence. */
  readonly includeVerification?: boolean
  /** What the list has to have seen. Throws as `requireReached` does where nothing has. */
  readonly minPosition?: Position | undefined
}

export interface VisitPage {
  /** The items as they are answered: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
  readonly count: number
  readonly hasMore: boolean
}

/** How many visits name something that is not stored. */
export interface MissingReferences {
  readonly creators: number
  readonly outcomes: number
  readonly leads: number
  readonly contacts: number
}
