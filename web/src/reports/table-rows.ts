import type { User } from '@doorstep/contract/users'

import type { ReportRow } from '../api/visit-reports.ts'
import type { Cell } from '../charts/DayStrip.tsx'
import type { VisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { laterBy } from '../texts/zone-days.ts'
import { visitsHref } from './CountLink.tsx'
import { daysOfPeriod } from './course.ts'
import { type Days, type Period, periodsIn, type Unit, weekName } from './periods.ts'
import type { RowKind, SortColumn } from './reports-search.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

/** A person, a team or a week of the table. */
export interface TableRow {
  readonly key: string
  readonly name: string
  /** Whose picture stands beside the name. */
  readonly person: { readonly id: number; readonly name: string } | undefined
  readonly numbers: ReportRow
  /** The list of what a number counts; undefined: no list can say it. */
  readonly listOf: (change: Partial<VisitFilters>) => VisitFilters | undefined
  /** Undefined: there are too many. */
  readonly cells: readonly Cell[] | undefined
  /** Visits per day, week or month that has any. */
  readonly pace: number | null
}

/** `creator_id` takes as many. */
const repsMax = 100

const idOf = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value)

export function tableRows(
  report: Report,
  by: RowKind,
  users: readonly User[],
): readonly TableRow[] | undefined {
  if (!report.rows) return undefined
  return by === 'week' ? weekRows(report) : peopleRows(report, by, users)
}

/** A row's day, week or month, and how many visits it has. */
type Counts = ReadonlyMap<string, number>

function cellsOf(
  periods: readonly Period[],
  counts: Counts,
  listOf: (days: Days) => VisitFilters | undefined,
): readonly Cell[] {
  return periods.map((period) => {
    const value = counts.get(period.key) ?? 0
    const search = value > 0 ? listOf(daysOfPeriod(period)) : undefined
    return {
      key: period.key,
      title: reports.cell(period.title, value),
      value,
      isWeekend: period.isWeekend,
      href: search && visitsHref(search),
    }
  })
}

const paceOf = ({ visits }: ReportRow, counts: Counts | undefined): number | null =>
  counts && counts.size > 0 ? visits / counts.size : null

function peopleRows(
  { rows = [], cells, periods, unit, listOf }: Report,
  by: 'rep' | 'team',
  users: readonly User[],
): readonly TableRow[] {
  const names = new Map(users.map(({ id, name }) => [id, name]))
  const keyOf = ({ keys }: ReportRow) => idOf(by === 'rep' ? keys.creator : keys.team)
  const counts = countsBy(cells, unit, keyOf)
  return rows.map((row) => {
    const id = keyOf(row)
    const reps = by === 'rep' ? [id ?? 0] : membersOf(users, id)
    const list = (change: Partial<VisitFilters>, days?: Days) =>
      reps.length > repsMax ? undefined : listOf({ ...change, rep: reps }, days)
    const own = counts?.get(id) ?? new Map<string, number>()
    return {
      key: String(id),
      name: nameOf(by, id, names),
      person: id === null ? undefined : { id, name: names.get(id) ?? reports.unknownRep },
      numbers: row,
      listOf: (change) => list(change),
      cells: counts && cellsOf(periods, own, (days) => list({}, days)),
      pace: paceOf(row, counts && own),
    }
  })
}

function nameOf(by: 'rep' | 'team', id: number | null, names: ReadonlyMap<number, string>): string {
  const name = id === null ? undefined : names.get(id)
  if (by === 'rep') return name ?? reports.unknownRep
  return id === null ? reports.noTeam : reports.team(name ?? reports.unknownRep)
}

/** A team is who reports to its manager, and not those who report to them in turn. */
const membersOf = (users: readonly User[], manager: number | null): readonly number[] =>
  users.filter(({ reports_to: to }) => (to ?? null) === manager).map(({ id }) => id)

function countsBy(
  cells: readonly ReportRow[] | undefined,
  unit: Unit,
  keyOf: (row: ReportRow) => number | null,
): ReadonlyMap<number | null, Counts> | undefined {
  if (!cells) return undefined
  const counts = new Map<number | null, Map<string, number>>()
  for (const row of cells) {
    const own = counts.get(keyOf(row)) ?? new Map<string, number>()
    own.set(String(row.keys[unit]), row.visits)
    counts.set(keyOf(row), own)
  }
  return counts
}

/** Weeks without visits are rows as well. */
function weekRows({ rows = [], cells, days, listOf }: Report): readonly TableRow[] {
  const byWeek = new Map(rows.map((row) => [String(row.keys.week), row]))
  const counts = new Map(cells?.map((row) => [String(row.keys.day), row.visits]))
  const [firstRow, lastRow] = [rows[0]?.keys.week, rows.at(-1)?.keys.week]
  const first = days.first ?? (firstRow ? String(firstRow) : undefined)
  const end = days.end ?? (lastRow ? laterBy(String(lastRow), 6) : undefined)
  return periodsIn('week', { first, end }).map((week) => {
    const ofWeek = periodsIn('day', daysOfPeriod(week))
    const row = byWeek.get(week.key) ?? { ...nothing, keys: { week: week.key } }
    const own = new Map(
      ofWeek.flatMap(({ key }) => {
        const value = counts.get(key)
        return value === undefined ? [] : [[key, value] as const]
      }),
    )
    return {
      key: week.key,
      name: weekName(week.from, week.to),
      person: undefined,
      numbers: row,
      listOf: (change) => listOf(change, daysOfPeriod(week)),
      cells: cells && cellsOf(ofWeek, own, (given) => listOf({}, given)),
      pace: paceOf(row, own),
    }
  })
}

const nothing = {
  visits: 0,
  verified: 0,
  too_far: 0,
  unknown: 0,
  unknown_by_reason: {},
  off: 0,
  verified_rate: null,
  customers: 0,
  assigned: null,
  coverage: null,
}

const valueOf = (row: TableRow, by: RowKind, column: SortColumn): number | string | null => {
  if (column === 'name') return by === 'week' ? row.key : row.name
  if (column === 'pace') return row.pace
  return row.numbers[column === 'verified' ? 'verified_rate' : column]
}

/** The rows in the order of a column; what has no value comes last. */
export function sortedRows(
  rows: readonly TableRow[],
  by: RowKind,
  column: SortColumn,
  isDown: boolean,
): readonly TableRow[] {
  const direction = isDown ? -1 : 1
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a, by, column), valueOf(b, by, column)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    if (typeof one === 'string') return direction * one.localeCompare(String(other))
    return direction * (one - Number(other))
  })
}
