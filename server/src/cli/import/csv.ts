import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { csvPieces, type FileNote, kindOfFile } from '../../importer/csv/csv-pieces.ts'
import { type NameRules, Names } from '../../importer/csv/names.ts'
import type { TableReading } from '../../importer/csv/open-table.ts'
import { readingsOf } from '../../importer/csv/presets.ts'
import {
  findOthers,
  findSources,
  requireReadable,
  type Source,
} from '../../importer/files/sources.ts'
import { SourceError } from '../../importer/source-error.ts'
import { print } from '../../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  withStore,
} from '../command.ts'
import {
  addTableFlags,
  nameRulesOf,
  presetOf,
  type TableFlags,
  tableReadingOf,
  withFlag,
} from './csv-flags.ts'
import { countOf, importPieces, setExitStatus, summaryLines } from './summary.ts'

const endings = ['.csv', '.tsv', '.csv.gz', '.tsv.gz', '.xlsx']

interface CsvFlags extends TableFlags {
  readonly dryRun?: boolean
  readonly account?: string
  readonly json?: boolean
}

export function addImportCsvCommand(group: Command): void {
  const command = group
    .command('csv <path...>')
    .description(
      'tables, packed or not, .xlsx too: Sell’s export, or files of visits, leads or contacts',
    )
  addTableFlags(command)
    .option('--dry-run', 'print what would be done and the first rows, change nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action((paths: string[], flags: CsvFlags) =>
    importTables(paths, flags).catch((error: unknown) => {
      throw error instanceof SourceError
        ? new SourceError(withFlag(error.message, error.option))
        : error
    }),
  )
}

async function importTables(paths: readonly string[], flags: CsvFlags): Promise<void> {
  const config = configOf({ ...flags })
  const reading = tableReadingOf(flags)
  const rules = nameRulesOf(flags)
  const preset = presetOf(flags)
  const found = await findSources(paths, endings)
  const readings = preset && (await readingsOf(preset, found, reading))
  const sources = found.filter((source) =>
    readings ? readings.has(source) : (reading.kind ?? kindOfFile(source.name)) !== undefined,
  )
  if (sources.length === 0) {
    throw new SourceError(
      `none of ${countOf(found.length, 'file', 'files')} is named leads, contacts or visits: ` +
        'say what they hold with --kind',
    )
  }
  for (const source of sources) await requireReadable(source, reading.encoding)
  const notTaken = [
    ...found.filter((source) => !sources.includes(source)).map(({ name }) => name),
    ...(await findOthers(paths, endings)),
  ]
  await withStore(config, async (store) => {
    const account = await chooseAccount(store, flags.account)
    const run = {
      store,
      account,
      config,
      sources,
      notTaken,
      reading,
      rules,
      ...(readings && { readings }),
    }
    await importCsv(run, flags)
  })
}

interface Run {
  readonly store: Store
  readonly account: AccountKey
  readonly config: Config
  readonly sources: readonly Source[]
  readonly notTaken: readonly string[]
  readonly reading: TableReading
  readonly readings?: ReadonlyMap<Source, TableReading>
  readonly rules: NameRules
}

async function importCsv(run: Run, flags: CsvFlags): Promise<void> {
  const { store, account, config, sources, notTaken, reading, readings } = run
  const isDryRun = flags.dryRun === true
  const names = await Names.read({ store, account, clock: Date.now, isDryRun }, run.rules)
  const notes: FileNote[] = []
  const onFile = (note: FileNote): void => void notes.push(note)
  // A row without times that was corrected has the times of the row before.
  const how = { isDryRun, isPresent: true }
  const summary = await importPieces(store, account, config, sources, how, (onBytes) =>
    csvPieces(sources, {
      store,
      account,
      names,
      reading,
      ...(readings && { readings }),
      isDryRun,
      onBytes,
      onFile,
    }),
  )
  const { unclear } = names.users
  setExitStatus(summary)
  if (flags.json) {
    return printJson({
      ...summary,
      unclear_names: unclear,
      made: names.made,
      files: notes.map(printNote),
      files_not_taken: notTaken,
    })
  }
  for (const line of [...summaryLines(summary), ...notes.flatMap(noteLines)]) print(line)
  for (const file of notTaken) print(`not taken: ${file}`)
  for (const [what, made] of Object.entries(names.made)) {
    if (made.length > 0) print(`made ${what}: ${made.join(', ')}`)
  }
  for (const { name, problem, count, ids } of unclear) {
    const matches = problem === 'unknown' ? 'no user has this name' : `users ${ids.join(', ')}`
    print(`${problem} name: ${name} (${countOf(count, 'time', 'times')}): ${matches}`)
  }
}

const printNote = ({ file, headerLine, leftOut, columns }: FileNote) => ({
  file,
  header_line: headerLine,
  left_out: leftOut.map(({ line, text }) => ({ line, text })),
  columns_not_imported: columns,
})

const shownMax = 200

function noteLines({ file, headerLine, leftOut, columns }: FileNote): string[] {
  const shown = leftOut.map(
    ({ line, text }) => `${file}:${line} is left out: ${text.slice(0, shownMax)}`,
  )
  return [
    ...(leftOut.some(({ line }) => line < headerLine)
      ? [`${file}:${headerLine} is taken for the header: --header-row takes another line`]
      : []),
    ...shown,
    ...columns.map(
      ({ header, cells }) =>
        `column not imported: ${header || '(without a name)'} of ${file} (${countOf(cells, 'cell', 'cells')} with a value)`,
    ),
  ]
}
