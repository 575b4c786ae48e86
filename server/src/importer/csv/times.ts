import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon'

import type { RowOption } from '../../domain/file-imports.ts'

/** How times without an offset are read. */
export interface TimeReading {
  readonly zone: Zone
  /** Formats in Unicode's letters, tried in order before the usual spellings. */
  readonly formats: readonly string[]
  /** Numbers up to six digits are days since 1899-12-30. */
  readonly hasSerials: boolean
}

/** `Europe/Berlin` or `+02:00`; undefined: there is no such zone. */
export function readZone(text: string): Zone | undefined {
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(text)
  if (offset) return FixedOffsetZone.instance(offsetMinutes(offset))
  return IANAZone.isValidZone(text) ? IANAZone.create(text) : undefined
}

/** Why the format cannot be used; undefined: it can. */
export function formatProblem(format: string): string | undefined {
  if (!/d/.test(format) || !/[ML]/.test(format) || !/y/.test(format)) {
    return 'a date needs a year (yyyy), a month (MM) and a day (dd)'
  }
  const { invalidReason } = DateTime.fromFormat('', loose(format), { locale: 'en' })
  return invalidReason === 'conflicting specification' ? invalidReason : undefined
}

/** Why a text is no time, and the option that makes it one. */
export interface NotRead {
  readonly why: string
  readonly option: Extract<RowOption, 'date_formats' | 'excel_dates'> | undefined
}

/** A time in ms since 1970, or why the text is none. */
export function readTime(text: string, reading: TimeReading): number | NotRead {
  try {
    return parse(text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim(), reading)
  } catch (error) {
    if (error instanceof NoTime) return { why: error.message, option: error.option }
    throw error
  }
}

class NoTime extends Error {
  override readonly name = 'NoTime'
  readonly option: NotRead['option']

  constructor(why: string, option?: NotRead['option']) {
    super(why)
    this.option = option
  }
}

function parse(text: string, reading: TimeReading): number {
  for (const format of reading.formats) {
    const time = fromFormat(text, format, reading.zone)
    if (time !== undefined) return time
  }
  const year = yearFirst.exec(text)
  if (year?.groups) return fromParts(partsOf(year.groups), reading.zone)
  const number = fromNumber(text, reading.hasSerials)
  if (number !== undefined) return number
  if (reading.formats.length > 0) {
    throw new NoTime(`is not a time in the format ${reading.formats.join(' or ')}`)
  }
  const named = dayMonthName.exec(text) ?? monthNameDay.exec(text)
  if (named?.groups) return fromParts(partsOf(named.groups), reading.zone)
  const short = dayOrMonthFirst.exec(text)
  if (short?.groups) return fromParts(partsOf(inOrder(short.groups)), reading.zone)
  throw new NoTime('is not a time in a spelling that is known: name its format', 'date_formats')
}

const clock =
  '(?:(?:T|,? |, at | at )(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?' +
  ' ?(?<half>[AaPp]\\.?[Mm]\\.?)?' +
  ' ?(?<offset>Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?(?: ?UTC)?(?:\\[(?<zone>[A-Za-z_/+\\-0-9]+)\\])?)?'
const yearFirst = new RegExp(
  `^(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})${clock}(?: ?UTC)?$`,
)
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?,? )?'
const monthName = '(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?'
const dayMonthName = new RegExp(
  `^${weekday}(?<day>\\d{1,2})[ -]${monthName},?[ -](?<year>\\d{4})${clock}$`,
  'i',
)
const monthNameDay = new RegExp(
  `^${weekday}${monthName} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})${clock}$`,
  'i',
)
const dayOrMonthFirst = new RegExp(
  `^(?<first>\\d{1,2})(?<mark>[-/.])(?<then>\\d{1,2})\\k<mark>(?<year>\\d{4})${clock}$`,
)
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

type Groups = Readonly<Record<string, string | undefined>>

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly offset: string | undefined
  readonly zone: string | undefined
}

/** Day and month by size; refused where both could be either. */
function inOrder(groups: Groups): Groups {
  const first = Number(groups['first'])
  const then = Number(groups['then'])
  if (first > 12) return { ...groups, day: groups['first'], month: groups['then'] }
  if (then > 12 || first === then) {
    return { ...groups, day: groups['then'], month: groups['first'] }
  }
  const mark = groups['mark'] ?? '/'
  const formats = ['dd', 'MM'].map((day, at) => `${day}${mark}${at ? 'dd' : 'MM'}${mark}yyyy`)
  const time = groups['hour'] === undefined ? '' : ' HH:mm'
  const which = formats.map((format) => `"${format}${time}"`).join(' or ')
  throw new NoTime(`could be day or month first. Name its format: ${which}`, 'date_formats')
}

