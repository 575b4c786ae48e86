import type { AccountKey, AccountReads, AccountWrites } from './accounts.ts'
import type { AuditReads, AuditWrites } from './audit.ts'
import type { CustomFieldQueries, CustomFieldReads, CustomFieldWrites } from './custom-fields.ts'
import type { CustomerReads } from './customers.ts'
import type { DemoReads, DemoWrites } from './demo.ts'
import type { ExternalIdReads, ExternalIdWrites } from './external-ids.ts'
import type { GeocodingReads, GeocodingWrites } from './geocoding.ts'
import type { IdempotencyQueries, IdempotencyReads, IdempotencyWrites } from './idempotency.ts'
import type { ImportReads, ImportWrites } from './imports.ts'
import type { LabelQueries, LabelReads, LabelWrites } from './labels.ts'
import type { LastUse } from './last-uses.ts'
import type { LocationDataReads } from './location-data.ts'
import type { MapReads } from './maps.ts'
import type { OAuthReads, OAuthWrites } from './oauth.ts'
import type { OneTimeCodeReads, OneTimeCodeWrites } from './one-time-codes.ts'
import type { PinChangeQueries, PinChangeReads, PinChangeWrites } from './pin-changes.ts'
import type { PinSuggestionReads } from './pin-suggestions.ts'
import type { PlanQueries, PlanReads, PlanWrites } from './plans.ts'
import type { RateBucketReads } from './rate-buckets.ts'
import type { RecordQueries, RecordReads, RecordWrites } from './records.ts'
import type { ReviewCountReads } from './review-counts.ts'
import type { SavedViewQueries, SavedViewReads, SavedViewWrites } from './saved-views.ts'
import type { SearchReads, SearchWrites } from './search.ts'
import type { SessionReads, SessionWrites } from './sessions.ts'
import type { StoreLoad } from './store-load.ts'
import type { TokenReads, TokenWrites } from './tokens.ts'
import type { UserActivityReads } from './user-activity.ts'
import type { UserQueries, UserReads, UserWrites } from './users.ts'
import type { VisitChangeReads } from './visit-changes.ts'
import type { VisitEventReads, VisitEventWrites } from './visit-events.ts'
import type { VisitHistoryReads } from './visit-history.ts'
import type {
  VisitOutcomeQueries,
  VisitOutcomeReads,
  VisitOutcomeWrites,
} from './visit-outcomes.ts'
import type { VisitReportReads } from './visit-reports.ts'
import type { VisitReviewWrites } from './visit-reviews.ts'
import type { VisitSums } from './visit-sums.ts'
import type { VisitQueries, VisitReads, VisitWrites } from './visits.ts'
import type { WalkReads } from './walks.ts'

/**
 * All stored data. A method that takes an account sees no rows of another. Reads see only committed
 * data.
 */
