import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import type { ReviewFlag, ReviewState, VerificationReason, VerificationStatus } from './findings.ts'
import type { LocatedVisit } from './location-data.ts'
import type { Continued, PageRequest } from './pages.ts'
import type { Position } from './positions.ts'
import type { Box, Circle, TimeRange } from './ranges.ts'

/** What a visit is to; Sell's stream also names contacts by what they are to a company. */
export type ResourceType = 'lead' | 'contact' | 'prospect_and_customer'

/** The two kinds of record that `/v2/visits` distinguishes (PROTOCOL 4.4). */
export type ResourceKind = 'lead' | 'contact'

/** An outcome as it is stored in a visit; the name is null until Sell has sent it. */
export interface VisitOutcomeEmbed {
  readonly id: number
  readonly name: string | null
  readonly hasOriginalName: boolean
}

/** The age of what Sell last sent of a visit; null: it has sent nothing of that kind. */
export interface VisitSource {
  /** `updated_at` of the newest REST item, in ms. */
  readonly updatedAt: number | null
  /** `sequence` and time, in ms, of the newest stream item. */
  readonly sequence: number | null
  readonly eventAt: number | null
}

/** A visit. Times are ms since 1970. Coordinates are the rep's, in degrees (WGS 84). */
export interface Visit {
  readonly id: number
  readonly creatorId: number
  readonly outcome: VisitOutcomeEmbed | null
  readonly resourceType: ResourceType
  readonly resourceId: number
  /** The record's address in one line, at the time when the visit was logged. */
  readonly resourceAddress: string | null
  readonly status: VerificationStatus
  readonly latitude: number | null
  readonly longitude: number | null
  readonly summary: string | null
  readonly visitedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly source: VisitSource
  /** The verdict with its evidence as the API answers it, JSON; null: it was verified elsewhere. */
  readonly evidence: string | null
  /** What a person made of the finding; null: it needs nobody to look. */
  readonly review: ReviewState | null
  /** Number of the visit's newest event; each event adds one. */
  readonly sequence: number
}

/** The parts of a user's other visits that a new one is compared with. */
export type NewestVisit = Pick<Visit, 'visitedAt' | 'latitude' | 'longitude'> &
  Partial<Pick<Visit, 'evidence'>>

/** The kind of record that has this type. */
export const resourceKind = (type: ResourceType): ResourceKind =>
  type === 'lead' ? 'lead' : 'contact'

/** The id for a visit that a user logs, and whether the user's location is used. */
export interface NextVisitId {
  readonly id: number
  readonly sharesLocation: boolean
}

/** Who visited what, and when. */
export interface VisitFacts {
  readonly id: number
  readonly creatorId: number
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  /** In ms. */
  readonly visitedAt: number
}

/** Visits, outside of any transaction. */
export interface VisitReads {
  list(account: AccountKey, request: VisitListRequest): Promise<VisitPage>
  /**
   * The account's revision where `list` would read now. `minPosition`: as for `list`. Two pages for
   * one request and viewer, of the same revision, are equal.
   */
  findRevision(account: AccountKey, minPosition?: Position): Promise<number>
  /** Part of the list by id, without caches; it takes a few ms however few visits the filter leaves. */
  walk(account: AccountKey, request: VisitWalkRequest): Promise<VisitWalkPart>
  find(account: AccountKey, ids: readonly number[]): Promise<Map<number, Visit>>
  /** Which of the ids belonged to visits that have been deleted. */
  findDeleted(account: AccountKey, ids: readonly number[]): Promise<Set<number>>
  /** Visits at exactly one of these times (ms), by id. */
  findVisitedAt(account: AccountKey, times: readonly number[]): Promise<VisitFacts[]>
  countMissingReferences(account: AccountKey): Promise<MissingReferences>
  /** Whether visits that were logged here before `before` (ms) still have coordinates. */
  hasLocatedBefore(account: AccountKey, before: number): Promise<boolean>
}

/** Queries of visits. */
export interface VisitQueries {
  find(ids: readonly number[]): Promise<Map<number, Visit>>
  /** Which of the ids belonged to visits that have been deleted. */
  findDeleted(ids: readonly number[]): Promise<Set<number>>
  /** The creator's visits by id, at most `limit`. */
  findByCreator(creatorId: number, limit: number): Promise<Visit[]>
  /** Visits to the record with the highest ids, highest first, at most `limit`. */
  findByResource(kind: ResourceKind, resourceId: number, limit: number): Promise<Visit[]>
  /** An outcome's visits with ids above `afterId`, by id, at most `limit`. */
  findByOutcome(outcomeId: number, afterId: number, limit: number): Promise<Visit[]>
  /** Visits with ids that this server gave, below `beforeId`, highest first, at most `limit`. */
  findLogged(beforeId: number, limit: number): Promise<Visit[]>
  /** Visits that were logged here before `before` (ms) and still have coordinates. */
  findLocatedBefore(before: number, limit: number): Promise<Visit[]>
  /** The creator's visits that were logged here, by id from `afterId` on, with coordinates. */
  findLocatedOf(creatorId: number, afterId: number, limit: number): Promise<Visit[]>
}

