import { type VerificationStatus, verificationStatuses } from '@doorstep/contract/findings'
import { mapPalette, type MapTheme, type PinColours } from '@doorstep/contract/map-palette'

import type { CustomerMap, VisitMap } from '../api/maps.ts'
import type { KnownOutcome } from '../api/visit-outcomes.ts'
import { outcomeColours } from '../parts/outcome-colours.ts'
import type { MapSearch } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { type MapCluster, type MapPin, noLook } from './map-pins.ts'
import { ageColours } from './palette.ts'
import type { Badge, PinLook } from './pins.ts'

const { map: words } = texts

export type VisitPoint = VisitMap['points'][number]
export type CustomerPoint = CustomerMap['points'][number]
type VisitCluster = VisitMap['clusters'][number]

/** A colour of the map, and the filter that leaves only what has it. */
export interface Look extends PinLook {
  readonly name: string
  /** What is stood for: the id of an outcome or a rep, a finding, or the days of an age. */
  readonly value: number | string
}

/** By what pins are coloured. */
export interface Colouring {
  readonly by: NonNullable<MapSearch['by']>
  readonly looks: readonly Look[]
  /** The name of what has no look; null: everything has one. */
  readonly otherName: string | null
  readonly visitLook: (point: VisitPoint) => number
  readonly customerLook: (point: CustomerPoint) => number
  /** How much of a cluster has each look; null: the server does not say. */
  readonly sharesOf: ((cluster: VisitCluster) => readonly number[]) | null
}

export interface Known {
  readonly outcomes: readonly KnownOutcome[]
  /** Those that the map shows, most first. */
  readonly people: readonly { readonly id: number; readonly name: string }[]
  readonly theme: MapTheme
  readonly nowMs: number
}

export const badges: Readonly<Record<VerificationStatus, Exclude<Badge, 'waiting'>>> = {
  verified: 'verified',
  location_unknown: 'unknown',
  resource_location_too_far: 'far',
  location_services_disabled: 'off',
}

/** The names of the colours of areas. */
export const fills = {
  verified: 'verified',
  location_unknown: 'unknownFill',
  resource_location_too_far: 'far',
  location_services_disabled: 'offFill',
} as const satisfies Record<VerificationStatus, keyof PinColours>

const never = 'never'
const ageDays = [7, 30, 90, Number.POSITIVE_INFINITY]
const dayMs = 86_400_000
/** The grey of the palette is that of the others. */
const personColours = outcomeColours.filter((_, at) => at !== 4)

export function colouringOf(by: Colouring['by'], known: Known): Colouring {
  if (by === 'finding') return byFinding(known)
  if (by === 'rep') return byPerson(known)
  return by === 'age' ? byAge(known) : byOutcome(known)
}

const placesOf = <Value>(looks: readonly { readonly value: Value }[]) => {
  const places = new Map(looks.map(({ value }, at) => [value, at]))
  return (value: Value): number => places.get(value) ?? noLook
}

/** Of customers whom nobody has visited. */
const neverLook = ({ theme }: Known): Look => ({
  value: never,
  name: words.never,
  colour: mapPalette[theme].noOutcome,
  icon: null,
  isHollow: true,
})

function byOutcome(known: Known): Colouring {
  const outcomes = known.outcomes.map(({ id, name, color, icon }): Look => {
    return { value: id, name, colour: color, icon }
  })
  const looks = [...outcomes, neverLook(known)]
  const placeOf = placesOf<Look['value']>(looks)
  return {
    by: 'outcome',
    looks,
    otherName: texts.visits.noOutcome,
    visitLook: ({ outcome_id: id }) => placeOf(id ?? ''),
    customerLook: ({ last_visit: last }) => placeOf(last ? (last.outcome_id ?? '') : never),
    sharesOf: ({ outcomes: counts }) => looks.map(({ value }) => counts[value] ?? 0),
  }
}

function byFinding({ theme }: Known): Colouring {
  const looks = verificationStatuses.map((value): Look => {
    const colour = mapPalette[theme][fills[value]]
    return { value, name: texts.findingNames[value], colour, icon: null }
  })
  const placeOf = placesOf<Look['value']>(looks)
  return {
    by: 'finding',
    looks,
    otherName: null,
    visitLook: ({ status }) => placeOf(status),
    customerLook: () => noLook,
    sharesOf: ({ statuses: counts }) => looks.map(({ value }) => counts[value] ?? 0),
  }
}

function byPerson({ people }: Known): Colouring {
  const looks = people
    .slice(0, personColours.length)
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, name }, at): Look => {
      return { value: id, name, colour: personColours[at] ?? '', icon: null }
    })
  const placeOf = placesOf<Look['value']>(looks)
  return {
    by: 'rep',
    looks,
    otherName: words.noRep,
    visitLook: ({ creator_id: id }) => placeOf(id),
    customerLook: ({ owner_id: id }) => placeOf(id ?? ''),
    sharesOf: null,
  }
}

function byAge(known: Known): Colouring {
  const { theme, nowMs } = known
  const ages = ageDays.map((days, at): Look => {
    const colour = ageColours[theme][at] ?? ''
    return { value: days, name: words.ages[at] ?? '', colour, icon: null }
  })
  const lookAt = (time: string) => {
    const days = (nowMs - Date.parse(time)) / dayMs
    return ageDays.findIndex((most) => days <= most)
  }
  return {
    by: 'age',
    looks: [...ages, neverLook(known)],
    otherName: null,
    visitLook: ({ visited_at: at }) => lookAt(at),
    customerLook: ({ last_visit: last }) => (last ? lookAt(last.at) : ages.length),
    sharesOf: null,
  }
}

export const visitPin = (point: VisitPoint, { visitLook }: Colouring, name?: string): MapPin => ({
  key: String(point.id),
  longitude: point.longitude,
  latitude: point.latitude,
  look: visitLook(point),
  badge: badges[point.status],
  name,
})

export const customerKey = (point: Pick<CustomerPoint, 'resource_type' | 'id'>): string =>
  `${point.resource_type}/${point.id}`

export const customerPin = (point: CustomerPoint, colouring: Colouring, name?: string): MapPin => ({
  key: customerKey(point),
  longitude: point.longitude,
  latitude: point.latitude,
  look: colouring.customerLook(point),
  badge: null,
  name,
})

export const visitCluster = (cluster: VisitCluster, { sharesOf }: Colouring): MapCluster => ({
  ...cluster,
  shares: sharesOf?.(cluster) ?? [],
})

/** How many of each look there are; null: unknown. The last is that of those without. */
export function countsOf(
  data: VisitMap | CustomerMap,
  colouring: Colouring,
): readonly number[] | null {
  const counts = [...colouring.looks.map(() => 0), 0]
  const add = (at: number, by: number) => {
    const place = at === noLook ? counts.length - 1 : at
    counts[place] = (counts[place] ?? 0) + by
  }
  for (const point of data.points) {
    add('status' in point ? colouring.visitLook(point) : colouring.customerLook(point), 1)
  }
  for (const cluster of data.clusters) {
    if (!('outcomes' in cluster) || !colouring.sharesOf) return null
    const shares = colouring.sharesOf(cluster)
    for (const [at, share] of shares.entries()) add(at, share)
    add(noLook, cluster.count - shares.reduce((sum, share) => sum + share, 0))
  }
  return counts
}
