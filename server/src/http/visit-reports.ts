import type * as contract from '@doorstep/contract/visit-reports'

import { rangeBefore } from '../domain/ranges.ts'
import type { ReportNumbers, VisitReport } from '../domain/visit-sums.ts'
import type { VisitFilter } from '../domain/visits.ts'
import { ApiError, invalidParameter } from './errors.ts'
import type { Call, Handler } from './request/call.ts'
import { printItem } from './request/pages.ts'
import { toVisitFilter } from './visits/filters.ts'

export const getVisitReport: Handler<typeof contract.getVisitReport> = async (call) => {
  const { query } = call
  const { group_by: groupBy, compare, ...filters } = query
  if (new Set(groupBy).size < groupBy.length) {
    throw refused('group_by', `must name different keys, given: ${groupBy.join()}`)
  }
  const filter = toVisitFilter(filters)
  const before = filter.visitedAt && rangeBefore(filter.visitedAt)
  if (compare && !before) {
    const why = 'requires visited_at with a beginning and an end, such as visited_at[gte] and [lt]'
    throw refused('compare', `${why}, given: ${compare}`)
  }
  const answer: contract.VisitReport = {
    ...(await readReport(call, filter)),
    ...(compare && { previous: await readReport(call, { ...filter, visitedAt: before }) }),
  }
  return printItem('visit_report', answer)
}

type ReportCall = Pick<Call<typeof contract.getVisitReport>, 'store' | 'actor' | 'query'>

async function readReport({ store, actor, query }: ReportCall, filter: VisitFilter) {
  const account = await store.accounts.find(actor.accountKey)
  const request = {
    viewer: actor,
    filter,
    groupBy: query.group_by,
    timezone: account?.timezone ?? 'UTC',
  }
  return toAnswer(await store.sums.report(actor.accountKey, request))
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
