import type { VerificationStatus } from '../../domain/findings.ts'
import type { ReportNumbers } from '../../domain/visit-reports.ts'
import { reasons, statuses, word } from '../schema.ts'
import { countsBy } from './visit-map.ts'

/** Counts of a group of visits. */
export interface Tally {
  visits: number
  readonly statuses: number[]
  /** Of visits whose place is unknown. */
  readonly reasons: number[]
}

export const tally = (): Tally => ({ visits: 0, statuses: [], reasons: [] })

const unknownStatus = statuses.indexOf('location_unknown')

export function countVisit(into: Tally, status: number, reason: number): void {
  into.visits += 1
  into.statuses[status] = (into.statuses[status] ?? 0) + 1
  if (status === unknownStatus) into.reasons[reason] = (into.reasons[reason] ?? 0) + 1
}

/** `assigned`: undefined: nobody in particular is meant. */
export function toNumbers(
  counted: Tally,
  {
    customers,
    covered,
    assigned,
  }: {
    readonly customers: number
    readonly covered: number
    readonly assigned: number | undefined
  },
): ReportNumbers {
  const of = (status: VerificationStatus) => counted.statuses[statuses.indexOf(status)] ?? 0
  const verified = of('verified')
  const tooFar = of('resource_location_too_far')
  return {
    visits: counted.visits,
    verified,
    tooFar,
    unknown: of('location_unknown'),
    unknownByReason: countsBy(counted.reasons, (number) =>
      number === 0 ? 'none' : word(reasons, number - 1),
    ),
    off: of('location_services_disabled'),
    verifiedRate: ratio(verified, verified + tooFar),
    customers,
    assigned: assigned ?? null,
    coverage: assigned === undefined ? null : ratio(covered, assigned),
  }
}

/** To four decimals. */
const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1e4) / 1e4
