import type { Account, AccountKey } from './accounts.ts'
import type { PinChange, PinChangeStatus } from './pin-changes.ts'
import type { Position, StreamState } from './positions.ts'
import type { RecordPoint, SalesRecord } from './records.ts'
import type { AccessToken, Scope } from './tokens.ts'
import type { User } from './users.ts'
import type { VisitEvent } from './visit-events.ts'
import type { VisitOutcome } from './visit-outcomes.ts'
import type { ResourceKind, Visit, VerificationStatus } from './visits.ts'

/** Some rows of a list, and whether there are more. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

export interface PageRequest<Field extends string> {
  /** Rows to pass over, and rows to answer at the most. */
  readonly offset: number
  readonly limit: number
  /** Ties are broken by id in the same direction, so that the order is total. */
  readonly sort: { readonly field: Field; readonly descending: boolean }
}

export interface VisitFilter {
  readonly outcomeId?: number | undefined
  readonly creatorId?: number | undefined
  readonly resourceKind?: ResourceKind | undefined
  /** Only together with `resourceKind`. */
  readonly resourceId?: number | undefined
  readonly status?: VerificationStatus | undefined
  readonly ids?: readonly number[] | undefined
}

export type VisitSort = 'id' | 'visited_at'

export interface VisitListRequest extends PageRequest<VisitSort> {
  readonly filter: VisitFilter
  /** Whose eyes look: an admin sees all, anyone else what PROTOCOL 2.4 says. */
  readonly viewer: Viewer
  /** Whether each item tells its verdict with the evidence. */
  readonly includeVerification?: boolean
}

export interface Viewer {
  readonly userId: number
  readonly isAdmin: boolean
}

export interface VisitPage {
  /** The items as they are answered, joined by commas, UTF-8. */
  readonly items: Uint8Array
  readonly count: number
  readonly hasMore: boolean
}

export interface UserFilter {
  readonly ids?: readonly number[] | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly role?: string | undefined
  readonly roleId?: number | undefined
  readonly status?: string | undefined
  readonly confirmed?: boolean | undefined
  readonly zendeskUserIds?: readonly number[] | undefined
  readonly identityType?: string | undefined
}

export type UserSort = 'id' | 'name' | 'created_at' | 'updated_at'

/** Who sends a request. */
export interface Actor extends Viewer {
  readonly accountKey: AccountKey
  readonly scopes: readonly Scope[]
}

export interface EventsRequest {
  readonly offset: number
  readonly limit: number
}

export interface EventsPage {
  /** The items as they are answered, joined by commas, UTF-8. */
  readonly items: Uint8Array
  /** The stream's state in the same snapshot as the items. */
  readonly stream: StreamState
}

/** How many visits name something that is not stored. */
export interface MissingReferences {
  readonly creators: number
  readonly outcomes: number
  readonly leads: number
  readonly contacts: number
}

export interface TokenLine extends AccessToken {
  readonly email: string
}

/**
 * Everything that is kept. Every method but `accounts` is confined to one account; another
 * account's rows are as if they did not exist. Reads see only what has been committed.
 */
export interface Store extends AsyncDisposable {
  readonly accounts: {
    list(): Promise<{ key: AccountKey; account: Account }[]>
    find(account: AccountKey): Promise<Account | undefined>
    /** Adds an account with an empty stream. */
    add(account: Omit<Account, 'id'>): Promise<AccountKey>
  }
  readonly users: {
    find(account: AccountKey, id: number): Promise<User | undefined>
    /** The user and everyone below them. */
    findTeam(account: AccountKey, id: number): Promise<number[]>
    list(account: AccountKey, filter: UserFilter, page: PageRequest<UserSort>): Promise<Page<User>>
  }
  readonly tokens: {
    /** The actor of a live token: not revoked, not expired at `now`, its user active. */
    findActor(hash: string, now: number): Promise<Actor | undefined>
    list(account: AccountKey): Promise<TokenLine[]>
  }
  readonly outcomes: {
    list(
      account: AccountKey,
      ids: readonly number[] | undefined,
      page: PageRequest<'id'>,
    ): Promise<Page<VisitOutcome>>
    /** Whether visits wait for the new name of their outcome. */
    hasRenamed(account: AccountKey): Promise<boolean>
  }
  readonly visits: {
    list(account: AccountKey, request: VisitListRequest): Promise<VisitPage>
    countMissingReferences(account: AccountKey): Promise<MissingReferences>
    /** Whether visits logged here before `before` (ms) still tell the rep's precise place. */
    hasLocatedBefore(account: AccountKey, before: number): Promise<boolean>
  }
  readonly pinChanges: {
    /** `creators`: only by these; undefined: by anybody. */
    list(
      account: AccountKey,
      filter: {
        readonly status: PinChangeStatus | undefined
        readonly creators: readonly number[] | undefined
      },
      page: PageRequest<'id'>,
    ): Promise<Page<PinChange>>
  }
  readonly idempotency: {
    /** Forgets answers kept before `before` (ms), at most `limit` of them, and says how many. */
    drop(account: AccountKey, before: number, limit: number): Promise<number>
  }
  readonly events: {
    /** Events after `offset` in their order, at most `limit`. */
    read(account: AccountKey, request: EventsRequest): Promise<EventsPage>
    /**
     * Removes the oldest events that were appended before `before` (ms), at most `limit` of them,
     * and says how many: when it is `limit`, there may be more.
     */
    drop(account: AccountKey, before: number, limit: number): Promise<number>
    /** Begins the next generation: to be called after a restore (PROTOCOL 5.4). */
    raiseGeneration(account: AccountKey): Promise<StreamState>
  }
  /**
   * Runs `work` in one transaction: all of it is on disk when the promise resolves, or none of it
   * ever happened. Writers wait for one another without blocking readers.
   */
  write<Result>(account: AccountKey, work: (tx: Writes) => Promise<Result>): Promise<Result>
  /** Runs `work` as `write` does, tells what came of it, and undoes all of it. */
  preview<Result>(account: AccountKey, work: (tx: Writes) => Promise<Result>): Promise<Result>
  /** Answers when the store can read; throws `unavailable` when it can not. */
  ping(): Promise<void>
  /** Sentences on what is wrong with what is stored; none when all is well. */
  check(account: AccountKey): Promise<Finding[]>
}

