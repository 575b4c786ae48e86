import type { AccountKey } from './accounts.ts'
import type { GeocodingFailure } from './geocoder.ts'
import type { PageRequest, Page } from './pages.ts'
import type { ResourceKind } from './visits.ts'

/** An address that waits for the geocoder. */
export interface GeocodingJob {
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly address: string
  readonly attempts: number
}

/** What came of a job that did not place its record. Times are ms since 1970. */
export interface GeocodingOutcome {
  readonly attempts: number
  /** When to ask again; null: not until the address changes. */
  readonly dueAt: number | null
  readonly failure: GeocodingFailure
  readonly detail: string
}

export interface GeocodingReads {
  /** Addresses that are to be asked for at `now`, at most `limit`. */
  listDue(account: AccountKey, now: number, limit: number): Promise<GeocodingJob[]>
  /** Of one kind, or of both, by their ids. */
  listUnplaced(
    account: AccountKey,
    kind: ResourceKind | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<UnplacedRecord>>
}

export interface GeocodingWrites {
  /** The address that a record waits with. */
  find(kind: ResourceKind, id: number): Promise<{ readonly address: string } | undefined>
  setOutcome(job: GeocodingJob, outcome: GeocodingOutcome): Promise<void>
}

/** A lead or contact without a precise point. */
export interface UnplacedRecord {
  readonly resourceKind: ResourceKind
  readonly id: number
  /** null where there is none, or where a point of little precision is known. */
  readonly address: string | null
  readonly reason: 'address_missing' | 'address_imprecise' | 'waiting' | GeocodingFailure
  readonly detail: string | null
}
