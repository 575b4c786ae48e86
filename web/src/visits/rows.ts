import type { Visit } from '@doorstep/contract/visits'

import { dayIn } from '../texts/zone-days.ts'

/** A line of the list: the head of a day, a visit, or one that is on its way. */
export type Row =
  | { readonly kind: 'day'; readonly day: string; readonly count: number | null }
  | { readonly kind: 'visit'; readonly visit: Visit; readonly index: number }
  | { readonly kind: 'coming' }

const comingRows = 12

/** Visits under the days of a zone on which they were made; a day is counted once all of it was read. */
export function rowsOf(
  visits: readonly Visit[],
  hasMore: boolean,
  zone: string | undefined,
): readonly Row[] {
  const rows: Row[] = []
  const days = Map.groupBy(visits, ({ visited_at: at }) => dayIn(at, zone))
  let index = 0
  let daysLeft = days.size
  for (const [day, of] of days) {
    daysLeft -= 1
    rows.push({ kind: 'day', day, count: daysLeft === 0 && hasMore ? null : of.length })
    for (const visit of of) rows.push({ kind: 'visit', visit, index: index++ })
  }
  if (hasMore) for (let row = 0; row < comingRows; row += 1) rows.push({ kind: 'coming' })
  return rows
}