export interface Store extends AsyncDisposable {
  readonly accounts: AccountReads
  readonly users: UserReads
  readonly userActivity: UserActivityReads
  readonly tokens: TokenReads
  readonly sessions: SessionReads
  readonly oneTimeCodes: OneTimeCodeReads
  readonly demo: DemoReads
  readonly oauth: OAuthReads
  readonly visitOutcomes: VisitOutcomeReads
  readonly leads: RecordReads
  readonly contacts: RecordReads
  readonly customFields: CustomFieldReads
  readonly labels: LabelReads
  readonly visits: VisitReads
  readonly search: SearchReads
  readonly customers: CustomerReads
  readonly visitSums: VisitSums & MapReads & VisitReportReads & ReviewCountReads
  readonly visitHistory: VisitHistoryReads
  readonly pinChanges: PinChangeReads
  readonly pinSuggestions: PinSuggestionReads
  readonly geocoding: GeocodingReads
  readonly imports: ImportReads
  readonly externalIds: ExternalIdReads
  readonly savedViews: SavedViewReads
  readonly plans: PlanReads
  readonly locationData: LocationDataReads
  readonly audit: AuditReads
  readonly rateBuckets: RateBucketReads
  readonly idempotency: IdempotencyReads
  readonly events: VisitEventReads
  readonly walks: WalkReads
  readonly visitChanges: VisitChangeReads
  /**
   * Runs queries of committed data without waiting for writers, and without making them wait. On
   * PostgreSQL they share one snapshot. On SQLite each query sees the data committed when it runs.
   * Rows that were read may change before a write, so a write must check them again.
   */
  read<Result>(account: AccountKey, work: (queries: Queries) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` in one transaction, which commits as a whole or not at all; it is on disk when the
   * promise resolves. Writers of the account take turns, in any process, so rows that the work has
   * read do not change before it writes. Readers do not wait.
   */
  write<Result>(
    account: AccountKey,
    work: (tx: Transaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result>
  /** Runs `work` as `write` does, answers its result, and rolls it back. */
  preview<Result>(account: AccountKey, work: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** Saves when tokens and sessions were last used. */
  saveLastUses(account: AccountKey, uses: readonly LastUse[]): Promise<void>
  /** The secret stored under the name; if there is none, stores and answers `fresh`. */
  secret(name: string, fresh: string): Promise<string>
  /**
   * Whether this process holds the claim of this name, for jobs that one process at a time should
   * do. It takes a free claim, and holds it until it exits or loses its connection. A claim can be
   * lost unnoticed, so two processes may do the job for a while, which must do no harm.
   */
  claim(name: string): Promise<boolean>
  /** Asks the process that runs background jobs to do this one now. */
  wake(job: string): void
  /** Calls the listener when any process asks for this job. The returned function unsubscribes. */
  onWoken(job: string, listener: () => void): () => void
  /** The database engine, and the size of the data. */
  engine(): Promise<{ readonly name: string; readonly version: string; readonly bytes: number }>
  /** What waits, and what the engine has to cope with. */
  load(): Promise<StoreLoad>
  /** Resolves if the store can read; throws `unavailable` otherwise. */
  ping(): Promise<void>
  /** Checks the stored data; empty: it is consistent. */
  check(account: AccountKey): Promise<Fault[]>
}

/** How to run a transaction. */
export interface WriteOptions {
  /**
   * The callback has no side effects outside the transaction, so it may be rolled back and retried.
   * That is cheaper if such work rarely fails after it has written.
   */
  readonly isRepeatable: boolean
}

/** A fault of the stored data, and what to do about it; each a sentence. */
export interface Fault {
  readonly problem: string
  readonly remedy: string
  /** The machine's clock may be the cause, so a backup is whole nevertheless. */
  readonly isOfClock?: true
}

/** Queries of one account. Methods that find rows by id leave out absent ones. */
export interface Queries {
  readonly users: UserQueries
  readonly visitOutcomes: VisitOutcomeQueries
  readonly leads: RecordQueries
  readonly contacts: RecordQueries
  readonly customFields: CustomFieldQueries
  readonly labels: LabelQueries
  readonly visits: VisitQueries
  readonly pinChanges: PinChangeQueries
  readonly savedViews: SavedViewQueries
  readonly plans: PlanQueries
  readonly idempotency: IdempotencyQueries
}

/** A transaction on one account: the same queries, which see its own writes, and writes. */
export interface Transaction extends Queries {
  readonly account: AccountWrites
  readonly users: UserWrites
  readonly tokens: TokenWrites
  readonly sessions: SessionWrites
  readonly oneTimeCodes: OneTimeCodeWrites
  readonly demo: DemoWrites
  readonly oauth: OAuthWrites
  readonly visitOutcomes: VisitOutcomeWrites
  readonly leads: RecordWrites
  readonly contacts: RecordWrites
  readonly customFields: CustomFieldWrites
  readonly labels: LabelWrites
  readonly visits: VisitWrites
  readonly search: SearchWrites
  readonly visitReviews: VisitReviewWrites
  readonly geocoding: GeocodingWrites
  readonly pinChanges: PinChangeWrites
  readonly savedViews: SavedViewWrites
  readonly plans: PlanWrites
  readonly audit: AuditWrites
  readonly imports: ImportWrites
  readonly externalIds: ExternalIdWrites
  readonly idempotency: IdempotencyWrites
  readonly events: VisitEventWrites
}
