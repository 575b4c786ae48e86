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
