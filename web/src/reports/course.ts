import type { VerificationStatus } from '@doorstep/contract/findings'
import { sum } from 'd3-array'

import type { ReportRow } from '../api/visit-reports.ts'
import type { Bar, Series } from '../charts/bar.ts'
import type { LinePoint } from '../charts/Line.tsx'
import { count, percent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { visitsHref } from './CountLink.tsx'
import { type Period, weekName } from './periods.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

export const statusSeries = [
  { kind: 'verified', name: reports.verified, status: 'verified' },
  { kind: 'unknown', name: reports.unknown, status: 'location_unknown' },
  { kind: 'off', name: reports.off, status: 'location_services_disabled' },
  { kind: 'too_far', name: reports.tooFar, status: 'resource_location_too_far' },
] as const satisfies readonly (Series & { readonly status: VerificationStatus })[]

export const daysOfPeriod = ({ from, to }: Period) => ({ first: from, end: to })

const valuesOf = (row: ReportRow | undefined) => statusSeries.map(({ kind }) => row?.[kind] ?? 0)

/** A bar for each day, week or month. */
export const barsOf = ({ periods, byPeriod, listOf }: Report): readonly Bar[] =>
  periods.map((period) => {
    const row = byPeriod.get(period.key)
    const title = reports.barTitle(period.title, row?.visits ?? 0)
    const values = valuesOf(row)
    const parts = statusSeries.map(({ name }, at) => `${name} ${count(values[at] ?? 0)}`)
    return {
      key: period.key,
      title,
      name: reports.barName(title, parts.join(', ')),
      tick: period.tick,
      href: visitsHref(listOf({}, daysOfPeriod(period))),
      values,
    }
  })

/** A day has few visits, of which one or two would swing its rate from 0 to 100. */
const daysTogether = 7

/**
 * The verified rate over time: of each week or month, and for days, of the seven that end with it. Where
 * there is room, the line begins with the first seven.
 */
export function rateOf({ periods, byPeriod, unit, listOf }: Report): readonly LinePoint[] {
  const together = unit === 'day' ? daysTogether : 1
  const begin = periods.length >= 2 * together ? together - 1 : 0
  return periods.slice(begin).map((period, at) => {
    const end = begin + at + 1
    const span = periods.slice(Math.max(0, end - together), end)
    const rows = span.map(({ key }) => byPeriod.get(key))
    const verified = sum(rows, (row) => row?.verified)
    const judged = verified + sum(rows, (row) => row?.too_far)
    const days = { first: span[0]?.from ?? period.from, end: period.to }
    const title = span.length > 1 ? weekName(days.first, days.end) : period.title
    return {
      key: period.key,
      title: reports.barName(title, judged === 0 ? reports.none : percent(verified / judged)),
      value: judged === 0 ? null : (verified / judged) * 100,
      href: visitsHref(listOf({ status: ['verified', 'resource_location_too_far'] }, days)),
    }
  })
}
