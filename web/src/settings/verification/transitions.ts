import type { PreviewedVisit } from '../../api/verification-previews.ts'

/** Visits that would go from one finding to the same other. */
export interface Transition {
  readonly key: string
  readonly now: PreviewedVisit['status_now']
  readonly next: PreviewedVisit['status_then']
  readonly count: number
}

export const isChanged = (visit: PreviewedVisit): boolean => visit.status_now !== visit.status_then

export const transitionOf = (visit: PreviewedVisit): string =>
  `${visit.status_now}-${visit.status_then}`

/** The most frequent first. */
export function transitionsOf(visits: readonly PreviewedVisit[]): readonly Transition[] {
  const byKey = Map.groupBy(visits.filter(isChanged), transitionOf)
  return [...byKey]
    .flatMap(([key, [first, ...rest]]) =>
      first
        ? [{ key, now: first.status_now, next: first.status_then, count: rest.length + 1 }]
        : [],
    )
    .toSorted((a, b) => b.count - a.count)
}
