const dayMs = 24 * 3_600_000

/** Whether the text is a calendar day, YYYY-MM-DD, in the years 0001 to 9999. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && text >= '0001' && dayInUtc(Date.parse(text)) === text

/** The day of a time (ms) in a zone: `UTC+02:00` as Sell writes it, or an IANA name; else in UTC. */
export const dayIn = (zone: string, at: number): string => dayInUtc(at + offsetOf(zone, at))

/** The days that a time (ms) can fall on, in whatever zone, from the first to the last. */
export const daysAround = (at: number): readonly [from: string, to: string] => [
  dayInUtc(at - dayMs),
  dayInUtc(at + dayMs),
]

/** The times (ms) that can fall on a day, in whatever zone: from the first to before the last. */
export function timesAround(day: string): readonly [from: number, before: number] {
  const start = Date.parse(day)
  return [start - dayMs, start + 2 * dayMs]
}

function dayInUtc(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}

/** How far the zone's clocks are ahead of UTC at this time, in ms. */
function offsetOf(zone: string, at: number): number {
  const fixed = readOffset(/^UTC(.*)$/.exec(zone)?.[1])
  return fixed ?? readOffset(formatOf(zone)?.format(at).split('GMT')[1]) ?? 0
}

/** `+05:30`, also with seconds; undefined: it is none. */
function readOffset(text: string | undefined): number | undefined {
  const [, sign, hours, minutes, seconds = '0'] =
    /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text ?? '') ?? []
  if (sign === undefined) return undefined
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -ms : ms
}

const formatsMax = 1_000
const formats = new Map<string, Intl.DateTimeFormat | undefined>()

/** Formats are slow to make, so they are kept; undefined: there is no such zone. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    if (formats.size >= formatsMax) formats.clear()
    formats.set(zone, newFormat(zone))
  }
  return formats.get(zone)
}

function newFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
}
