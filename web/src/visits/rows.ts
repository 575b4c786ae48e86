import type { Visit } from '@doorstep/contract/visits'

import { dayIn } from '../texts/zone-days.ts'
import type { VisitList } from './use-visit-list.ts'

/** A line of the list: the head of a day, a visit, one that is on its way, or none that could be read. */
export type Row =
  | { readonly kind: 'day'; readonly day: string; readonly count: number | null }
  | { readonly kind: 'visit'; readonly visit: Visit; readonly index: number }
  | { readonly kind: 'coming' }
  | { readonly kind: 'failed' }

const comingRows = 12

/** Visits under the days of a zone on which they were made; a day is counted once all of it was read. */
export function rowsOf(
  { visits, hasMore, hasRestFailed }: Pick<VisitList, 'visits' | 'hasMore' | 'hasRestFailed'>,
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
  if (hasRestFailed) rows.push({ kind: 'failed' })
  else if (hasMore) for (let row = 0; row < comingRows; row += 1) rows.push({ kind: 'coming' })
  return rows
}
