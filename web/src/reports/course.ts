import type { VerificationStatus } from '@doorstep/contract/findings'

import type { ReportRow } from '../api/reports.ts'
import type { Bar, Series } from '../charts/bar.ts'
import type { LinePoint } from '../charts/Line.tsx'
import { count, percent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { visitsHref } from './CountLink.tsx'
import type { Period } from './periods.ts'
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

/** The verified rate of each day, week or month. */
export const rateOf = ({ periods, byPeriod, listOf }: Report): readonly LinePoint[] =>
  periods.map((period) => {
    const rate = byPeriod.get(period.key)?.verified_rate ?? null
    return {
      key: period.key,
      title: reports.barName(period.title, rate === null ? reports.none : percent(rate)),
      value: rate === null ? null : rate * 100,
      href: visitsHref(
        listOf({ status: ['verified', 'resource_location_too_far'] }, daysOfPeriod(period)),
      ),
    }
  })
