import type { AccountKey } from './accounts.ts'
import type { GeocodingFailure } from './geocoder.ts'
import type { PageRequest, Page } from './pages.ts'
import type { RecordPoint } from './records.ts'
import type { ResourceKind } from './visits.ts'

/** An address in one line that waits for the geocoder. */
export interface GeocodingJob {
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly address: string
  readonly attempts: number
}

/** The result of a job that found no point. Times are ms since 1970. */
export interface GeocodingOutcome {
  readonly attempts: number
  /** When to retry; null: not until the address changes. */
  readonly dueAt: number | null
  readonly failure: GeocodingFailure
  readonly detail: string
}

/** Addresses without a point, outside of any transaction. */
export interface GeocodingReads {
  /** Addresses that are due at `now` (ms), at most `limit`. */
  listDue(account: AccountKey, now: number, limit: number): Promise<GeocodingJob[]>
  /** Records without a precise point, by id. */
  listUnplaced(
    account: AccountKey,
    filter: UnplacedFilter,
    page: PageRequest<'id'>,
  ): Promise<Page<UnplacedRecord>>
  /** How many there are for each reason, of the first `limit` leads and as many contacts. */
  countUnplaced(
    account: AccountKey,
    owners: readonly number[] | undefined,
    limit: number,
  ): Promise<UnplacedCounts>
}

/** Addresses without a point, in a transaction. */
export interface GeocodingWrites {
  /** The address that waits for a record; undefined: none does. */
  find(kind: ResourceKind, id: number): Promise<{ readonly address: string } | undefined>
  setOutcome(job: GeocodingJob, outcome: GeocodingOutcome): Promise<void>
  /** Makes those due that found no point. Answers how many. */
  retry(filter: RetryFilter): Promise<number>
}

export type UnplacedReason = 'address_missing' | 'address_imprecise' | 'waiting' | GeocodingFailure

/** What is undefined does not matter. */
export interface UnplacedFilter {
  readonly kind: ResourceKind | undefined
  readonly reason: UnplacedReason | undefined
  readonly owners: readonly number[] | undefined
}

/** What is undefined does not matter. */
export interface RetryFilter {
  readonly kind: ResourceKind | undefined
  readonly id: number | undefined
  readonly failure: GeocodingFailure | undefined
  readonly owners: readonly number[] | undefined
}

export interface UnplacedCounts {
  readonly counts: Readonly<Record<UnplacedReason, number>>
  /** Whether all were counted. */
  readonly isComplete: boolean
}

/** A lead or contact without a precise point. */
export interface UnplacedRecord {
  readonly resourceKind: ResourceKind
  readonly id: number
  readonly name: string
  readonly ownerId: number | null
  /** In one line; null: there is none. */
  readonly address: string | null
  readonly reason: UnplacedReason
  /** Of a point that is too imprecise; null: there is none. */
  readonly precision: RecordPoint['precision'] | null
  readonly detail: string | null
}
