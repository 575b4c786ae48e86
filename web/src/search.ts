/** A URL's query as it is typed: every value a text, several ones separated by commas. */
export type Typed = Readonly<Record<string, unknown>>

export const statuses = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
] as const
export type Status = (typeof statuses)[number]

/** The filters of visits that map, list, review, reports and export share. */
export interface VisitFilters {
  /** Dates as 2026-11-26, in the person's zone. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The last days, instead of dates. */
  readonly last?: number | undefined
  readonly rep?: readonly number[] | undefined
  readonly below?: number | undefined
  readonly outcome?: readonly number[] | undefined
  readonly status?: readonly Status[] | undefined
  readonly reason?: readonly string[] | undefined
  readonly flag?: readonly string[] | undefined
  readonly type?: 'lead' | 'contact' | undefined
  /** Customers not visited for so many days. */
  readonly unvisited?: number | undefined
  /** West, south, east, north. */
  readonly bbox?: readonly number[] | undefined
  readonly q?: string | undefined
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
  if (typeof value === 'number') return idOf(value)
  return idOf(/^(\d{1,5})d$/.exec(textOf(value) ?? '')?.[1])
}

export function dateOf(value: unknown): string | undefined {
  const date = textOf(value)
  return date && /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date))
    ? date
    : undefined
}

export function oneOf<Word extends string>(
  words: readonly Word[],
  value: unknown,
): Word | undefined {
  return words.find((word) => word === value)
}

/** Those of several values that can be read; undefined: none. */
export function severalOf<Value>(
  read: (value: unknown) => Value | undefined,
  values: unknown,
): readonly Value[] | undefined {
  const given = Array.isArray(values) ? values : (textOf(values)?.split(',') ?? [values])
  const known = given.map(read).filter((value) => value !== undefined)
  return known.length > 0 ? known : undefined
}

function boxOf(value: unknown): readonly number[] | undefined {
  const sides = severalOf(numberOf, value)
  return sides?.length === 4 ? sides : undefined
}

/** Reads the filters of a URL. What is unknown or makes no sense is dropped. */
export function parseVisitFilters(typed: Typed): VisitFilters {
  return withoutUndefined({
    from: dateOf(typed.from),
    to: dateOf(typed.to),
    last: daysOf(typed.last),
    rep: severalOf(idOf, typed.rep),
    below: idOf(typed.below),
    outcome: severalOf(idOf, typed.outcome),
    status: severalOf((value) => oneOf(statuses, value), typed.status),
    reason: severalOf(textOf, typed.reason),
    flag: severalOf(textOf, typed.flag),
    type: oneOf(['lead', 'contact'], typed.type),
    unvisited: daysOf(typed.unvisited),
    bbox: boxOf(typed.bbox),
    q: textOf(typed.q),
    visit: idOf(typed.visit),
  })
}

function withoutUndefined<Values extends object>(values: Values): Values {
  for (const key of Object.keys(values)) {
    if (Reflect.get(values, key) === undefined) Reflect.deleteProperty(values, key)
  }
  return values
}

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
}

export function parseMapSearch(typed: Typed): MapSearch {
  const at = severalOf(numberOf, typed.at)
  return withoutUndefined({
    ...parseVisitFilters(typed),
    at: at?.length === 3 ? at : undefined,
    layer: oneOf(mapLayers, typed.layer),
    by: oneOf(mapColours, typed.by),
  })
}
