import type { Visit } from '@doorstep/contract/visits'

import type { Place } from '../map/movable-pin.ts'

/** A visit whose place is known, as measured from a pin. */
export interface PlacedVisit {
  readonly visit: Visit
  readonly place: Place
  /** With 95 % certainty. */
  readonly accuracyM: number
}

/** Of a 68 % radius, that with 95 %. */
const from68 = 1.62

export const placedVisits = (visits: readonly Visit[]): readonly PlacedVisit[] =>
  visits.flatMap((visit) => {
    const { verification } = visit
    const place = verification?.location
    if (!verification || !place) return []
    const { accuracy_m: accuracy, accuracy_confidence: confidence } = verification
    const scale = confidence !== null && confidence < 0.9 ? from68 : 1
    return [{ visit, place, accuracyM: (accuracy ?? 0) * scale }]
  })

/** Less certain ones suggest nothing. */
const accuracyMaxM = 50

/** Those on which a suggestion rests: the newest accurate ones. */
export const visitsBehind = (
  placed: readonly PlacedVisit[],
  count: number,
): readonly PlacedVisit[] =>
  placed.filter(({ accuracyM }) => accuracyM <= accuracyMaxM).slice(0, count)
