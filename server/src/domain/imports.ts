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
export interface ToldVisit {
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
