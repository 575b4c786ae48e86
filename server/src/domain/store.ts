import type { Account, AccountKey } from './accounts.ts'
import type { LastUse } from './last-uses.ts'
import type { GeocodingFailure } from './geocoder.ts'
import type { GeocodingJob, GeocodingOutcome } from './geocoding.ts'
import type {
  ConflictStatus,
  Import,
  ImportConflict,
  ImportError,
  ImportRange,
  ToldVisit,
} from './imports.ts'
import type { PinChange, PinChangeStatus } from './pin-changes.ts'
import type { FoundClient, OAuthClient, OAuthCode, RefreshToken, TokenInfo } from './oauth.ts'
import type { Position, StreamState } from './positions.ts'
import type { AskedRequest, BucketSize, SharedBucket, SpentRequests } from './rate-buckets.ts'
import type { RecordFilter, RecordSite, RecordSort, SalesRecord, VisitedRecord } from './records.ts'
import type { Session, SignInCandidate } from './sessions.ts'
import type { AccessToken, Scope } from './tokens.ts'
import type { User } from './users.ts'
import type { VisitEvent } from './visit-events.ts'
import type { VisitOutcome } from './visit-outcomes.ts'
import type { NewestVisit, ResourceKind, Visit, VerificationStatus } from './visits.ts'

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
  /** What the list has to have seen. Throws as `requireReached` does where nothing has. */
  readonly minPosition?: Position | undefined
}

export interface Viewer {
  readonly userId: number
  readonly isAdmin: boolean
}

export interface VisitPage {
  /** The items as they are answered: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
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
  /** When the token ends, in ms; null: it does not, or there is none. */
  readonly expiresAt: number | null
}

export interface EventsRequest {
  readonly offset: number
  readonly limit: number
  /** Where the reader has come to: a copy that has not come so far is not asked. */
  readonly from?: Position | undefined
  /** What the page has to have seen. Throws as `requireReached` does where nothing has. */
  readonly minPosition?: Position | undefined
  /** All that is committed: no copy is asked. */
  readonly isNewest?: boolean | undefined
}