export interface Finding {
  readonly problem: string
  readonly remedy: string
}

/** What a transaction can do, confined to its account. Rows are found by id, absent ones left out. */
export interface Writes {
  readonly account: {
    find(): Promise<Account>
    /** In metres, where a lead or contact has none of its own. */
    verificationRadiusM(): Promise<number>
    save(account: Account): Promise<void>
  }
  readonly users: {
    find(ids: readonly number[]): Promise<Map<number, User>>
    /** Keyed by the e-mail in lower case. */
    findByEmail(emails: readonly string[]): Promise<Map<string, User>>
    save(users: readonly User[]): Promise<void>
    /** The user and everyone below them. */
    findTeam(id: number): Promise<Set<number>>
    /** Gives a user another id; tokens and reports follow. */
    changeId(from: number, to: number): Promise<void>
    setPassword(id: number, hash: string): Promise<void>
    /** The next id for a user who is added here. */
    nextId(): Promise<number>
  }
  readonly tokens: {
    add(token: Omit<AccessToken, 'id'>): Promise<number>
    /** False when there is no such live token. */
    revoke(id: number, at: number): Promise<boolean>
  }
  readonly outcomes: {
    find(ids: readonly number[]): Promise<Map<number, VisitOutcome>>
    /** `renamed`: the visits that carry another name have to be refreshed. */
    save(outcomes: readonly VisitOutcome[], renamed: ReadonlySet<number>): Promise<void>
    /** An outcome whose visits have to be refreshed, and the id after which to go on. */
    findRenamed(): Promise<{ outcome: VisitOutcome; afterVisitId: number } | undefined>
    /** Where refreshing has come to; undefined: it is done. */
    setRefreshed(id: number, afterVisitId: number | undefined): Promise<void>
  }
  readonly leads: RecordWrites
  readonly contacts: RecordWrites
  readonly visits: {
    find(ids: readonly number[]): Promise<Map<number, Visit>>
    /** The creator's newest visits by the time of visiting, at most `limit`. */
    findNewestBy(creatorId: number, limit: number): Promise<Visit[]>
    /** The newest visits to a record, at most `limit`. */
    findByResource(kind: ResourceKind, resourceId: number, limit: number): Promise<Visit[]>
    /** Visits logged here before `before` (ms) that still tell the rep's precise place. */
    findLocatedBefore(before: number, limit: number): Promise<Visit[]>
    /** Keeps the evidence of verdicts that are about to be replaced. */
    keepPastEvidence(visits: readonly Visit[], now: number): Promise<void>
    /** The next id for a visit that is logged here. */
    nextId(): Promise<number>
    /** Which of the ids were visits that have been deleted. */
    findDeleted(ids: readonly number[]): Promise<Set<number>>
    findByOutcome(outcomeId: number, afterId: number, limit: number): Promise<Visit[]>
    /** Adds or replaces. */
    save(visits: readonly Visit[]): Promise<void>
    /** Takes the visits out for good and remembers that they were. */
    remove(visits: readonly Pick<Visit, 'id' | 'sequence'>[]): Promise<void>
  }
  readonly pinChanges: {
    nextId(): Promise<number>
    find(id: number): Promise<PinChange | undefined>
    save(change: PinChange): Promise<void>
  }
  readonly idempotency: {
    find(userId: number, key: string): Promise<KeptAnswer | undefined>
    add(userId: number, key: string, answer: KeptAnswer, now: number): Promise<void>
  }
  readonly events: {
    /** Kept until `work` is done, then numbered in this order, as the transaction's last act. */
    append(events: readonly VisitEvent[]): void
    /**
     * Numbers what was appended now, and tells the position just after. Others wait from here on:
     * to be called when all is done but keeping the answer, and once.
     */
    settle(): Promise<Position>
  }
}

/** What a request with an idempotency key was answered. */
export interface KeptAnswer {
  readonly fingerprint: string
  readonly status: number
  readonly body: string
}

export interface RecordWrites {
  find(ids: readonly number[]): Promise<Map<number, SalesRecord>>
  /** All places of a record, its own first. */
  findPoints(id: number): Promise<RecordPoint[]>
  /** Visits to a record follow its owner. */
  save(records: readonly SalesRecord[]): Promise<void>
}
