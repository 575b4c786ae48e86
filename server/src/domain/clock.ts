/** Milliseconds since 1970, UTC. */
export type Clock = () => number

/** `2018-05-09T07:30:16.000Z`: v2 visits and visit outcomes (PROTOCOL 1.7). */
export const printMillis = (ms: number): string => isoText(ms)

/** `2019-01-10T10:56:51Z`: everything else. */
export const printSeconds = (ms: number): string => `${isoText(ms).slice(0, 19)}Z`

const last = { ms: 0, text: new Date(0).toISOString() }

/** The last one is remembered: an item tells the same moment several times. */
function isoText(ms: number): string {
  if (ms !== last.ms) {
    last.text = new Date(ms).toISOString()
    last.ms = ms
  }
  return last.text
}

const isoTime = /^\d{4}-(\d\d)-(\d\d)[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

/** Reads ISO 8601 with an offset or Z, `+0000` too (PROTOCOL 1.8); undefined when it is none. */
export function parseTime(text: string): number | undefined {
  if (!isoTime.test(text)) return undefined
  const isUsual = text[10] === 'T' && text.endsWith('Z')
  const ms = Date.parse(isUsual ? text : withColon(text.replace(' ', 'T')))
  if (Number.isNaN(ms)) return undefined
  // NOTE: the parser takes February 30 for March 2. Every month has the first 28 days.
  const day = Number(text.slice(8, 10))
  if (day <= 28) return ms
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === day ? ms : undefined
}

const withColon = (text: string): string => text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
