import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { ResourceKind, VerificationStatus } from './visits.ts'

/** What an import is at. `following`: all was read, changes are taken in as they come. */
export type ImportPhase = 'lists' | 'visits' | 'changes' | 'following' | 'done'

/** An import that asks another service for everything, and where it has come to. Times in ms. */
export interface Import {
  readonly id: number
  readonly source: string
  readonly baseUrl: string
  readonly phase: ImportPhase
  readonly progress: ImportProgress
  readonly startedAt: number
  readonly updatedAt: number
  readonly finishedAt: number | null
  /** The process that is at work; it counts as long as `heartbeatAt` is recent. */
  readonly runner: string | null
  readonly heartbeatAt: number | null
  readonly isStopAsked: boolean
  readonly lastError: string | null
}

export interface ImportProgress {
  /** Where in the source's stream to go on; null: it may not be read, `streamRefusal` says why. */
  readonly position: string | null
  readonly streamRefusal: string | null
  /** When the newest end of the stream was last reached. */
  readonly topAt: number | null
  /** When the newest event that was taken in happened. */
  readonly eventAt: number | null
  /** Each reading of all ranges is a comparison; the first is 1. */
  readonly comparison: number
  readonly comparedAt: number | null
  /** When the lists besides the visits were last asked for changes; null: not since they were read. */
  readonly refreshedAt?: number | null
  /** ... and when each of them answered. */
  readonly refreshed?: Readonly<Record<string, number>>
  /** Lists besides the visits that have been read. */
  readonly lists: readonly string[]
  /**
   * Where to go on in the streams of leads and contacts; null: they may not be read; absent: their
   * lists have come to rest.
   */
  readonly recordPositions?: Readonly<Partial<Record<ResourceKind, string | null>>>
  /** Whose tokens have been used. */
  readonly owner?: SourceOwner
  readonly counts: ImportedCounts
  readonly requests: number
  readonly repeated: number
  /** About how many visits there are, and how many pages are still to be read. */
  readonly expected: number
  readonly pagesLeft: number
  readonly perSecond: number
  /** Sentences on what could not be proven; empty: nothing is missing. */
  readonly gaps: readonly ImportGap[]
  /** What completeness rests on: lists of the source that must be whole. */
  readonly restsOn: readonly string[]
}

/** The account of the source that is taken in, and the users who have seen it. */
export interface SourceOwner {
  readonly accountId: number | null
  /** null: one that the source did not name. */
  readonly userIds: readonly (number | null)[]
  /** SHA-256 of the token used last. */
  readonly tokenHash: string
}

export interface ImportedCounts {
  readonly read: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly conflicts: number
  readonly rejected: number
  readonly events: number
}

/**
 * `unproven`: it may hold more than was read. `unread`: the source refuses the list. `unwatched`: what
 * changed while it was read may be missing. `unkept`: items that were told could not be kept.
 */
export type GapCause = 'unproven' | 'unread' | 'unwatched' | 'unkept'

/** A part of a list that could not be proven to have been read whole. */
export interface ImportGap {
  readonly list: string
  readonly cause: GapCause
  /** As a query; empty: the whole list. */
  readonly filter: string
  readonly reason: string
  /** At most so many may be missing; null: that is not known. */
  readonly missingMax: number | null
}

export const newProgress: ImportProgress = {
  position: null,
  streamRefusal: null,
  topAt: null,
  eventAt: null,
  comparison: 1,
  comparedAt: null,
  lists: [],
  counts: {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    conflicts: 0,
    rejected: 0,
    events: 0,
  },
  requests: 0,
  repeated: 0,
  expected: 0,
  pagesLeft: 0,
  perSecond: 0,
  gaps: [],
  restsOn: [],
}

/** What a range has been read of; `state` is the importer's own, JSON. */
export interface ImportRange {
  readonly list: string
  readonly filter: string
  readonly state: string
}

/** An item that could not be kept. */
export interface ImportError {
  /** The same item has the same key, so that it is kept once. */
  readonly key: string
  readonly field: string
  readonly reason: string
  /** As it was told, JSON. */
  readonly item: string
  readonly at: number
}

