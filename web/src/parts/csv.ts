/** A program that opens the file could take text that begins so for a formula. */
const isFormula = /^[=+\-@\t\r]/

/** A cell as RFC 4180 has it, which a spreadsheet neither splits nor runs. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = isFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
