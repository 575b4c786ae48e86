const dayMs = 86_400_000

/** How far a place is from UTC during one day of UTC: `before` until `at`, then `after`; in ms. */
interface Offsets {
  readonly at: number
  readonly before: number
  readonly after: number
}

/**
 * Numbers the days of a time zone: 0 is 1970-01-01. Each day of UTC is looked up once. `timezone`: a
 * name of the IANA database, or `UTC+01:00`; one that is unknown counts as UTC.
 */
export function dayNumbers(timezone: string): (ms: number) => number {
  const offsetAt = offsetsOf(timezone)
  const known = new Map<number, Offsets>()
  let lastDay = Number.NaN
  let last: Offsets = { at: 0, before: 0, after: 0 }
  return (ms) => {
    const day = Math.floor(ms / dayMs)
    if (day !== lastDay) {
      last = known.get(day) ?? readOffsets(day * dayMs, offsetAt)
      known.set(day, last)
      lastDay = day
    }
    return Math.floor((ms + (ms < last.at ? last.before : last.after)) / dayMs)
  }
}

/** Finds the moment at which clocks are changed, if that is within the day. */
function readOffsets(start: number, offsetAt: (ms: number) => number): Offsets {
  const before = offsetAt(start)
  const after = offsetAt(start + dayMs)
  if (before === after) return { at: start, before, after }
  let [from, at] = [start, start + dayMs]
  while (at - from > 1) {
    const middle = Math.floor((from + at) / 2)
    if (offsetAt(middle) === before) from = middle
    else at = middle
  }
  return { at, before, after }
}

function offsetsOf(timezone: string): (ms: number) => number {
  const format = formatIn(timezone.replace(/^UTC(?=[+-]\d\d:\d\d$)/, '')) ?? formatIn('UTC')
  return (ms) => {
    const seconds = Math.floor(ms / 1000) * 1000
    const parts = new Map(format?.formatToParts(seconds).map(({ type, value }) => [type, value]))
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
    const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
    const local = new Date(0)
    local.setUTCFullYear(year, number('month') - 1, number('day'))
    local.setUTCHours(number('hour'), number('minute'), number('second'))
    return local.getTime() - seconds
  }
}

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
}

/** `2026-03-02` */
export const printDay = (day: number): string =>
  new Date(day * dayMs).toISOString().replace(/T.*/, '')

/** The Monday of the day's week. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7)

/** Months since January of year 0. */
export function monthOf(day: number): number {
  const date = new Date(day * dayMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** `2026-03` */
export const printMonth = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
