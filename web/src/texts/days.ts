import { relative } from './format.ts'

const locale = navigator.language

/** A calendar day as 2026-11-26, in the browser's zone. */
export function dayOf(time: string | number | Date): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The moment at which a day begins in the browser's zone, so many days later. */
export function startOf(day: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater)
}

export const today = (): string => dayOf(Date.now())

const thisYear = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
})
const anyYear = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const shortWithYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

const inMonth = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric' })
const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric' })

const isThisYear = (date: Date) => date.getFullYear() === new Date().getFullYear()
// Browsers differ in whether a comma follows the weekday.
const plain = (text: string) => text.replaceAll(',', '')

/** "Thu 26 Nov", with the year unless it is this one. */
export function printDay(day: string): string {
  const date = startOf(day)
  return plain((isThisYear(date) ? thisYear : anyYear).format(date))
}

/** "26 Nov", with the year unless it is this one. */
export function printShortDay(day: string): string {
  const date = startOf(day)
  return plain((isThisYear(date) ? short : shortWithYear).format(date))
}

/** "Tue 24": under the head of its month. */
export const printDayInMonth = (day: string): string => plain(inMonth.format(startOf(day)))

/** "Nov 2026" */
export const printMonth = (day: string): string => month.format(startOf(day))

/** How many days ago a day was; 0: today. */
export const daysAgo = (day: string): number =>
  Math.round((startOf(today()).getTime() - startOf(day).getTime()) / 86_400_000)

/** "yesterday", "11 days ago", by days of the calendar. */
export function relativeDay(at: string): string {
  const noon = (ago: number) => new Date(2000, 0, 31 - ago, 12)
  const days = Math.min(daysAgo(dayOf(at)), 3_650)
  return relative(noon(days), noon(0).getTime())
}