function partsOf(groups: Groups): Parts {
  const name = groups['name']?.slice(0, 3).toLowerCase()
  const hour = Number(groups['hour'] ?? 0)
  return {
    year: Number(groups['year']),
    month: name === undefined ? Number(groups['month']) : monthNames.indexOf(name) + 1,
    day: Number(groups['day']),
    hour: hourOf(hour, groups['half']),
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    millisecond: Number((groups['fraction'] ?? '').padEnd(3, '0').slice(0, 3)),
    offset: groups['offset'],
    zone: groups['zone'],
  }
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) throw new NoTime('has an hour that does not go with AM or PM')
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}

const offsetMinutes = ([, sign, hours, minutes]: readonly (string | undefined)[]): number =>
  (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0))

function fromParts(parts: Parts, byDefault: Zone): number {
  requireDate(parts)
  const local = Date.UTC(
    parts.year,
    parts.month - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
    parts.millisecond,
  )
  if (parts.offset !== undefined) {
    const found = /^([+-])(\d\d):?(\d\d)?$/.exec(parts.offset)
    return local - (found ? offsetMinutes(found) : 0) * 60_000
  }
  const zone = parts.zone === undefined ? byDefault : readZone(parts.zone)
  if (!zone) throw new NoTime(`names the time zone ${parts.zone}, which is not known`)
  return inZone(local, zone)
}

const months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function requireDate({ year, month, day, hour, minute, second }: Parts): void {
  if (year === 0) throw new NoTime('is the date that databases write where there is none')
  if (year < 1900 || (year === 1900 && month === 1 && day <= 1)) {
    throw new NoTime('is the date that spreadsheets write where there is none, or before 1900')
  }
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const length = month === 2 && isLeap ? 29 : months[month - 1]
  if (length === undefined || day < 1 || day > length) {
    throw new NoTime('is a day that no calendar has')
  }
  if (hour > 23 || minute > 59 || second > 59) {
    throw new NoTime('is past the end of its day, hour or minute')
  }
}

/** The time at which clocks of the zone show `local`, a time in ms as if in UTC. */
function inZone(local: number, zone: Zone): number {
  if (zone.isUniversal) return local - zone.offset(local) * 60_000
  const day = 24 * 3_600_000
  const found = new Set(
    [local - day, local, local + day]
      .map((near) => local - zone.offset(near) * 60_000)
      .filter((at) => at + zone.offset(at) * 60_000 === local),
  )
  const [at] = found
  if (at === undefined) {
    throw new NoTime(`does not exist in ${zone.name}: clocks were set forward then`)
  }
  if (found.size > 1) {
    throw new NoTime(
      `exists twice in ${zone.name}, as clocks were set back: add an offset, such as +01:00`,
    )
  }
  return at
}

/** Seconds or ms since 1970, or a spreadsheet's days. */
function fromNumber(text: string, hasSerials: boolean): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000
  if (/^\d{13}$/.test(text)) return Number(text)
  const days = /^\d{1,6}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
  if (days === undefined) return undefined
  if (!hasSerials) {
    throw new NoTime("is a number: if it is a spreadsheet's day count, say so", 'excel_dates')
  }
  if (days < 2) throw new NoTime('is the date that spreadsheets write where there is none')
  return Math.round(days * 86_400) * 1000 - 25_569 * 86_400_000
}

/** Letters as people write them: `dd` also takes one digit. */
const loose = (format: string): string =>
  format.replaceAll(/'[^']*'|(?<![A-Za-z])(dd|MM|HH|hh)(?![A-Za-z])/g, (found, letters: unknown) =>
    typeof letters === 'string' ? found.slice(1) : found,
  )

const utc = FixedOffsetZone.utcInstance

function fromFormat(text: string, format: string, zone: Zone): number | undefined {
  const hasOffset = /[zZ]/.test(format.replaceAll(/'[^']*'/g, ''))
  const options = { locale: 'en', zone: utc, setZone: hasOffset }
  const found = DateTime.fromFormat(text, loose(format), options)
  if (!found.isValid) return undefined
  if (hasOffset) return found.toMillis()
  const { year, month, day, hour, minute, second, millisecond } = found
  const parts = { year, month, day, hour, minute, second, millisecond }
  return fromParts({ ...parts, offset: undefined, zone: undefined }, zone)
}
