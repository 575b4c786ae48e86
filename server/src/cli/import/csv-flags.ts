import type { Command } from 'commander'

import type { PresetName } from '../../domain/file-imports.ts'
import type { HeaderMap } from '../../importer/csv/columns.ts'
import { readHeaderMap, readMapFile, writeMapFile } from '../../importer/csv/map-files.ts'
import type { NameRules } from '../../importer/csv/names.ts'
import type { TableReading } from '../../importer/csv/open-table.ts'
import { presetNames } from '../../importer/csv/presets.ts'
import { type TableKind, tableKinds } from '../../importer/csv/table-attributes.ts'
import { readSeparator } from '../../importer/csv/table-options.ts'
import { formatProblem, readZone } from '../../importer/csv/times.ts'
import { isEncoding } from '../../importer/encodings.ts'
import { UsageError } from '../command.ts'

/** The options that say how tables are read. */
export interface TableFlags {
  readonly kind?: string
  readonly map?: string
  readonly mapFile?: string
  readonly preset?: string
  readonly saveMap?: string
  readonly encoding?: string
  readonly separator?: string
  readonly headerRow?: string
  readonly sheet?: string
  readonly source?: string
  readonly timeZone?: string
  readonly utcOffset?: string
  readonly dateFormat?: readonly string[]
  readonly excelDates?: boolean
  readonly unknownUser: string
  readonly unknownOutcome: string
}

const flagOf = {
  encoding: '--encoding',
  map: '--map',
  date_formats: '--date-format',
  excel_dates: '--excel-dates',
  unknown_user: '--unknown-user inactive',
  unknown_outcome: '--unknown-outcome create, or none',
} as const

/** A problem with the flag that helps. */
export const withFlag = (problem: string, option: keyof typeof flagOf | undefined): string =>
  option === undefined ? problem : `${problem} (${flagOf[option]})`

export const addTableFlags = (command: Command): Command =>
  command
    .option('--kind <kind>', 'what the files hold: visit, lead or contact')
    .option(
      '--map <pairs>',
      'attribute=Header pairs: visited_at=Date+Time,creator=Rep,lead_id=Lead',
    )
    .option('--map-file <file>', 'the pairs from a file that --save-map wrote')
    .option('--preset <product>', `the pairs for exports of ${presetNames.join(', ')}`)
    .option('--save-map <file>', 'write the pairs into a file')
    .option('--encoding <name>', 'of files that are not Unicode, such as windows-1252')
    .option('--separator <character>', 'between cells, such as ";" or tab; found by the header')
    .option('--header-row <line>', 'the line that names the columns')
    .option('--sheet <name>', 'of a workbook, by name or number; the first')
    .option('--source <name>', 'the product whose ids external_id holds; files')
    .option('--time-zone <zone>', 'of times without an offset, such as Europe/Berlin')
    .option('--utc-offset <offset>', 'the same as an offset, such as +02:00')
    .option(
      '--date-format <format>',
      'how times are written, such as "dd.MM.yyyy HH:mm"; may be repeated',
      (format: string, formats: readonly string[] = []) => [...formats, format],
    )
    .option('--excel-dates', 'numbers up to six digits are days as Excel counts them')
    .option('--unknown-user <rule>', 'reject rows, or make inactive users', 'reject')
    .option('--unknown-outcome <rule>', 'reject rows, create the outcome, or none', 'reject')

/** Throws UsageError. */
export function tableReadingOf(flags: TableFlags): TableReading {
  const { encoding, headerRow } = flags
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw new UsageError(`--encoding ${encoding} is not known, try utf-8, utf-16le or windows-1252`)
  }
  const headerLine = headerRow === undefined ? undefined : Number(headerRow)
  if (headerLine !== undefined && !(Number.isSafeInteger(headerLine) && headerLine > 0)) {
    throw new UsageError(`--header-row takes the number of a line, given: ${headerRow}`)
  }
  const { kind, map } = columnsOf(flags)
  if (flags.saveMap !== undefined) saveMap(flags.saveMap, kind, map)
  const separator = flags.separator === undefined ? undefined : readSeparator(flags.separator)
  if (flags.separator !== undefined && separator === undefined) {
    throw new UsageError(`--separator takes one character or tab, given: ${flags.separator}`)
  }
  const { sheet, source } = flags
  return { kind, map, times: timesOf(flags), encoding, separator, headerLine, sheet, source }
}

