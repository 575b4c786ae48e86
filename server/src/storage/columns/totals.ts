import type { VisitReads } from '../../domain/visits.ts'
import type { Dialect } from '../database.ts'
import { isNarrow } from '../visits/index-ranges.ts'
import type { ColumnCache } from './column-cache.ts'
import { conditionsOf } from './filters.ts'
import { passOver } from './pass.ts'

/** Pages are read again when the account has changed between the page and its total. */
const triesMax = 3

/**
 * The list, whose totals are counted in memory where that is possible: in SQL they hold up everybody,
 * except with a filter that leaves few rows.
 */
export function listWithTotals(
  dialect: Dialect,
  list: VisitReads['list'],
  cache: ColumnCache,
): VisitReads['list'] {
  return async (account, request) => {
    const { viewer, filter, includeTotal } = request
    if (!includeTotal || isNarrow(dialect, filter)) return list(account, request)
    for (let tries = 0; tries < triesMax; tries++) {
      const page = await list(account, { ...request, includeTotal: false })
      const counted = await cache.use(account, async (columns, revision) => {
        let total = 0
        const conditions = conditionsOf(columns, viewer, filter)
        await passOver(columns.visits.count, conditions, () => {
          total += 1
        })
        return { total, revision }
      })
      if (counted === 'too large') break
      const { total, revision } = counted.result
      if (revision === page.revision) return { ...page, total }
    }
    return list(account, request)
  }
}
