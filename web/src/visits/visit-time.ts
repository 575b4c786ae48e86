import type { Visit } from '@doorstep/contract/visits'

import { time } from '../texts/format.ts'
import { dayIn } from '../texts/zone-days.ts'
import { otherZone, zoneOf } from '../texts/zones.ts'

type Visited = Pick<Visit, 'visited_at' | 'creator'>

const repZone = ({ creator }: Visited) => zoneOf(creator?.timezone)

/** The calendar day of a visit where the rep was. */
export const visitDay = (visit: Visited): string => dayIn(visit.visited_at, repZone(visit))

/** "12:47" by the rep's clock. */
export const visitClock = (visit: Visited): string =>
  time(visit.visited_at, { timeZone: repZone(visit) })

/** "GMT−1" if the rep's clock shows another time than the viewer's, or that of a list's days; else null. */
export function visitZone(visit: Visited, zone?: string): string | null {
  const own = repZone(visit)
  const { visited_at: at } = visit
  return otherZone(at, own) ?? (zone === undefined ? null : otherZone(at, own, zone))
}

/** "12:47 GMT−1": by the rep's clock, with its zone where that could be mistaken. */
export const visitTime = (visit: Visited, zone?: string): string =>
  [visitClock(visit), visitZone(visit, zone)].filter(Boolean).join(' ')