interface ColumnsRead {
  readonly kind: TableKind | undefined
  readonly map: HeaderMap
}

function columnsOf({ kind, map, mapFile }: TableFlags): ColumnsRead {
  const found = tableKinds.find((known) => known === kind)
  if (kind !== undefined && !found) {
    throw new UsageError(`--kind takes ${tableKinds.join(', ')}, given: ${kind}`)
  }
  if (mapFile !== undefined) {
    if (map !== undefined) throw new UsageError('--map or --map-file, not both')
    const read = readMapFile(mapFile)
    if (found && found !== read.kind) {
      throw new UsageError(`${mapFile} is a map of a ${read.kind}, and --kind says ${found}`)
    }
    return read
  }
  if (map === undefined) return { kind: found, map: new Map() }
  const read = readHeaderMap(map, found ?? 'visit')
  if (typeof read === 'string') throw new UsageError(read)
  return { kind: found ?? 'visit', map: read }
}

function saveMap(path: string, kind: TableKind | undefined, map: HeaderMap): void {
  if (!kind || map.size === 0) throw new UsageError('--save-map needs --map: there is none to save')
  writeMapFile(path, { kind, map })
}

function timesOf({ timeZone, utcOffset, dateFormat = [], excelDates }: TableFlags) {
  if (timeZone !== undefined && utcOffset !== undefined) {
    throw new UsageError('--time-zone or --utc-offset, not both')
  }
  if (utcOffset !== undefined && !/^[+-]\d\d:\d\d$/.test(utcOffset)) {
    throw new UsageError(`--utc-offset must look like +02:00, given: ${utcOffset}`)
  }
  const zone = readZone(timeZone ?? utcOffset ?? '+00:00')
  if (!zone)
    throw new UsageError(`--time-zone takes a name such as Europe/Berlin, given: ${timeZone}`)
  for (const format of dateFormat) {
    const problem = formatProblem(format)
    if (problem !== undefined) throw new UsageError(`--date-format ${format}: ${problem}`)
  }
  return { zone, formats: dateFormat, hasSerials: excelDates === true }
}

/** undefined: none is asked for. Throws UsageError. */
export function presetOf(flags: TableFlags): PresetName | undefined {
  if (flags.preset === undefined) return undefined
  const name = presetNames.find((known) => known === flags.preset)
  if (!name)
    throw new UsageError(`--preset takes ${presetNames.join(', ')}, given: ${flags.preset}`)
  const { kind, map, mapFile, source, saveMap: saved } = flags
  const others = { kind, map, 'map-file': mapFile, source, 'save-map': saved }
  const [other] = Object.entries(others).find(([, given]) => given !== undefined) ?? []
  if (other !== undefined) throw new UsageError(`--preset or --${other}, not both`)
  return name
}

/** Throws UsageError. */
export function nameRulesOf({ unknownUser, unknownOutcome }: TableFlags): NameRules {
  const wrong = (flag: string, rules: string, given: string): never => {
    throw new UsageError(`${flag} takes ${rules}, given: ${given}`)
  }
  return {
    unknownUser:
      unknownUser === 'reject' || unknownUser === 'inactive'
        ? unknownUser
        : wrong('--unknown-user', 'reject or inactive', unknownUser),
    unknownOutcome:
      unknownOutcome === 'reject' || unknownOutcome === 'create' || unknownOutcome === 'none'
        ? unknownOutcome
        : wrong('--unknown-outcome', 'reject, create or none', unknownOutcome),
  }
}
