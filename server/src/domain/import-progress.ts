import type { FilesProgress } from './files-progress.ts'
import type { ResourceKind } from './visits.ts'

/** How far an import has come. Times in ms. */
export interface ImportProgress {
  /** Where to resume the source's stream; null: the source refuses it, `streamRefusal` says why. */
  readonly position: string | null
  readonly streamRefusal: string | null
  /** When the end of the stream was last reached; null: never. */
  readonly topAt: number | null
  /** The time of the newest imported event. */
  readonly eventAt: number | null
  /** The number of the present full pass over all ranges, from 1. */
  readonly pass: number
  readonly passEndedAt: number | null
  /** When the other lists were last polled for changes; null: not since they were read. */
  readonly refreshedAt?: number | null
  /** When each of them last answered. */
  readonly refreshed?: Readonly<Record<string, number>>
  /** Other lists that have been read. */
  readonly lists: readonly string[]
  /** Lists that an import can do without, and why the source did not give them. */
  readonly notGiven?: Readonly<Record<string, string>>
  /**
   * Where the streams of leads and contacts resume while their lists are read; null: the source
   * refuses the stream; absent: the list is complete.
   */
  readonly recordPositions?: Readonly<Partial<Record<ResourceKind, string | null>>>
  /** The users whose tokens the import has used. */
  readonly owner?: SourceOwner
  readonly counts: ImportedCounts
  /** Requests to the source, and how many of them were retries. */
  readonly requests: number
  readonly repeated: number
  /** About how many visits there are, and how many pages are left to read. */
  readonly expected: number
  readonly pagesLeft: number
  /** Requests and visits a second, over the last minute that the import ran. */
  readonly perSecond: number
  readonly visitsPerSecond?: number
  /** How often the source has asked to wait, and for how long in all. */
  readonly waits?: { readonly count: number; readonly ms: number }
  /** How much of each list has been read in the present full pass, and when. */
  readonly reads?: Readonly<Record<string, ListRead>>
  /** Ranges whose pages may have shifted in this full pass, and how many were compared again. */
  readonly secondLook?: { readonly ranges: number; readonly checked: number }
  /** What could not be proven to be complete; empty: nothing is missing. */
  readonly gaps: readonly ImportGap[]
  /** Lists of the source that the proof of completeness relies on. */
  readonly restsOn: readonly string[]
  /** Of an import of files only. */
  readonly files?: FilesProgress
}

/** How many items of a list were read, from when until when. */
export interface ListRead {
  readonly items: number
  readonly startedAt: number
  readonly endedAt: number
}

/** The imported account of the source, and the users who have read it. */
export interface SourceOwner {
  readonly accountId: number | null
  /** null: a user whom the source did not name. */
  readonly userIds: readonly (number | null)[]
  /** SHA-256 of the last token. */
  readonly tokenHash: string
}

/** How many items an import has read, and what became of them. */
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
 * Why a list may be incomplete. `unproven`: it may hold more than was read. `unread`: the source
 * refuses the list. `unwatched`: changes made while it was read may be missing. `rejected`: some
 * items were rejected.
 */
export type GapCause = 'unproven' | 'unread' | 'unwatched' | 'rejected'

/** A part of a list that could not be proven to have been read whole. */
export interface ImportGap {
  readonly list: string
  readonly cause: GapCause
  /** As a query string; empty: the whole list. */
  readonly filter: string
  readonly reason: string
  /** How many items may be missing at most; null: unknown. */
  readonly missingMax: number | null
}

/** The progress of an import that has read nothing yet. */
export const newProgress: ImportProgress = {
  position: null,
  streamRefusal: null,
  topAt: null,
  eventAt: null,
  pass: 1,
  passEndedAt: null,
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