export interface EventsPage {
  /** The items as they are answered: JSON in UTF-8, joined by commas. */
  readonly items: Buffer
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
    /** Adds an account with an empty stream, whose own ids begin with `firstId`. */
    add(account: Omit<Account, 'id'>, firstId?: number): Promise<AccountKey>
    /** Ids that are given here are at least this high, those of Sell below. */
    firstLocalId(account: AccountKey): Promise<number>
  }
  readonly users: {
    find(account: AccountKey, id: number): Promise<User | undefined>
    /** The user and everyone below them. */
    findTeam(account: AccountKey, id: number): Promise<number[]>
    list(account: AccountKey, filter: UserFilter, page: PageRequest<UserSort>): Promise<Page<User>>
    /** The hash of the user's password; null when there is none. */
    findPassword(account: AccountKey, id: number): Promise<string | null>
    /** Active users of any account with this e-mail, at most `limit`. */
    findSignIns(email: string, limit: number): Promise<SignInCandidate[]>
  }
  readonly tokens: {
    /** The actor of a live token: not revoked, not expired at `now`, its user active. */
    findActor(
      hash: string,
      now: number,
    ): Promise<(Actor & { readonly tokenId: number }) | undefined>
    /** Personal tokens. */
    list(account: AccountKey): Promise<TokenLine[]>
    /** The user's personal tokens that have not been revoked. */
    listOf(account: AccountKey, userId: number, page: PageRequest<'id'>): Promise<Page<AccessToken>>
  }
  readonly sessions: {
    /** The actor of a session that was used after `usedAfter` (ms), its user active. */
    findActor(
      hash: string,
      usedAfter: number,
    ): Promise<(Actor & { readonly lastUsedAt: number }) | undefined>
    /** Removes those that were last used before `usedBefore` (ms). */
    drop(account: AccountKey, usedBefore: number): Promise<void>
  }
  readonly oauth: {
    /** By its `client_id`, in any account. */
    findClient(uid: string): Promise<FoundClient | undefined>
    listClients(account: AccountKey, page: PageRequest<'id'>): Promise<Page<OAuthClient>>
    findCode(account: AccountKey, hash: string): Promise<OAuthCode | undefined>
    findRefreshToken(account: AccountKey, hash: string): Promise<RefreshToken | undefined>
    /** Of an access token in any account, live or not. */
    findInfo(hash: string): Promise<TokenInfo | undefined>
    /**
     * Removes codes and OAuth's access tokens that expired before `before` (ms), at most `limit`
     * of them, and says how many.
     */
    drop(account: AccountKey, before: number, limit: number): Promise<number>
  }
  readonly outcomes: {
    list(
      account: AccountKey,
      ids: readonly number[] | undefined,
      page: PageRequest<'id'>,
    ): Promise<Page<VisitOutcome>>
    /** Whether visits wait for the new name of their outcome. */
    hasRenamed(account: AccountKey): Promise<boolean>
    /** Whether visits of a merged outcome wait for the other one. */
    hasMerging(account: AccountKey): Promise<boolean>
  }
  readonly leads: RecordReads
  readonly contacts: RecordReads
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
  readonly geocoding: {
    /** Addresses that are to be asked for at `now`, at most `limit`. */
    listDue(account: AccountKey, now: number, limit: number): Promise<GeocodingJob[]>
    /** Of one kind, or of both, by their ids. */
    listUnplaced(
      account: AccountKey,
      kind: ResourceKind | undefined,
      page: PageRequest<'id'>,
    ): Promise<Page<UnplacedRecord>>
  }
  readonly imports: {
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
    /** What Sell told of visits last, in the order of their ids. */
    listTold(account: AccountKey, afterId: number, limit: number): Promise<ToldVisit[]>
    /** Visits whose ids lie between the two, in the order of their ids. */
    listVisits(
      account: AccountKey,
      afterId: number,
      beforeId: number,
      limit: number,
    ): Promise<Visit[]>
    findVisits(account: AccountKey, ids: readonly number[]): Promise<Map<number, Visit>>
    /** Which of these visits were deleted here. */
    findDeletedVisits(account: AccountKey, ids: readonly number[]): Promise<Set<number>>
    /** Which of these leads or contacts are here. */
    findKnownRecords(
      account: AccountKey,
      kind: ResourceKind,
      ids: readonly number[],
    ): Promise<Set<number>>
    /** Leads or contacts in the order of their ids. */
    listRecordIds(
      account: AccountKey,
      kind: ResourceKind,
      afterId: number,
      limit: number,
    ): Promise<{ id: number; ownerId: number | null; creatorId: number | null }[]>
  }
  /** What is shared of the rate limits; may be lost at any time, and begins full again. */
  readonly rateBuckets: {
    /** Takes what a process has let through out of the buckets, and tells what is left in them. */
    spend(spent: readonly SpentRequests[], size: BucketSize): Promise<SharedBucket[]>
    /**
     * Takes the request out of its bucket if there is one left, and says in how many ms there will
     * be one; 0: it was taken. What is refused changes nothing, however many ask at once.
     */
    take(asked: AskedRequest, size: BucketSize): Promise<number>
    /** Forgets buckets that nobody has used since `before` (ms). */
    drop(before: number): Promise<void>
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
    /** Makes room for coming events, where the store keeps them in parts; best before there are any. */
    makeRoom(now: number, retentionMs: number): Promise<void>
    /**
     * Makes room for coming events, and drops those whole that are past the retention, where the
     * store keeps them in parts for it; `drop` leaves such parts alone.
     */
    rotate(now: number, retentionMs: number): Promise<void>
    /**
     * Calls the listener soon after events of the account were committed, by any process where the
     * store hears of others; undefined: it may be any account. What is returned ends it. A hint: what
     * must not be missed is asked for from time to time as well.
     */
    onAppended(listener: (account: AccountKey | undefined) => void): () => void
    /** Tells those listeners of events that another thread of this process has committed. */
    announce(account: AccountKey): void
    /** Begins the next generation: to be called after a restore (PROTOCOL 5.4). */
    raiseGeneration(account: AccountKey): Promise<StreamState>
  }
  /**
   * Runs `work` in one transaction: all of it is on disk when the promise resolves, or none of it
   * ever happened. Writers of the account, in any process, wait for one another: what the work has
   * read is still so when it writes. Readers do not wait.
   */
  write<Result>(
    account: AccountKey,
    work: (tx: Writes) => Promise<Result>,
    manner?: WriteManner,
  ): Promise<Result>
  /** Runs `work` as `write` does, tells what came of it, and undoes all of it. */
  preview<Result>(account: AccountKey, work: (tx: Writes) => Promise<Result>): Promise<Result>
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

