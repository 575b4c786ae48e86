import type { VisitFilters } from '@doorstep/contract/visit-filters'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { sessionQuery } from '../api/sessions.ts'
import {
  type ReportKey,
  type ReportNumbers,
  reportQuery,
  type ReportRow,
} from '../api/visit-reports.ts'
import { zoneOf } from '../texts/zones.ts'
import { visitFilters } from '../visits/visit-filters.ts'
import {
  boundedBy,
  type Days,
  daysBefore,
  daysOf,
  type Period,
  periodsIn,
  type Unit,
  unitOf,
} from './periods.ts'
import { type ListOf, listOf } from './report-links.ts'
import type { ReportsSearch, RowKind } from './reports-search.ts'

const keyOf: Readonly<Record<RowKind, ReportKey>> = { rep: 'creator', team: 'team', week: 'week' }

export interface Report {
  readonly days: Days
  /** The time that it is compared with. */
  readonly before: Days | undefined
  readonly unit: Unit
  readonly periods: readonly Period[]
  readonly totals: ReportNumbers
  readonly totalsBefore: ReportNumbers | undefined
  readonly outcomes: readonly ReportRow[]
  readonly outcomesBefore: readonly ReportRow[] | undefined
  readonly byPeriod: ReadonlyMap<string, ReportRow>
  /** Undefined while they are on their way. */
  readonly rows: readonly ReportRow[] | undefined
  /** The visits of a row and a day, week or month; undefined: there would be too many. */
  readonly cells: readonly ReportRow[] | undefined
  readonly listOf: ListOf
  /** As the API takes them. */
  readonly filters: VisitFilters
}

export interface ReportState {
  readonly report: Report | undefined
  readonly isOld: boolean
  readonly error: Error | null
  readonly readAgain: () => void
}

/** The reports of the filters: totals, outcomes, the course of time, and the rows of the table. */
export function useReport(search: ReportsSearch): ReportState {
  const { data: session } = useQuery(sessionQuery)
  const zone = zoneOf(session?.timezone)
  const days = daysOf(search, zone)
  const before = daysBefore(days)
  const unit = unitOf(days)
  const key = keyOf[search.by ?? 'rep']
  const list = listOf(search, days, zone)
  const filtersOf = (given: Days) => session && visitFilters({ ...list({}, given), zone })
  const filters = filtersOf(days)
  const outcomes = useQuery(reportQuery(filters, ['outcome']))
  const outcomesBefore = useQuery(reportQuery(before && filtersOf(before), ['outcome']))
  const byPeriod = useQuery(reportQuery(filters, [unit]))
  const rows = useQuery(reportQuery(filters, [key]))
  const cells = useQuery(reportQuery(filters, key === 'week' ? ['day'] : [key, unit]))
  const periods = useMemo(() => {
    const keys = byPeriod.data?.rows.map(({ keys: { [unit]: each } }) => String(each)) ?? []
    return periodsIn(unit, boundedBy({ first: days.first, end: days.end }, unit, keys))
  }, [byPeriod.data, unit, days.first, days.end])
  const needed = [outcomes, byPeriod, rows]
  const report =
    filters && outcomes.data && byPeriod.data
      ? {
          days,
          before,
          unit,
          periods,
          totals: outcomes.data.totals,
          totalsBefore: before && outcomesBefore.data?.totals,
          outcomes: outcomes.data.rows,
          outcomesBefore: before && outcomesBefore.data?.rows,
          byPeriod: new Map(
            byPeriod.data.rows.map((row) => [String(row.keys[unit]), row] as const),
          ),
          rows: rows.data?.rows,
          cells: cells.data?.rows,
          listOf: list,
          filters,
        }
      : undefined
  return {
    report,
    isOld: needed.some(({ isPlaceholderData }) => isPlaceholderData),
    error: needed.find(({ error }) => error)?.error ?? null,
    readAgain: () => {
      for (const query of [...needed, outcomesBefore, cells]) void query.refetch()
    },
  }
}
