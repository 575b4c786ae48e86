import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'

/** What came of a visit. Times are ms since 1970. */
export interface VisitOutcome {
  readonly id: number
  readonly name: string
  readonly hasOriginalName: boolean
  /** True while it is known only from inside the visits of a stream. */
  readonly isDerived: boolean
  /** Whether new visits may have it. */
  readonly isActive: boolean
  /** `#rrggbb` */
  readonly color: string | null
  readonly icon: string | null
  /** Its place in the order of choices, from 1. */
  readonly position: number
  /** Whose visits its own have become. */
  readonly mergedIntoId: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** What an outcome has that is known by its name only. */
export const plainOutcome = {
  hasOriginalName: true,
  isDerived: false,
  isActive: true,
  color: null,
  icon: null,
  position: 0,
  mergedIntoId: null,
} as const satisfies Partial<VisitOutcome>

export const isSameName = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase()

export interface VisitOutcomeReads {
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

export interface VisitOutcomeQueries {
  find(ids: readonly number[]): Promise<Map<number, VisitOutcome>>
  /** By position. */
  all(): Promise<VisitOutcome[]>
  isMerging(id: number): Promise<boolean>
}

export interface VisitOutcomeWrites extends VisitOutcomeQueries {
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
  /** Where moving has come to; undefined: it is done. */
  setMerging(id: number, afterVisitId: number | undefined): Promise<void>
}