export interface WriteManner {
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

/** What a transaction can do, confined to its account. Rows are found by id, absent ones left out. */
export interface Writes {
  readonly account: {
    find(): Promise<Account>
    /** Ids that are given here are at least this high, those of Sell below. */
    firstLocalId(): Promise<number>
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
    /** Whether anybody else is an active admin. */
    hasOtherAdmin(id: number): Promise<boolean>
    /** The next id for a user who is added here. */
    nextId(): Promise<number>
  }
  readonly tokens: {
    /** `grant`: by which it was made; without one it is a personal token. */
    add(
      token: Omit<AccessToken, 'id' | 'lastUsedAt'>,
      grant?: { readonly clientId: number; readonly grantHash: string },
    ): Promise<number>
    find(id: number): Promise<AccessToken | undefined>
    /** False when there is no such live token. */
    revoke(id: number, at: number): Promise<boolean>
  }
  readonly sessions: {
    add(session: Session): Promise<void>
    remove(hash: string): Promise<void>
    /** All of a user's but the one that is named. */
    removeOf(userId: number, but: string | undefined): Promise<void>
  }
  readonly oauth: {
    addClient(client: Omit<OAuthClient, 'id'>): Promise<number>
    findClient(id: number): Promise<OAuthClient | undefined>
    /** With all that it was given; false when there is none. */
    removeClient(id: number, at: number): Promise<boolean>
    addCode(code: OAuthCode): Promise<void>
    findCode(hash: string): Promise<OAuthCode | undefined>
    /** False when it has been used before. */
    useCode(hash: string, at: number): Promise<boolean>
    removeCode(hash: string): Promise<void>
    addRefreshToken(token: RefreshToken): Promise<void>
    findRefreshToken(hash: string): Promise<RefreshToken | undefined>
    /** Ends all tokens that have the grant in common. */
    revokeGrant(grantHash: string, at: number): Promise<void>
    /** Ends all that clients were given in a user's name, codes too. */
    revokeGrantsOf(userId: number, at: number): Promise<void>
    revokeAccessToken(clientId: number, hash: string, at: number): Promise<void>
  }
  readonly outcomes: {
    find(ids: readonly number[]): Promise<Map<number, VisitOutcome>>
    /** In the order of their places. */
    all(): Promise<VisitOutcome[]>
    /** The next id for an outcome that is made here. */
    nextId(): Promise<number>
    remove(ids: readonly number[]): Promise<void>
    /** `renamed`: the visits that carry another name have to be refreshed. */
    save(outcomes: readonly VisitOutcome[], renamed: ReadonlySet<number>): Promise<void>
    /** An outcome whose visits have to be refreshed, and the id after which to go on. */
    findRenamed(): Promise<{ outcome: VisitOutcome; afterVisitId: number } | undefined>
    /** Where refreshing has come to; undefined: it is done. */
    setRefreshed(id: number, afterVisitId: number | undefined): Promise<void>
    /** A merged outcome whose visits have to move, and the id after which to go on. */
    findMerging(): Promise<{ outcome: VisitOutcome; afterVisitId: number } | undefined>
    isMerging(id: number): Promise<boolean>
    /** Where moving has come to; undefined: it is done. */
    setMerging(id: number, afterVisitId: number | undefined): Promise<void>
  }
  readonly leads: RecordWrites
  readonly contacts: RecordWrites
  readonly visits: {
    find(ids: readonly number[]): Promise<Map<number, Visit>>
    /**
     * The creator's newest visits by the time of visiting, at most `limit`; their evidence, which is
     * long, only where it is asked for.
     */
    findNewestBy(creatorId: number, limit: number, withEvidence: boolean): Promise<NewestVisit[]>
    /** A person's visits, at most `limit`. */
    findByCreator(creatorId: number, limit: number): Promise<Visit[]>
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
    /** Adds a visit whose id is new. `ownerId`: who owns its lead or contact. */
    add(visit: Visit, ownerId: number | null): Promise<void>
    /** Adds or replaces. */
    save(visits: readonly Visit[]): Promise<void>
    /** Takes the visits out for good and remembers that they were. */
    remove(visits: readonly Pick<Visit, 'id' | 'sequence'>[]): Promise<void>
    /** Forgets that the visit was taken out, and tells its last sequence. */
    restore(id: number): Promise<number>
  }
  readonly geocoding: {
    /** The address that a record waits with. */
    find(kind: ResourceKind, id: number): Promise<{ readonly address: string } | undefined>
    setOutcome(job: GeocodingJob, outcome: GeocodingOutcome): Promise<void>
  }
  readonly pinChanges: {
    nextId(): Promise<number>
    find(id: number): Promise<PinChange | undefined>
    save(change: PinChange): Promise<void>
  }
  readonly imports: {
    nextId(): Promise<number>
    find(id: number): Promise<Import | undefined>
    findBySource(source: string, baseUrl: string): Promise<Import | undefined>
    save(given: Import): Promise<void>
    saveRanges(importId: number, ranges: readonly ImportRange[]): Promise<void>
    removeRanges(importId: number, list: string): Promise<void>
    /** Its ranges, what it has named, and what of it could not be kept. */
    forgetList(importId: number, list: string): Promise<void>
    /** Notes what a list of the source has named. */
    addListed(importId: number, list: string, ids: readonly number[]): Promise<void>
    addErrors(importId: number, errors: readonly ImportError[]): Promise<void>
    removeErrors(importId: number, keys: readonly string[]): Promise<void>
    /** Items of a list that could not be kept: those whose key begins with its name and a space. */
    countErrors(importId: number, list: string): Promise<number>
    findTold(ids: readonly number[]): Promise<Map<number, ToldVisit>>
    saveTold(told: readonly ToldVisit[]): Promise<void>
    findConflict(id: number): Promise<ImportConflict | undefined>
    /** Which of these visits have an open conflict. */
    findDisputed(visitIds: readonly number[]): Promise<Set<number>>
    /** The open conflict of this visit has become void. */
    supersedeConflict(visitId: number): Promise<void>
    /** An open conflict of the same visit is superseded by it. */
    addConflict(conflict: Omit<ImportConflict, 'id'>): Promise<void>
    saveConflict(conflict: ImportConflict): Promise<void>
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

/** Leads or contacts. */
export interface RecordReads {
  list(
    account: AccountKey,
    filter: RecordFilter,
    page: PageRequest<RecordSort>,
  ): Promise<Page<SalesRecord>>
  /** By the record's id; those without further places are left out. */
  findSites(account: AccountKey, ids: readonly number[]): Promise<Map<number, RecordSite[]>>
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

export interface RecordWrites {
  find(ids: readonly number[]): Promise<Map<number, SalesRecord>>
  findVisited(id: number): Promise<VisitedRecord | undefined>
  /** Which of the ids were records that have been deleted. */
  findDeleted(ids: readonly number[]): Promise<Set<number>>
  /** Those that the filter finds, by their ids, at most `limit`. */
  match(filter: RecordFilter, limit: number): Promise<readonly SalesRecord[]>
  /** A record's places beside its own, in the order in which they were given. */
  findSites(id: number): Promise<RecordSite[]>
  saveSites(id: number, sites: readonly RecordSite[]): Promise<void>
  /** The next id for a record that is added here. */
  nextId(): Promise<number>
  /** With its sites, for good. Visits to it stay, and are nobody's record's any more. */
  remove(id: number): Promise<void>
  /** Visits to a record follow its owner; one without a point waits for the geocoder. */
  save(records: readonly SalesRecord[]): Promise<void>
}
