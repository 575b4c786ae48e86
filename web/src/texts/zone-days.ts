import { dayOf, startOf } from './days.ts'

const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** A calendar day as 2026-11-26, in a zone; undefined: the browser's. */
export function dayIn(time: string | number | Date, zone: string | undefined): string {
  if (zone === undefined) return dayOf(time)
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
  formats.set(zone, format)
  return format.format(new Date(time))
}

/** The moment at which a day begins in a zone. */
export function startIn(day: string, zone: string | undefined): Date {
  if (zone === undefined) return startOf(day)
  // Clocks differ from UTC by less than 15 hours, and change by whole minutes.
  let before = Date.parse(day) - 900 * minuteMs
  let after = Date.parse(day) + 900 * minuteMs
  while (after - before > minuteMs) {
    const middle = before + Math.floor((after - before) / (2 * minuteMs)) * minuteMs
    if (dayIn(middle, zone) < day) before = middle
    else after = middle
  }
  return new Date(after)
}

/** So many days later, of the calendar. */
export function laterBy(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The day on which the last so many days begin, the last of which is today. */
export const firstOfLast = (days: number, zone: string | undefined): string =>
  laterBy(dayIn(Date.now(), zone), 1 - days)

/** How many days from one to another; 0: the same. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
