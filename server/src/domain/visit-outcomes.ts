/** What came of a visit. Times are ms since 1970. */
export interface VisitOutcome {
  readonly id: number
  readonly name: string
  readonly hasOriginalName: boolean
  /** True while it is known only from inside the visits of a stream. */
  readonly isDerived: boolean
  /** Whether new visits may have it. */
  readonly isActive: boolean
  readonly createdAt: number
  readonly updatedAt: number
}
