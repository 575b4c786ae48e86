/** Milliseconds since 1970, UTC. */
export type Clock = () => number

/** `2018-05-09T07:30:16.000Z`: v2 visits and visit outcomes (PROTOCOL 1.7). */
export const printMillis = (ms: number): string => new Date(ms).toISOString()

/** `2019-01-10T10:56:51Z`: everything else. */
export const printSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

const isoTime = /^\d{4}-(\d\d)-(\d\d)[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

/** Reads ISO 8601 with an offset or Z, `+0000` too (PROTOCOL 1.8); undefined when it is none. */
export function parseTime(text: string): number | undefined {
  if (!isoTime.test(text)) return undefined
  const ms = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  if (Number.isNaN(ms)) return undefined
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return day.getUTCDate() === Number(text.slice(8, 10)) ? ms : undefined
}
