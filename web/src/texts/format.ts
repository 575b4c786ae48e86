// Numbers, distances and times as the browser's language writes them.

const locale = navigator.language
const noBreak = '\u00A0'

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const hundredths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const upToTenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const signed = new Intl.NumberFormat(locale, {
  signDisplay: 'exceptZero',
  maximumFractionDigits: 1,
})
const plurals = new Intl.PluralRules('en')

/** Regions whose signs and maps give feet and miles. */
const inMiles = new Set(['US', 'LR', 'MM'])
export const usesMiles = inMiles.has(new Intl.Locale(locale).maximize().region ?? '')
const feetPerM = 3.280_839_9
const mPerMile = 1_609.344

const conjunction = new Intl.ListFormat('en', { type: 'conjunction' })

/** "a, b, and c" */
export const listed = (names: readonly string[]): string => conjunction.format(names)

export const count = (value: number): string => whole.format(value)

/** `one` or `other`, as English counts, with the number before it. */
export const counted = (value: number, one: string, other: string): string =>
  `${count(value)}${noBreak}${plurals.select(value) === 'one' ? one : other}`

/** With two digits: `0.03`. */
export const decimal = (value: number): string => hundredths.format(value)

/** A share of 1: `91.3%`, `90%`. */
export const percent = (share: number): string => `${upToTenths.format(share * 100)}%`

/** A share of 1 where tenths say too much: `91%`. */
export const wholePercent = (share: number): string => `${whole.format(share * 100)}%`

/** A change, with its sign. */
export const change = (value: number): string => signed.format(value)

/** A mean, or how many a second: `9.8`. */
export const rate = (value: number): string => tenths.format(value)

/** A distance: `42 m`, `1.24 km`; in the US `138 ft`, `0.77 mi`. */
export function metres(value: number): string {
  if (usesMiles) {
    if (value < 305) return `${whole.format(value * feetPerM)}${noBreak}ft`
    return `${hundredths.format(value / mPerMile)}${noBreak}mi`
  }
  if (value < 999.5) return `${whole.format(value)}${noBreak}m`
  const km = value / 1_000
  const digits = km < 10 ? hundredths : km < 100 ? tenths : whole
  return `${digits.format(km)}${noBreak}km`
}

/** A distance that was chosen: `500 m`, `1 km`; in the US `0.3 mi`. */
export function roundMetres(value: number): string {
  if (usesMiles) return `${tenths.format(value / mPerMile)}${noBreak}mi`
  if (value < 1_000) return `${whole.format(value)}${noBreak}m`
  return `${whole.format(value / 1_000)}${noBreak}km`
}

/** How sure a phone was: `±12 m`. */
export const accuracy = (value: number): string => `±${metres(value)}`

interface InZone {
  /** IANA's name, or an offset such as `+01:00`; default: the browser's zone. */
  readonly timeZone?: string | undefined
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

const zoned = ({ timeZone }: InZone) => (timeZone === undefined ? {} : { timeZone })

/** `14:02`, or `2:02 pm` where people write it so. */
export const time = (at: Date | string, zone: InZone = {}): string =>
  dateFormat({ timeStyle: 'short', ...zoned(zone) }).format(new Date(at))

/** `Thu 26 Nov`. */
export const day = (at: Date | string, zone: InZone = {}): string =>
  dateFormat({ weekday: 'short', day: 'numeric', month: 'short', ...zoned(zone) })
    .format(new Date(at))
    .replaceAll(',', '')

/** `26 Nov 2026`. */
export const date = (at: Date | string, zone: InZone = {}): string =>
  dateFormat({ day: 'numeric', month: 'short', year: 'numeric', ...zoned(zone) }).format(
    new Date(at),
  )

/** `26 Nov 2026, 13:02 UTC`: for a title over a time of another zone. */
export const utc = (at: Date | string): string =>
  `${dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 days ago`, `in 2 hours`, `now`. */
export function relative(at: Date | string, nowMs: number): string {
  const differenceMs = new Date(at).getTime() - nowMs
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, ms] of units) {
    if (Math.abs(differenceMs) >= ms) return format.format(Math.trunc(differenceMs / ms), unit)
  }
  return format.format(0, 'second')
}

/** `Thursday 26 November`. */
export const longDay = (at: Date | string): string =>
  dateFormat({ weekday: 'long', day: 'numeric', month: 'long' })
    .format(new Date(at))
    .replaceAll(',', '')

/** `Thu`. */
export const weekday = (at: Date | string): string =>
  dateFormat({ weekday: 'short' }).format(new Date(at))