/** Visits, in a transaction. */
export interface VisitWrites extends VisitQueries {
  /** The item as `list` answers it to who may change the visit, for each choice of `include`. */
  findForms(id: number): Promise<string[]>
  /**
   * The creator's newest visits by `visitedAt`, at most `limit`; with their evidence, which is
   * long, only if `withEvidence`.
   */
  findNewestBy(creatorId: number, limit: number, withEvidence: boolean): Promise<NewestVisit[]>
  /** Saves the evidence of verdicts that are about to be replaced. */
  savePastEvidence(visits: readonly Visit[], now: number): Promise<void>
  /** The next id for a visit that is logged here. */
  nextId(): Promise<number>
  /** The next id for a visit of this user; throws `userMoved` unless there is such a user. */
  nextIdFor(userId: number): Promise<NextVisitId>
  /** Adds a visit whose id is new. `ownerId`: the owner of its lead or contact. */
  add(visit: Visit, ownerId: number | null): Promise<void>
  /** Adds or replaces. */
  save(visits: readonly Visit[]): Promise<void>
  /** Deletes visits and records their ids as deleted. */
  remove(visits: readonly Pick<Visit, 'id' | 'sequence'>[]): Promise<void>
  /** Removes the record of the visit's deletion; answers its last sequence, 0: none. */
  restore(id: number): Promise<number>
}

/** Conditions that must all match; of several values of one, any. */
export interface VisitFilter {
  readonly outcomeIds?: readonly number[] | undefined
  readonly creatorIds?: readonly number[] | undefined
  readonly resourceKind?: ResourceKind | undefined
  /** Only together with `resourceKind`. */
  readonly resourceId?: number | undefined
  readonly statuses?: readonly VerificationStatus[] | undefined
  readonly ids?: readonly number[] | undefined
  readonly visitedAt?: TimeRange | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
  /** Where the visit's record is now. */
  readonly near?: Circle | undefined
  readonly bbox?: Box | undefined
  /** Made by this user or anyone below them along `reports_to`. */
  readonly below?: number | undefined
  readonly reasons?: readonly VerificationReason[] | undefined
  readonly flags?: readonly ReviewFlag[] | undefined
  readonly review?: ReviewState | undefined
  /** What the visit lacks; without a reason, it was judged elsewhere. */
  readonly without?: 'outcome' | 'reason' | undefined
}

/** The query parameters of lists, and the filters they set; tsc finds one that is forgotten. */
export const visitFilterParameters = {
  outcome_id: 'outcomeIds',
  creator_id: 'creatorIds',
  resource_type: 'resourceKind',
  resource_id: 'resourceId',
  rep_location_verification_status: 'statuses',
  ids: 'ids',
  visited_at: 'visitedAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  near: 'near',
  bbox: 'bbox',
  below: 'below',
  reason: 'reasons',
  flag: 'flags',
  review: 'review',
  without: 'without',
} as const satisfies Readonly<Record<string, keyof VisitFilter>>

/** The attributes that lists can be sorted by. */
export type VisitSort = 'id' | 'visited_at' | 'created_at' | 'updated_at'

/** What is added to an item that asks for it, in this order. */
export type VisitPart =
  | 'verification'
  | 'finding'
  | 'resource'
  | 'creator'
  | 'review'
  | 'external_ids'

/** Which visits to list. */
export interface VisitListRequest extends PageRequest<VisitSort> {
  readonly filter: VisitFilter
  /** The user the list is read for. Admins see everything; others see what PROTOCOL 2.4 allows. */
  readonly viewer: Viewer
  /** What each item includes besides its attributes. */
  readonly include?: readonly VisitPart[] | undefined
  /** The list must include all events up to here. Throws as `requireReached` does otherwise. */
  readonly minPosition?: Position | undefined
}

/** Which visits to read on a walk over all that a filter leaves, by id. */
export interface VisitWalkRequest extends Pick<
  VisitListRequest,
  'filter' | 'viewer' | 'include' | 'limit'
> {
  /** The lowest id to read. */
  readonly fromId: number
  /** What is between the items. */
  readonly separator: 'commas' | 'lines'
}

/** A part of a walk, which may be empty before the end. */
export interface VisitWalkPart extends Pick<VisitPage, 'items' | 'count' | 'located'> {
  /** Where to go on; undefined: there is no more. */
  readonly nextId: number | undefined
}

/** Part of a list of visits. */
export interface VisitPage extends Continued {
  /** The items as the API answers them: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
  readonly count: number
  /** Those that show where their creators were; undefined: none can. */
  readonly located?: readonly LocatedVisit[] | undefined
  /** Of the account, in the snapshot of the page. */
  readonly revision: number
}

/** How many visits refer to objects that are not stored, by kind. */
export interface MissingReferences {
  readonly creators: number
  readonly outcomes: number
  readonly leads: number
  readonly contacts: number
}
