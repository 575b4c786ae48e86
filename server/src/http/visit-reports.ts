import type { QueryOf } from '@doorstep/contract/operations'
import type * as contract from '@doorstep/contract/visit-reports'

import type { AccountKey } from '../domain/accounts.ts'
import type { Viewer } from '../domain/actor.ts'
import { rangeBefore } from '../domain/ranges.ts'
import type { Store } from '../domain/store.ts'
import type { ReportNumbers, VisitReport } from '../domain/visit-reports.ts'
import type { VisitFilter } from '../domain/visits.ts'
import { ApiError, invalidParameter } from './errors.ts'
import type { Handler } from './request/call.ts'
import { printItem } from './request/pages.ts'
import { readVisitFilter } from './visits/filters.ts'

export const getVisitReport: Handler<typeof contract.getVisitReport> = async ({
  store,
  actor,
  query,
}) => printItem('visit_report', await makeReport(store, actor.accountKey, actor, query))

type ReportStore = Pick<Store, 'accounts' | 'externalIds' | 'visitSums'>
type ReportQuery = QueryOf<typeof contract.getVisitReport>

/** The report that a query asks for. Throws 400. */
export async function makeReport(
  store: ReportStore,
  account: AccountKey,
  viewer: Viewer,
  query: ReportQuery,
): Promise<contract.VisitReport> {
  const { group_by: groupBy, compare, ...filters } = query
  if (new Set(groupBy).size < groupBy.length) {
    throw refused('group_by', `must name different keys, given: ${groupBy.join()}`)
  }
  const filter = await readVisitFilter(store, account, filters)
  const before = filter.visitedAt && rangeBefore(filter.visitedAt)
  if (compare && !before) {
    const why = 'requires visited_at with a beginning and an end, such as visited_at[gte] and [lt]'
    throw refused('compare', `${why}, given: ${compare}`)
  }
  const timezone = (await store.accounts.find(account))?.timezone ?? 'UTC'
  const read = async (given: VisitFilter) =>
    toAnswer(await store.visitSums.report(account, { viewer, filter: given, groupBy, timezone }))
  return {
    ...(await read(filter)),
    ...(compare && { previous: await read({ ...filter, visitedAt: before }) }),
  }
}

const toAnswer = ({ rows, totals }: VisitReport) => ({
  rows: rows.map(({ keys, ...numbers }) => ({ keys: { ...keys }, ...toNumbers(numbers) })),
  totals: toNumbers(totals),
})

const toNumbers = (numbers: ReportNumbers) => ({
  visits: numbers.visits,
  verified: numbers.verified,
  too_far: numbers.tooFar,
  unknown: numbers.unknown,
  unknown_by_reason: { ...numbers.unknownByReason },
  off: numbers.off,
  verified_rate: numbers.verifiedRate,
  customers: numbers.customers,
  assigned: numbers.assigned,
  coverage: numbers.coverage,
})

const refused = (name: string, why: string) => new ApiError([invalidParameter(name, why)])