/** What Sell told of a visit last. Times in ms. */
export interface SellSnapshot {
  readonly id: number
  readonly creatorId: number
  readonly outcomeId: number | null
  readonly status: VerificationStatus
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  /** In whole seconds, which is what both list and stream tell. */
  readonly visitedAt: number
  readonly summaryDigest: number
  /** `updated_at` of the newest list item; null: no list has told of it since it moved, or at all. */
  readonly updatedAt: number | null
  /** Of the newest event. */
  readonly sequence: number | null
  readonly eventAt: number | null
  readonly isGone: boolean
  /** It is gone because a comparison missed it; nobody told so. */
  readonly isMissed: boolean
  readonly comparison: number
}

export type ConflictStatus = 'open' | 'kept_ours' | 'took_theirs' | 'superseded'

/** A visit that was changed here and in Sell. */
export interface ImportConflict {
  readonly id: number
  readonly visitId: number
  /** Sell's item as it was told, JSON. */
  readonly item: string
  /** The same as it was understood, JSON. */
  readonly told: string
  /** Names of attributes that differ; `deleted`: on one side it is. */
  readonly differs: readonly string[]
  readonly status: ConflictStatus
  readonly createdAt: number
  readonly resolvedAt: number | null
  readonly resolvedBy: number | null
}

export interface ImportReads {
  list(account: AccountKey, page: PageRequest<'id'>): Promise<Page<Import>>
  find(account: AccountKey, id: number): Promise<Import | undefined>
  /** What has been read of a list, by range. */
  listRanges(account: AccountKey, importId: number, list: string): Promise<ImportRange[]>
  /** The ids that a list of the source has named, rising. */
  listListed(account: AccountKey, importId: number, list: string): Promise<number[]>
  /** Items that could not be kept, at most `limit`, by their keys, of those behind `after`. */
  listErrors(
    account: AccountKey,
    importId: number,
    limit: number,
    after?: string,
  ): Promise<ImportError[]>
  listConflicts(
    account: AccountKey,
    status: ConflictStatus | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<ImportConflict>>
  countConflicts(account: AccountKey, status: ConflictStatus): Promise<number>
  /** Sell's last state of visits whose ids are above `afterId`, by id, at most `limit`. */
  listSellSnapshots(account: AccountKey, afterId: number, limit: number): Promise<SellSnapshot[]>
}

export interface ImportWrites {
  nextId(): Promise<number>
  find(id: number): Promise<Import | undefined>
  findBySource(source: string, baseUrl: string): Promise<Import | undefined>
  save(given: Import): Promise<void>
  saveRanges(importId: number, ranges: readonly ImportRange[]): Promise<void>
  removeRanges(importId: number, list: string): Promise<void>
  /** Its ranges, what it has named, and what of it could not be kept. */
  removeList(importId: number, list: string): Promise<void>
  /** Notes what a list of the source has named. */
  addListed(importId: number, list: string, ids: readonly number[]): Promise<void>
  addErrors(importId: number, errors: readonly ImportError[]): Promise<void>
  removeErrors(importId: number, keys: readonly string[]): Promise<void>
  /** Items of a list that could not be kept: those whose key begins with its name and a space. */
  countErrors(importId: number, list: string): Promise<number>
  findSellSnapshots(ids: readonly number[]): Promise<Map<number, SellSnapshot>>
  saveSellSnapshots(snapshots: readonly SellSnapshot[]): Promise<void>
  findConflict(id: number): Promise<ImportConflict | undefined>
  /** Which of these visits have an open conflict. */
  findDisputed(visitIds: readonly number[]): Promise<Set<number>>
  /** The open conflict of this visit has become void. */
  supersedeConflict(visitId: number): Promise<void>
  /** An open conflict of the same visit is superseded by it. */
  addConflict(conflict: Omit<ImportConflict, 'id'>): Promise<void>
  saveConflict(conflict: ImportConflict): Promise<void>
}
