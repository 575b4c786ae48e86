import type { ReportRow } from '../api/reports.ts'

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

/** A program that opens the file could take text that begins so for a formula. */
const isFormula = /^[=+\-@\t\r]/

function printed(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = isFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

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
    .map((line) => `${line.map(printed).join(',')}\r\n`)
    .join('')
}

/** Hands a text over as a file. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
