import {
  lackable,
  type ReviewFlag,
  reviewFlags,
  reviewStates,
  type VerificationReason,
  verificationReasons,
  type VerificationStatus,
  verificationStatuses,
} from '@doorstep/contract/findings'

import { zoneOf } from './texts/zones.ts'

/** A URL's query as it is typed: every value a text, several ones separated by commas. */
export type Typed = Readonly<Record<string, unknown>>

/** The filters of visits that map, list, review, reports and export share. */
export interface VisitFilters {
  /** Dates as 2026-11-26, in the person's zone unless `zone` names another. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The last days, instead of dates. */
  readonly last?: number | undefined
  /** In which zone the dates are days, if not in the person's. */
  readonly zone?: string | undefined
  readonly rep?: readonly number[] | undefined
  readonly below?: number | undefined
  readonly outcome?: readonly number[] | undefined
  readonly status?: readonly VerificationStatus[] | undefined
  readonly reason?: readonly VerificationReason[] | undefined
  readonly flag?: readonly ReviewFlag[] | undefined
  readonly review?: (typeof reviewStates)[number] | undefined
  readonly without?: (typeof lackable)[number] | undefined
  readonly type?: 'lead' | 'contact' | undefined
  /** The id of a lead or contact, beside `type`. */
  readonly customer?: number | undefined
  /** West, south, east, north. */
  readonly bbox?: readonly number[] | undefined
  /** The visit whose panel is open. */
  readonly visit?: number | undefined
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN)
  return Number.isFinite(number) ? number : undefined
}

export function idOf(value: unknown): number | undefined {
  const id = numberOf(value)
  return id !== undefined && Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** Days, as `30d`. */
export function daysOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value < 100_000 ? idOf(value) : undefined
  return idOf(/^(\d{1,5})d$/.exec(textOf(value) ?? '')?.[1])
}

export function dateOf(value: unknown): string | undefined {
  const date = textOf(value)
  if (!date || !/^[12]\d{3}-\d\d-\d\d$/.test(date)) return undefined
  const time = new Date(`${date}T00:00Z`)
  // The 31st of a shorter month is a day of the next one.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date) ? date : undefined
}

export function oneOf<Word extends string>(
  words: readonly Word[],
  value: unknown,
): Word | undefined {
  return words.find((word) => word === value)
}

/** As many values as a filter of the API takes. */
const valuesMax = 100

/** Those of several values that can be read, each once; undefined: none. */
export function severalOf<Value>(
  read: (value: unknown) => Value | undefined,
  values: unknown,
): readonly Value[] | undefined {
  const given = Array.isArray(values) ? values : (textOf(values)?.split(',') ?? [values])
  const known = given.map(read).filter((value) => value !== undefined)
  return known.length > 0 ? [...new Set(known)].slice(0, valuesMax) : undefined
}

type Bounds = readonly [least: number, most: number]

const latitudes: Bounds = [-90, 90]
const longitudes: Bounds = [-180, 180]
const zooms: Bounds = [0, 24]

/** As many numbers as there are bounds, each within its own. */
function numbersOf(bounds: readonly Bounds[], value: unknown): readonly number[] | undefined {
  const given = Array.isArray(value) ? value : (textOf(value)?.split(',') ?? [])
  const numbers = given.flatMap((each, at) => {
    const number = numberOf(each)
    const [least, most] = bounds[at] ?? []
    if (number === undefined || least === undefined || most === undefined) return []
    return number >= least && number <= most ? [number] : []
  })
  return given.length === bounds.length && numbers.length === bounds.length ? numbers : undefined
}

function boxOf(value: unknown): readonly number[] | undefined {
  const box = numbersOf([longitudes, latitudes, longitudes, latitudes], value)
  const [, south = 0, , north = 0] = box ?? []
  return south <= north ? box : undefined
}

/** Reads the filters of a URL. What is unknown or makes no sense is dropped. */
export function parseVisitFilters(typed: Typed): VisitFilters {
  const type = oneOf(['lead', 'contact'], typed.type)
  return withoutUndefined({
    from: dateOf(typed.from),
    to: dateOf(typed.to),
    last: daysOf(typed.last),
    zone: zoneOf(textOf(typed.zone)),
    rep: severalOf(idOf, typed.rep),
    below: idOf(typed.below),
    outcome: severalOf(idOf, typed.outcome),
    status: severalOf((value) => oneOf(verificationStatuses, value), typed.status),
    reason: severalOf((value) => oneOf(verificationReasons, value), typed.reason),
    flag: severalOf((value) => oneOf(reviewFlags, value), typed.flag),
    review: oneOf(reviewStates, typed.review),
    without: oneOf(lackable, typed.without),
    type,
    customer: type && idOf(typed.customer),
    bbox: boxOf(typed.bbox),
    visit: idOf(typed.visit),
  })
}

export function withoutUndefined<Values extends object>(values: Values): Values {
  for (const key of Object.keys(values)) {
    if (Reflect.get(values, key) === undefined) Reflect.deleteProperty(values, key)
  }
  return values
}

/**
 * Reads a URL's query without what a screen does not know: the router would give it the typed text of
 * all that was dropped.
 */
export const only =
  <Search extends object>(parse: (typed: Typed) => Search) =>
  (typed: Typed): Search =>
    Object.assign(Object.fromEntries(Object.keys(typed).map((name) => [name, undefined])), {
      ...parse(typed),
    })

const inDays = new Set(['last', 'unvisited'])

/** `?rep=12,13&last=30d`: what a person can read and write. */
export function printSearch(search: Typed): string {
  const pairs = Object.entries(search).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === '') return []
    const printed = Array.isArray(value) ? value.join(',') : String(value)
    const unit = inDays.has(name) && typeof value === 'number' ? 'd' : ''
    return [
      `${encodeURIComponent(name)}=${encodeURIComponent(printed).replaceAll('%2C', ',')}${unit}`,
    ]
  })
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

export const readSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text))

export const mapLayers = ['customers', 'visits', 'heat', 'age'] as const
export const mapColours = ['outcome', 'finding', 'rep', 'age'] as const

export interface MapSearch extends VisitFilters {
  /** Latitude, longitude, zoom. */
  readonly at?: readonly number[] | undefined
  readonly layer?: (typeof mapLayers)[number] | undefined
  readonly by?: (typeof mapColours)[number] | undefined
  /** Customers not visited for so many days. */
  readonly unvisited?: number | undefined
}

export function parseMapSearch(typed: Typed): MapSearch {
  return withoutUndefined({
    ...parseVisitFilters(typed),
    at: numbersOf([latitudes, longitudes, zooms], typed.at),
    layer: oneOf(mapLayers, typed.layer),
    by: oneOf(mapColours, typed.by),
    unvisited: daysOf(typed.unvisited),
  })
}
