import { verificationReasons } from '@doorstep/contract/findings'

import type { ReportNumbers } from '../api/visit-reports.ts'
import type { VisitFilters } from '../search.ts'
import { change, percent, wholePercent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** "+8.2", "−3" */
export const signed = (value: number): string => change(value).replace('-', '−')

/** "+1.9 pts": of two shares of 1. */
export const pointsBetween = (now: number, before: number): string =>
  texts.reports.points(signed((now - before) * 100))

export const wholePercentOr = (share: number | null): string =>
  share === null ? texts.reports.none : wholePercent(share)

export const percentOr = (share: number | null): string =>
  share === null ? texts.reports.none : percent(share)

/** Reasons that lie in the phone, and those that lie in the address. */
export const phoneReasons = ['no_fix', 'invalid_fix', 'inaccurate_fix', 'stale_fix'] as const
export const addressReasons = ['address_missing', 'address_imprecise'] as const

/** The list of what is not certain for other reasons, or for none; undefined: no list has both. */
export function otherReasons({
  unknown_by_reason: byReason,
}: ReportNumbers): Pick<VisitFilters, 'reason' | 'without'> | undefined {
  const named: readonly string[] = [...phoneReasons, ...addressReasons]
  const others = verificationReasons.filter(
    (reason) => !named.includes(reason) && (byReason[reason] ?? 0) > 0,
  )
  if (others.length === 0) return { without: 'reason' }
  return (byReason['none'] ?? 0) > 0 ? undefined : { reason: others }
}

export function unknownBy(
  { unknown_by_reason: byReason }: ReportNumbers,
  reasons: readonly string[],
): number {
  return reasons.reduce((all, reason) => all + (byReason[reason] ?? 0), 0)
}

/** How many of the assigned were not visited. */
export const notSeen = ({ assigned, coverage }: ReportNumbers): number =>
  assigned === null || coverage === null ? 0 : assigned - Math.round(assigned * coverage)
