import { setImmediate } from 'node:timers/promises'

import { DomainError } from '../../domain/errors.ts'
import { type ReportRequest, reportRowsMax, type VisitReport } from '../../domain/visit-reports.ts'
import type { AccountColumns } from './account-columns.ts'
import { Assignments } from './assignments.ts'
import { type Dimension, dimensionOf } from './dimensions.ts'
import { Pairs } from './pairs.ts'
import type { Fold } from './pass.ts'
import { countVisit, type Tally, tally, toNumbers } from './tally.ts'

interface Group extends Tally {
  /** Codes of the dimensions. */
  readonly codes: readonly number[]
}

/** Codes are within this distance from 0, so that two of them make one exact number. */
const codeMax = 2 ** 25

/** Counts visits by one or two keys. */
export function visitReport(columns: AccountColumns, request: ReportRequest): Fold<VisitReport> {
  const { visits } = columns
  const dimensions = request.groupBy.map((key) => dimensionOf(key, columns, request.timezone))
  const [first, second] = dimensions
  const groups: Group[] = []
  const numbers = new Map<number, number>()
  const pairs = new Pairs()
  const totals = tally()
  return {
    add(slot) {
      const one = first?.codeOf(slot) ?? 0
      const other = second?.codeOf(slot) ?? 0
      const key = (one + codeMax) * (2 * codeMax) + other + codeMax
      let number = numbers.get(key)
      if (number === undefined) {
        if (groups.length === reportRowsMax) throw tooManyRows()
        number = groups.push({ ...tally(), codes: second ? [one, other] : [one] }) - 1
        numbers.set(key, number)
      }
      const group = groups[number]
      if (!group) return
      const [status, reason] = [visits.statuses[slot] ?? 0, visits.reasons[slot] ?? 0]
      countVisit(group, status, reason)
      countVisit(totals, status, reason)
      pairs.add(number, visits.records[slot] ?? 0)
    },
    async finish() {
      const assignments = new Assignments(columns, request)
      const users = groups.map(({ codes }) => assignments.ofRow(request.groupBy, codes))
      const customers = pairs.distinct(
        groups.length,
        columns.records.count,
        (group, record) => users[group]?.holds(record) === true,
      )
      await setImmediate()
      const all = assignments.ofTotals()
      const total = pairs.distinctInAll(columns.records.count, (record) => all.holds(record))
      const rows = groups.map((group, at) => ({
        codes: group.codes,
        row: {
          keys: Object.fromEntries(
            dimensions.map(({ key, print }, each) => [key, print(group.codes[each] ?? 0)]),
          ),
          ...toNumbers(group, {
            customers: customers.all[at] ?? 0,
            covered: customers.held[at] ?? 0,
            assigned: users[at]?.count,
          }),
        },
      }))
      return {
        rows: rows.toSorted(byKeys(dimensions)).map(({ row }) => row),
        totals: toNumbers(totals, {
          customers: total.all,
          covered: total.held,
          assigned: all.count,
        }),
      }
    },
  }
}

const byKeys =
  (dimensions: readonly Dimension[]) =>
  (a: { readonly codes: readonly number[] }, b: { readonly codes: readonly number[] }): number => {
    for (const [at, { orderOf }] of dimensions.entries()) {
      const difference = orderOf(a.codes[at] ?? 0) - orderOf(b.codes[at] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  }

const tooManyRows = () =>
  new DomainError(
    'invalid',
    `The report would have more than ${reportRowsMax.toLocaleString('en')} rows. Filter by ` +
      'visited_at or by creator, or group by week or month.',
  )
