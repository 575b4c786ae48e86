import { printDay, printShortDay, startOf } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { dayIn, daysBetween, firstOfLast, laterBy } from '../texts/zone-days.ts'
import type { ReportsSearch } from './reports-search.ts'

export type Unit = 'day' | 'week' | 'month'

/** The days from one to another, both of them in it; undefined: without bound. */
export interface Days {
  readonly first: string | undefined
  readonly end: string | undefined
}

/** A day, week or month of a report, as far as it belongs to the time of the report. */
export interface Period {
  /** As the report names it. */
  readonly key: string
  readonly from: string
  readonly to: string
  readonly title: string
  readonly tick: string
  readonly isWeekend: boolean
}

const daysMax = 62
const weeksMax = 400

/** The days of the report, in the account's zone. */
export function daysOf({ from, to, last }: ReportsSearch, zone: string | undefined): Days {
  const today = dayIn(Date.now(), zone)
  if (last !== undefined) return { first: firstOfLast(last, zone), end: today }
  return { first: from, end: to ?? (from === undefined ? undefined : later(from, today)) }
}

const later = (one: string, other: string) => (one > other ? one : other)
const earlier = (one: string, other: string) => (one < other ? one : other)

const lengthOf = ({ first, end }: Days): number | undefined =>
  first === undefined || end === undefined ? undefined : daysBetween(first, end) + 1

/** As many days just before. */
export function daysBefore(days: Days): Days | undefined {
  const length = lengthOf(days)
  if (length === undefined || length < 1 || days.first === undefined) return undefined
  return { first: laterBy(days.first, -length), end: laterBy(days.first, -1) }
}

/** What the bars of a chart stand for, so that there are not too many. */
export function unitOf(days: Days): Unit {
  const length = lengthOf(days)
  if (length === undefined || length > weeksMax) return 'month'
  return length > daysMax ? 'week' : 'day'
}

const weekdayOf = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const mondayOf = (day: string) => laterBy(day, -weekdayOf(day))
const nextMonth = (day: string) => `${laterBy(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`

const keyOf: Readonly<Record<Unit, (day: string) => string>> = {
  day: (day) => day,
  week: mondayOf,
  month: (day) => day.slice(0, 7),
}

const startOfNext: Readonly<Record<Unit, (day: string) => string>> = {
  day: (day) => laterBy(day, 1),
  week: (day) => laterBy(mondayOf(day), 7),
  month: nextMonth,
}

const month = new Intl.DateTimeFormat(navigator.language, { month: 'long', year: 'numeric' })
const shortMonth = new Intl.DateTimeFormat(navigator.language, { month: 'short', year: '2-digit' })

function namesOf(unit: Unit, from: string, to: string) {
  if (unit === 'day') return { title: printDay(from), tick: printShortDay(from) }
  if (unit === 'month') {
    return { title: month.format(startOf(from)), tick: shortMonth.format(startOf(from)) }
  }
  return { title: weekName(from, to), tick: printShortDay(from) }
}

export const weekName = (from: string, to: string): string =>
  from === to ? printDay(from) : texts.reports.span(printShortDay(from), printShortDay(to))

/** The days, weeks or months of a time, also those without visits. */
export function periodsIn(unit: Unit, { first, end }: Days): readonly Period[] {
  const periods: Period[] = []
  if (first === undefined || end === undefined) return periods
  for (let from = first; from <= end; from = startOfNext[unit](from)) {
    const to = earlier(laterBy(startOfNext[unit](from), -1), end)
    const isWeekend = unit === 'day' && weekdayOf(from) >= 5
    periods.push({ key: keyOf[unit](from), from, to, isWeekend, ...namesOf(unit, from, to) })
  }
  return periods
}

/** Bounds where the time has none: from the first to the last that the report has. */
export function boundedBy(days: Days, unit: Unit, keys: readonly string[]): Days {
  const [one, other] = [keys[0], keys.at(-1)]
  if (one === undefined || other === undefined) return days
  const firstOf = (key: string) => (unit === 'month' ? `${key}-01` : key)
  const lastDay = laterBy(startOfNext[unit](firstOf(other)), -1)
  // Whoever asks for a century gets the years that have something.
  const first = unit === 'month' ? later(days.first ?? '', firstOf(one)) : days.first
  return { first: first ?? firstOf(one), end: days.end ?? lastDay }
}
