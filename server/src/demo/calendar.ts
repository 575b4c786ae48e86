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
 * Answers a zone's offset from UTC in ms at noon UTC of a day (days since 1970). Asking Intl is
 * slow, so each day's answer is kept.
 */
export function newUtcOffset(timeZone: string): (day: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const known = new Map<number, number>()
  return (day) => {
    let offset = known.get(day)
    if (offset === undefined) {
      offset = parseOffset(format.format((day + 0.5) * MS_PER_DAY))
      known.set(day, offset)
    }
    return offset
  }
}

/** Sell's way to write an offset: UTC+02:00. */
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

/** Sell's usual time: '2019-01-10T10:56:51Z'. */
export function wholeSecondTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** Sell's clocks count seconds. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000
}
