import { parseTime } from '../../domain/clock.ts'
import type { TimeBounds, TimeRange } from '../../domain/ranges.ts'

type Texts = { readonly [Bound in keyof TimeRange]?: string }

/** In ms. */
export const toTimeRange = ({ gte, gt, lte, lt }: Texts): TimeRange => ({
  gte: toTime(gte),
  gt: toTime(gt),
  lte: toTime(lte),
  lt: toTime(lt),
})

const toTime = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseTime(text)

/** `created_at[...]` and `updated_at[...]` of a query. */
export const toTimeBounds = (query: {
  readonly created_at?: Texts
  readonly updated_at?: Texts
}): TimeBounds => ({
  createdAt: query.created_at && toTimeRange(query.created_at),
  updatedAt: query.updated_at && toTimeRange(query.updated_at),
})
