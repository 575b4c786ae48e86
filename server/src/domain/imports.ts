import type { AccountKey } from './accounts.ts'
import type { ConflictStatus, ImportConflict } from './import-conflicts.ts'
import type { ImportProgress } from './import-progress.ts'
import type { ImportVerification } from './import-verifications.ts'
import type { PageRequest, Page } from './pages.ts'
import type { SellSnapshot } from './sell-visits.ts'

/**
 * The phase of an import. `following`: everything was read, and changes are imported as they come.
 * `rows`: of files, all the time until they were read to their ends.
 */
export type ImportPhase = 'rows' | 'lists' | 'visits' | 'changes' | 'following' | 'done'

/** An import that reads everything from another service, or files. Times in ms. */
export interface Import {
  readonly id: number
  /** `sell` or `files`. */
  readonly source: string
  /** Of files: different for each import. */
  readonly baseUrl: string
  readonly phase: ImportPhase
  readonly progress: ImportProgress
  readonly startedAt: number
  readonly updatedAt: number
  readonly finishedAt: number | null
  /** The process that runs the import, if `heartbeatAt` is recent. */
  readonly runner: string | null
  readonly heartbeatAt: number | null
  readonly isStopAsked: boolean
  readonly lastError: string | null
}

/** How far a range has been read; `state` is private to the importer, JSON. */
export interface ImportRange {
  readonly list: string
  readonly filter: string
  readonly state: string
}

/** An item that was rejected. */
export interface ImportError {
  /** Equal for the same item, so that it is stored once. */
  readonly key: string
  readonly field: string
  readonly reason: string
  /** The item as it was sent, JSON. */
  readonly item: string
  /** In ms. */
  readonly at: number
}

/** Imports, outside of any transaction. */
export interface ImportReads {
  /** `source`: only those from there. */
  list(account: AccountKey, page: PageRequest<'id'>, source?: string): Promise<Page<Import>>
  find(account: AccountKey, id: number): Promise<Import | undefined>
  /** How far a list has been read, by range. */
  listRanges(account: AccountKey, importId: number, list: string): Promise<ImportRange[]>
  /** The ids that a list of the source has named, ascending. */
  listListed(account: AccountKey, importId: number, list: string): Promise<number[]>
  /** Rejected items whose keys follow `after`, by key, at most `limit`. */
  listErrors(
    account: AccountKey,
    importId: number,
    limit: number,
    after?: string,
  ): Promise<ImportError[]>
  /** The same, by page. */
  pageErrors(
    account: AccountKey,
    importId: number,
    page: Pick<PageRequest<'id'>, 'offset' | 'limit'>,
  ): Promise<Page<ImportError>>
  countErrors(account: AccountKey, importId: number): Promise<number>
  findVerification(account: AccountKey, importId: number): Promise<ImportVerification | undefined>
  listConflicts(
    account: AccountKey,
    status: ConflictStatus | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<ImportConflict>>
  countConflicts(account: AccountKey, status: ConflictStatus): Promise<number>
  /** What Sell last sent of the visits whose ids are above `afterId`, by id, at most `limit`. */
  listSnapshots(account: AccountKey, afterId: number, limit: number): Promise<SellSnapshot[]>
}

/** Imports, in a transaction. */
export interface ImportWrites {
  nextId(): Promise<number>
  find(id: number): Promise<Import | undefined>
  findBySource(source: string, baseUrl: string): Promise<Import | undefined>
  /** The last import of the source that began. */
  findNewest(source: string): Promise<Import | undefined>
  save(given: Import): Promise<void>
  /** Deletes the import and its rejected items. */
  remove(id: number): Promise<void>
  saveRanges(importId: number, ranges: readonly ImportRange[]): Promise<void>
  removeRanges(importId: number, list: string): Promise<void>
  /** Deletes a list's ranges, listed ids and rejected items. */
  removeList(importId: number, list: string): Promise<void>
  /** Saves ids that a list of the source has named. */
  addListed(importId: number, list: string, ids: readonly number[]): Promise<void>
  addErrors(importId: number, errors: readonly ImportError[]): Promise<void>
  removeErrors(importId: number, keys: readonly string[]): Promise<void>
  /** Counts rejected items of a list: their keys begin with its name and a space. */
  countErrors(importId: number, list: string): Promise<number>
  findVerification(importId: number): Promise<ImportVerification | undefined>
  saveVerification(verification: ImportVerification): Promise<void>
  findSnapshots(ids: readonly number[]): Promise<Map<number, SellSnapshot>>
  saveSnapshots(snapshots: readonly SellSnapshot[]): Promise<void>
  findConflict(id: number): Promise<ImportConflict | undefined>
  /** Which of these visits have an open conflict. */
  findDisputed(visitIds: readonly number[]): Promise<Set<number>>
  /** Supersedes the open conflict of this visit. */
  supersedeConflict(visitId: number): Promise<void>
  /** Adds a conflict, which supersedes an open one of the same visit. */
  addConflict(conflict: Omit<ImportConflict, 'id'>): Promise<void>
  saveConflict(conflict: ImportConflict): Promise<void>
}
