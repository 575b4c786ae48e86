export const MS_PER_MINUTE = 60_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 86_400_000

/** From Sunday to Saturday, as a share of a full day. */
const WEEKDAY_WEIGHTS = [0, 0.92, 1, 1, 1, 0.85, 0.05]

/** How busy a day (days since 1970) is, as a share of a full working day. */
export function seasonWeight(day: number): number {
  const date = new Date(day * MS_PER_DAY)
  const weekday = WEEKDAY_WEIGHTS[date.getUTCDay()] ?? 0
  const month = date.getUTCMonth()
  const isYearEnd =
    (month === 11 && date.getUTCDate() > 21) || (month === 0 && date.getUTCDate() < 3)
  if (isYearEnd) return weekday * 0.45
  return month === 7 ? weekday * 0.75 : weekday
}

/**
 * A zone's offset from UTC in ms at noon UTC of a day (days since 1970). Intl is slow, so the
 * offset of each day is cached.
 */
export function newUtcOffset(timeZone: string): (day: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const cached = new Map<number, number>()
  return (day) => {
    let offset = cached.get(day)
    if (offset === undefined) {
      offset = parseOffset(format.format((day + 0.5) * MS_PER_DAY))
      cached.set(day, offset)
    }
    return offset
  }
}

/** An offset as Sell writes it: UTC+02:00. */
export function offsetName(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000
  const hour = String(Math.floor(minutes / 60)).padStart(2, '0')
  const minute = String(minutes % 60).padStart(2, '0')
  return `UTC${offsetMs < 0 ? '-' : '+'}${hour}:${minute}`
}

/** Reads the end of '6/1/2026, GMT+05:30'; plain GMT is zero. */
function parseOffset(text: string): number {
  const match = /GMT([+-])(\d\d):(\d\d)$/.exec(text)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

/** A time as Sell usually writes it: '2019-01-10T10:56:51Z'. */
export function wholeSecondTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** Sell's times are in whole seconds. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000
}
