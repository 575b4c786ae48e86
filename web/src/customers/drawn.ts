import type { Contact } from '@doorstep/contract/contacts'
import type { Lead } from '@doorstep/contract/leads'
import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import type { Visit } from '@doorstep/contract/visits'

import { type Bounds, boundsOf, metresBetween } from '../map/places.ts'
import { texts } from '../texts/texts.ts'
import type { Degrees } from '../visits/mini-map-frame.ts'
import type { Drawn, DrawnLine, DrawnPlace, DrawnVisit } from './customer-overlay.ts'

const words = texts.customer

interface Shown {
  readonly name: string
  readonly radiusM: number
  readonly record: Lead | Contact | undefined
  /** The saved place, or the one that is being chosen. */
  readonly main: Degrees | undefined
  /** Where somebody says that the customer is. */
  readonly proposed: Degrees | undefined
  readonly visits: readonly Visit[]
}

function placesOf({ name, radiusM, record, main, proposed }: Shown): DrawnPlace[] {
  const place = (point: Degrees, label: string, isMain: boolean): DrawnPlace => ({
    point,
    radiusM,
    label: words.map.label(label, radiusM),
    isMain,
  })
  return [
    ...(main ? [place(main, name, true)] : []),
    ...(proposed ? [place(proposed, words.map.proposed, true)] : []),
    ...(record?.sites ?? []).map((site) => place(site, site.name ?? words.places.unnamed, false)),
  ]
}

/** Visits whose exact place is still stored. */
export const placedVisits = (visits: readonly Visit[]): DrawnVisit[] =>
  visits.flatMap(({ id, verification, outcome_id: outcomeId, rep_location_verification_status }) =>
    verification?.location
      ? [{ ...verification.location, id, outcomeId, status: rep_location_verification_status }]
      : [],
  )

export const drawnOf = (shown: Shown, lines: readonly DrawnLine[]): Drawn => ({
  places: placesOf(shown),
  visits: placedVisits(shown.visits),
  lines,
})

/** From the pin that is saved to where another one is being set. */
export function moveLine(from: Degrees | undefined, to: Degrees | undefined): DrawnLine[] {
  return from && to
    ? [{ from, to, label: '', labelM: 0, isFar: false, m: metresBetween(from, to) }]
    : []
}

/** Visits that are farther from a suggested place are not those that it comes from. */
const groupM = 150

/** From the pin to where the last visits were. */
export function suggestionLine(
  from: Degrees | undefined,
  suggestion: PinSuggestion | undefined,
  visits: readonly Visit[],
): DrawnLine[] {
  if (!from || !suggestion) return []
  const label = words.map.suggested(suggestion.visits)
  const reachM = placedVisits(visits)
    .map((visit) => metresBetween(suggestion, visit))
    .filter((m) => m < groupM)
  return [
    {
      from,
      to: suggestion,
      label,
      labelM: Math.max(0, ...reachM),
      isFar: true,
      m: suggestion.distance_m,
    },
  ]
}

/** From the place with which a visit was compared to where its phone was. */
export function visitLine(visit: Visit | undefined): DrawnLine[] {
  const { verification } = visit ?? {}
  const { point, location, distance_m: m } = verification ?? {}
  if (!visit || !point || !location || m === null || m === undefined) return []
  const isFar = visit.rep_location_verification_status === 'resource_location_too_far'
  return [{ from: point, to: location, label: '', labelM: 0, isFar, m }]
}

/** What the map begins with: the places, and where they may better be. */
export function firstOf(
  { places }: Drawn,
  suggestion: PinSuggestion | undefined,
): Bounds | undefined {
  return boundsOf([
    ...places.map(({ point, radiusM }) => ({ point, radiusM })),
    ...(suggestion ? [{ point: suggestion, radiusM: groupM }] : []),
  ])
}

/** Farther visits do not make the map of a customer one of a country. */
const nearM = 20_000

/** All that belongs together, also what is far: places, the visits around them, and a suggestion. */
export function allOf(
  { places, visits }: Drawn,
  suggestion: PinSuggestion | undefined,
): Bounds | undefined {
  const [first] = places
  const near = visits.filter((visit) => !first || metresBetween(first.point, visit) < nearM)
  const spots = [...near, ...(suggestion ? [suggestion] : [])]
  return boundsOf([
    ...places.map(({ point, radiusM }) => ({ point, radiusM: radiusM * 1.15 })),
    ...spots.map((point) => ({ point, radiusM: 20 })),
  ])
}
