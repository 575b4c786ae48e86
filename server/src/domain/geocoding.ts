import type { AccountKey } from './accounts.ts'
import type { GeocodingFailure } from './geocoder.ts'
import type { PageRequest, Page } from './pages.ts'
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
  /** Records without a precise point, by id; `kind` undefined: leads and contacts. */
  listUnplaced(
    account: AccountKey,
    kind: ResourceKind | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<UnplacedRecord>>
}

/** Addresses without a point, in a transaction. */
export interface GeocodingWrites {
  /** The address that waits for a record; undefined: none does. */
  find(kind: ResourceKind, id: number): Promise<{ readonly address: string } | undefined>
  setOutcome(job: GeocodingJob, outcome: GeocodingOutcome): Promise<void>
}

/** A lead or contact without a precise point. */
export interface UnplacedRecord {
  readonly resourceKind: ResourceKind
  readonly id: number
  /** In one line; null: there is none, or its point is imprecise. */
  readonly address: string | null
  readonly reason: 'address_missing' | 'address_imprecise' | 'waiting' | GeocodingFailure
  readonly detail: string | null
}
