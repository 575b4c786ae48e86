import type { Visit } from '@doorstep/contract/visits'

import { dayOf } from '../texts/days.ts'

/** Visits of some days, as they were once read. */
export interface StoredVisits {
  readonly first: string
  readonly last: string
  readonly visits: readonly Visit[]
  /** When the server answered, in ms. */
  readonly at: number
}

/**
 * What is known of some days from lists of others that overlap them, each visit as it was read last, the
 * newest first; undefined: nothing. `at` is when the oldest of them was read.
 */
export function visitsOfDays(
  lists: readonly StoredVisits[],
  first: string,
  last: string,
): Pick<StoredVisits, 'visits' | 'at'> | undefined {
  const overlapping = lists
    .filter((list) => list.first <= last && list.last >= first)
    .toSorted((one, other) => one.at - other.at)
  const [oldest] = overlapping
  if (!oldest) return undefined
  const byId = new Map(overlapping.flatMap(({ visits }) => visits.map((each) => [each.id, each])))
  const within = [...byId.values()].filter(({ visited_at: at }) => {
    const day = dayOf(at)
    return day >= first && day <= last
  })
  const visits = within.toSorted(
    (one, other) => Date.parse(other.visited_at) - Date.parse(one.visited_at),
  )
  return { visits, at: oldest.at }
}
