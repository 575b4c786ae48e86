import type { ReportRow } from '../api/visit-reports.ts'
import { csvCell } from '../parts/csv.ts'

type Value = string | number | null

const columns = [
  'visits',
  'verified',
  'unknown',
  'too_far',
  'off',
  'verified_rate',
  'customers',
  'assigned',
  'coverage',
] as const

/** Rows with their numbers as RFC 4180 has them, in the API's words. */
export function csvOf(
  names: readonly string[],
  rows: readonly { readonly cells: readonly Value[]; readonly numbers: ReportRow }[],
): string {
  const lines = rows.map(({ cells, numbers }) => [
    ...cells,
    ...columns.map((column) => numbers[column]),
  ])
  return [[...names, ...columns], ...lines]
    .map((line) => `${line.map(csvCell).join(',')}\r\n`)
    .join('')
}
