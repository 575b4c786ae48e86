import type { AccountKey, AccountReads, AccountWrites } from './accounts.ts'
import type { GeocodingReads, GeocodingWrites } from './geocoding.ts'
import type { IdempotencyQueries, IdempotencyReads, IdempotencyWrites } from './idempotency.ts'
import type { ImportReads, ImportWrites } from './imports.ts'
import type { LastUse } from './last-uses.ts'
import type { OAuthReads, OAuthWrites } from './oauth.ts'
import type { PinChangeQueries, PinChangeReads, PinChangeWrites } from './pin-changes.ts'
import type { RateBucketReads } from './rate-buckets.ts'
import type { RecordQueries, RecordReads, RecordWrites } from './records.ts'
import type { SessionReads, SessionWrites } from './sessions.ts'
import type { TokenReads, TokenWrites } from './tokens.ts'
import type { UserQueries, UserReads, UserWrites } from './users.ts'
import type { VisitEventReads, VisitEventWrites } from './visit-events.ts'
import type {
  VisitOutcomeQueries,
  VisitOutcomeReads,
  VisitOutcomeWrites,
} from './visit-outcomes.ts'
import type { VisitQueries, VisitReads, VisitWrites } from './visits.ts'

/**
 * Everything that is kept. Every method but `accounts` is confined to one account; another
 * account's rows are as if they did not exist. Reads see only what has been committed.
 */
export interface Store extends AsyncDisposable {
  readonly accounts: AccountReads
  readonly users: UserReads
  readonly tokens: TokenReads
  readonly sessions: SessionReads
  readonly oauth: OAuthReads
  readonly outcomes: VisitOutcomeReads
  readonly leads: RecordReads
  readonly contacts: RecordReads
  readonly visits: VisitReads
  readonly pinChanges: PinChangeReads
  readonly geocoding: GeocodingReads
  readonly imports: ImportReads
  readonly rateBuckets: RateBucketReads
  readonly idempotency: IdempotencyReads
  readonly events: VisitEventReads
  /**
   * Runs queries of committed state without waiting for writers, and without making them wait.
   * On PostgreSQL they share one snapshot. On SQLite each query sees what is committed when it runs.
   * What was read may change before a write: check it again there.
   */
  read<Result>(account: AccountKey, work: (queries: Queries) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` in one transaction. When the promise resolves all of it is on disk; when it rejects
   * nothing was written. Writers of the account, in any process, wait for one another: what the work
   * has read stays the same until it has written. Readers do not wait.
   */
  write<Result>(
    account: AccountKey,
    work: (tx: Transaction) => Promise<Result>,
    writeOptions?: WriteOptions,
  ): Promise<Result>
  /** Runs `work` as `write` does, and rolls all of it back. Resolves to the work's result. */
  preview<Result>(account: AccountKey, work: (tx: Transaction) => Promise<Result>): Promise<Result>
  keepLastUses(account: AccountKey, uses: readonly LastUse[]): Promise<void>
  /** The secret that is kept under the name; `fresh` becomes it where there is none. */
  secret(name: string, fresh: string): Promise<string>
  /**
   * Whether this process has the claim of this name, which it takes when nobody has it, and keeps
   * until it ends or loses its connection: for work that one process at a time is to do. When a claim
   * is lost unnoticed two may do it for a while, so that the work has to bear that.
   */
  claim(name: string): Promise<boolean>
  /** Asks the processes that work in the background to do this work now. */
  wake(work: string): void
  /** Calls the listener when this work is asked for, by any process. What is returned ends it. */
  onWoken(work: string, listener: () => void): () => void
  /** What it is kept in. */
  engine(): Promise<{ readonly name: string; readonly version: string; readonly bytes: number }>
  /** Answers when the store can read; throws `unavailable` when it can not. */
  ping(): Promise<void>
  /** Sentences on what is wrong with what is stored; none when all is well. */
  check(account: AccountKey): Promise<Finding[]>
}

export interface WriteOptions {
  /**
   * The work may be undone and run again from its beginning, since it changes nothing but what it
   * tells the transaction: cheaper, where few of such works fail after they have written.
   */
  readonly isRepeatable: boolean
}

export interface Finding {
  readonly problem: string
  readonly remedy: string
}

/** Queries of one account. Rows are found by id; absent rows are left out. */
export interface Queries {
  readonly users: UserQueries
  readonly outcomes: VisitOutcomeQueries
  readonly leads: RecordQueries
  readonly contacts: RecordQueries
  readonly visits: VisitQueries
  readonly pinChanges: PinChangeQueries
  readonly idempotency: IdempotencyQueries
}

/** A transaction of one account: the same queries, which see its own writes, and writes. */
export interface Transaction extends Queries {
  readonly account: AccountWrites
  readonly users: UserWrites
  readonly tokens: TokenWrites
  readonly sessions: SessionWrites
  readonly oauth: OAuthWrites
  readonly outcomes: VisitOutcomeWrites
  readonly leads: RecordWrites
  readonly contacts: RecordWrites
  readonly visits: VisitWrites
  readonly geocoding: GeocodingWrites
  readonly pinChanges: PinChangeWrites
  readonly imports: ImportWrites
  readonly idempotency: IdempotencyWrites
  readonly events: VisitEventWrites
}
