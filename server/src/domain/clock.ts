/** The present time in ms since 1970, UTC. */
export type Clock = () => number

/** `2018-05-09T07:30:16.000Z`, for v2 visits and visit outcomes (PROTOCOL 1.7). */
export const printMillis = (ms: number): string => isoText(ms)

/** `2019-01-10T10:56:51Z`, for everything else. */
export const printSeconds = (ms: number): string => `${isoText(ms).slice(0, 19)}Z`

/** The time rounded down to a whole second, in ms: the precision of Sell's stream. */
export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

const last = { ms: 0, text: new Date(0).toISOString() }

/** Caches the last text, since an item often has the same time in several attributes. */
function isoText(ms: number): string {
  if (ms !== last.ms) {
    last.text = new Date(ms).toISOString()
    last.ms = ms
  }
  return last.text
}

const isoTime = /^\d{4}-(\d\d)-(\d\d)[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

const timeMin = Date.parse('0001-01-01T00:00:00.000Z')
const timeMax = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether the time lies in the years 0001 to 9999 (UTC), which have four digits. */
export const isInCalendar = (ms: number): boolean => ms >= timeMin && ms <= timeMax

/**
 * Parses ISO 8601 with an offset or Z, `+0000` too (PROTOCOL 1.8), into ms; undefined: invalid, or
 * outside the years 0001 to 9999.
 */
export function parseTime(text: string): number | undefined {
  if (!isoTime.test(text)) return undefined
  const isUsual = text[10] === 'T' && text.endsWith('Z')
  const ms = Date.parse(isUsual ? text : withColon(text.replace(' ', 'T')))
  // NOTE: NaN is in no calendar.
  if (!isInCalendar(ms)) return undefined
  // NOTE: Date.parse accepts February 30 as March 2. Days up to 28 exist in every month.
  const day = Number(text.slice(8, 10))
  if (day <= 28) return ms
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === day ? ms : undefined
}

const withColon = (text: string): string => text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
