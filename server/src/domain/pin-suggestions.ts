import type { AccountKey } from './accounts.ts'
import type { RecordPoint } from './records.ts'
import type { ResourceKind, Visit } from './visits.ts'

/** A record that visits were judged too far from, whose reps' places are still known. */
export interface StrayRecord {
  readonly kind: ResourceKind
  readonly id: number
  /** Its own place and its sites. */
  readonly points: readonly RecordPoint[]
  readonly radiusM: number
  /**
   * The last visits with a place that were logged here after the last proposal that was rejected, the
   * newest first.
   */
  readonly visits: readonly Pick<Visit, 'latitude' | 'longitude' | 'evidence'>[]
}

export type StrayKey = Pick<StrayRecord, 'kind' | 'id'>

/** Records whose pin may be wrong, outside of any transaction. */
export interface PinSuggestionReads {
  /**
   * Records with at least `visitsMin` visits that were judged too far, leads first, by id, at most
   * `limit` after this one. `owners`: whose; undefined: anybody's.
   */
  listStray(
    account: AccountKey,
    request: {
      readonly owners: readonly number[] | undefined
      readonly visitsMin: number
      readonly after: StrayKey | undefined
      readonly limit: number
    },
  ): Promise<StrayRecord[]>
}

/** Where a record seems to be. Metres; degrees, WGS 84. */
export interface PinSuggestion {
  readonly kind: ResourceKind
  readonly id: number
  readonly latitude: number
  readonly longitude: number
  /** How many visits say so. */
  readonly visits: number
  /** From the nearest place of the record. */
  readonly distanceM: number
}
