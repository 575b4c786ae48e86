import type { OptionProblem, TableOptions } from '../../domain/file-imports.ts'
import { isEncoding } from '../encodings.ts'
import { type NameRules, nameKey } from './names.ts'
import type { TableReading } from './open-table.ts'
import { isAttribute } from './table-attributes.ts'
import { formatProblem, readZone } from './times.ts'

/** `;` or `tab`; undefined: it is not one character. */
export function readSeparator(text: string): string | undefined {
  if (/^(?:tab|\\t)$/i.test(text)) return '\t'
  return text.length === 1 && !/["\r\n]/.test(text) ? text : undefined
}

/** What is wrong with the options; empty: nothing. */
export function problemsOfOptions(options: TableOptions): OptionProblem[] {
  const { kind, map = {}, preset, encoding, separator, timeZone, dateFormats = [] } = options
  const problems: OptionProblem[] = []
  const add = (option: keyof TableOptions, why: string): void => void problems.push({ option, why })
  for (const [attribute, headers] of Object.entries(map)) {
    if (kind === undefined && !preset) add('kind', 'must be given with a map')
    else if (kind && !isAttribute(kind, attribute))
      add('map', `a ${kind} has no attribute ${attribute}`)
    else if (headers.length === 0) add('map', `${attribute} needs a header`)
    else continue
    break
  }
  if (encoding !== undefined && !isEncoding(encoding)) {
    add('encoding', 'is not known, try utf-8, utf-16le or windows-1252')
  }
  if (separator !== undefined && readSeparator(separator) === undefined) {
    add('separator', 'must be one character or tab')
  }
  if (timeZone !== undefined && !readZone(timeZone)) {
    add('timeZone', 'must be a name such as Europe/Berlin or an offset such as +02:00')
  }
  for (const format of dateFormats) {
    const why = formatProblem(format)
    if (why !== undefined) add('dateFormats', `${format}: ${why}`)
  }
  const { source, isWholeMap } = options
  if (preset && [kind, source, isWholeMap].some((given) => given !== undefined)) {
    add('preset', 'stands for kind, only_mapped and source: leave those out')
  }
  return problems
}

/** How the options say that tables are read. Throws Error for options that have problems. */
export function readingOf(options: TableOptions): TableReading {
  const { kind, map = {}, timeZone = '+00:00', dateFormats = [] } = options
  const zone = readZone(timeZone)
  if (!zone) throw new Error('the options have problems')
  return {
    kind,
    map: new Map(Object.entries(map)),
    isWholeMap: options.isWholeMap === true,
    times: { zone, formats: dateFormats, hasSerials: options.hasExcelDates === true },
    encoding: options.encoding,
    separator: options.separator === undefined ? undefined : readSeparator(options.separator),
    headerLine: options.headerRow,
    sheet: options.sheet,
    source: options.source,
  }
}

export const rulesOf = (options: TableOptions): NameRules => ({
  unknownUser: options.unknownUser ?? 'reject',
  unknownOutcome: options.unknownOutcome ?? 'reject',
  users: byKey({ ...options.unknownUsers, ...options.users }),
  outcomes: byKey({ ...options.unknownOutcomes, ...options.outcomes }),
})

const byKey = <Choice>(choices: Readonly<Record<string, Choice>>): Map<string, Choice> =>
  new Map(Object.entries(choices).map(([name, choice]) => [nameKey(name), choice]))
