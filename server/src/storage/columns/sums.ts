import type { Store } from '../../domain/store.ts'
import type { SumRequest } from '../../domain/visit-sums.ts'
import type { VisitFilter } from '../../domain/visits.ts'
import type { Database } from '../database.ts'
import { AccountColumns } from './account-columns.ts'
import type { ColumnCache } from './column-cache.ts'
import { customerMap } from './customer-map.ts'
import { conditionsOf } from './filters.ts'
import { loadRecords, loadVisitsIn } from './load.ts'
import { type Fold, passOver } from './pass.ts'
import { reviewCounts } from './review-counts.ts'
import { visitMap } from './visit-map.ts'
import { visitReport } from './visit-reports.ts'

/**
 * Sums over columns in memory. An account whose columns are too large for it is read again for
 * each answer, page by page: slower, with the same answers.
 */
export function visitSums(database: Database, cache: ColumnCache): Store['visitSums'] {
  async function sum<Result>(
    account: number,
    { viewer, filter }: SumRequest,
    start: (columns: AccountColumns) => Fold<Result>,
  ): Promise<Result> {
    const quick = await cache.use(account, async (columns) => {
      const { add, finish } = start(columns)
      await passOver(columns.visits.count, conditionsOf(columns, viewer, filter), add)
      return finish()
    })
    if (quick !== 'too large') return quick.result
    return await database.snapshot(async (reader) => {
      const columns = new AccountColumns()
      await loadRecords(reader, account, columns)
      const { add, finish } = start(columns)
      for await (const count of loadVisitsIn(reader, account, columns, { viewer, filter })) {
        for (let slot = 0; slot < count; slot++) add(slot)
      }
      return finish()
    })
  }

  return {
    count: (account, request) => sum(account, request, counting),
    map: (account, request) => sum(account, request, (columns) => visitMap(columns, request)),
    customerMap: (account, request) =>
      sum(account, { viewer: request.viewer, filter: {} }, (columns) =>
        customerMap(columns, request),
      ),
    report: (account, request) => sum(account, request, (columns) => visitReport(columns, request)),
    reviewCounts: (account, viewer) => {
      const below = viewer.isAdmin ? undefined : viewer.userId
      const filter: VisitFilter = { review: 'open', below }
      return sum(account, { viewer, filter }, (columns) => reviewCounts(columns, viewer))
    },
  }
}

function counting(): Fold<number> {
  let count = 0
  return {
    add: () => {
      count += 1
    },
    finish: () => count,
  }
}
