import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { VisitOutcomeEmbed } from './visits.ts'

/** A result that visits can have, like "Interested". Times are ms since 1970. */
export interface VisitOutcome {
  readonly id: number
  readonly name: string
  /** False once it has been renamed. */
  readonly hasOriginalName: boolean
  /** True while it has only been read from visits in Sell's stream. */
  readonly isDerived: boolean
  /** Whether new visits may have it. */
  readonly isActive: boolean
  /** `#rrggbb` */
  readonly color: string | null
  readonly icon: string | null
  /** Its place in the order of choices, from 1. */
  readonly position: number
  /** The outcome that it was merged into. */
  readonly mergedIntoId: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Defaults of an outcome of which only the name is known. */
export const plainOutcome = {
  hasOriginalName: true,
  isDerived: false,
  isActive: true,
  color: null,
  icon: null,
  position: 0,
  mergedIntoId: null,
} as const satisfies Partial<VisitOutcome>

/** The outcome as it stands inside a visit. */
export const outcomeEmbed = ({ id, name, hasOriginalName }: VisitOutcome): VisitOutcomeEmbed => ({
  id,
  name,
  hasOriginalName,
})

/** Whether two names are equal, ignoring case and outer spaces. */
export const isSameName = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase()

/** Outcomes, outside of any transaction. */
export interface VisitOutcomeReads {
  list(
    account: AccountKey,
    ids: readonly number[] | undefined,
    page: PageRequest<'id'>,
  ): Promise<Page<VisitOutcome>>
  /** Whether visits still carry an old name of their outcome. */
  hasRenamed(account: AccountKey): Promise<boolean>
  /** Whether visits still have an outcome that was merged into another one. */
  hasMerging(account: AccountKey): Promise<boolean>
}

/** Queries of outcomes. */
export interface VisitOutcomeQueries {
  find(ids: readonly number[]): Promise<Map<number, VisitOutcome>>
  /** All outcomes by `position`. */
  all(): Promise<VisitOutcome[]>
  isMerging(id: number): Promise<boolean>
}

/** Outcomes, in a transaction. */
export interface VisitOutcomeWrites extends VisitOutcomeQueries {
  /** The next id for an outcome that is created here. */
  nextId(): Promise<number>
  remove(ids: readonly number[]): Promise<void>
  /** `renamed`: ids of outcomes whose visits have to be refreshed. */
  save(outcomes: readonly VisitOutcome[], renamed: ReadonlySet<number>): Promise<void>
  /** An outcome whose visits have to be refreshed, and the visit id to resume after. */
  findRenamed(): Promise<{ outcome: VisitOutcome; afterVisitId: number } | undefined>
  /** Stores the visit id to resume after; undefined: the refresh is done. */
  setRefreshed(id: number, afterVisitId: number | undefined): Promise<void>
  /** A merged outcome whose visits have to move, and the visit id to resume after. */
  findMerging(): Promise<{ outcome: VisitOutcome; afterVisitId: number } | undefined>
  /** Stores the visit id to resume after; undefined: the merge is done. */
  setMerging(id: number, afterVisitId: number | undefined): Promise<void>
}
