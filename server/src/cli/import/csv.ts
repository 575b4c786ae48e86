import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { csvPieces, kindOfFile } from '../../importer/csv/csv-pieces.ts'
import { UsersByName } from '../../importer/csv/users-by-name.ts'
import { type HeaderMap, readHeaderMap } from '../../importer/csv/visit-rows.ts'
import { findSources, type Source, SourceError } from '../../importer/files.ts'
import { print } from '../../runtime/print.ts'
import {
  accountOption,
  addSettings,
  chooseAccount,
  configOf,
  printJson,
  storeSettings,
  UsageError,
  withStore,
} from '../command.ts'
import { countOf, importPieces, summaryLines } from './summary.ts'

interface CsvFlags {
  readonly map?: string
  readonly utcOffset: string
  readonly dryRun?: boolean
  readonly account?: string
  readonly json?: boolean
}

const outcomesMax = 10_000

export function addImportCsvCommand(group: Command): void {
  const command = group
    .command('csv <path...>')
    .description('the folder of Sell’s CSV export, or a file of visits with --map')
    .option('--map <pairs>', 'attribute=Header pairs: visited_at=Date,creator=Rep,lead_id=Lead')
    .option('--utc-offset <offset>', 'of times without an offset', '+00:00')
    .option('--dry-run', 'print what would be done, change nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(async (paths: string[], flags: CsvFlags) => {
    const config = configOf({ ...flags })
    const map = flags.map === undefined ? new Map() : readHeaderMap(flags.map)
    if (typeof map === 'string') throw new UsageError(map)
    if (!/^[+-]\d\d:\d\d$/.test(flags.utcOffset)) {
      throw new UsageError(`--utc-offset must look like +02:00, given: ${flags.utcOffset}`)
    }
    const found = await findSources(paths, ['.csv', '.csv.gz'])
    const sources = found.filter(({ name }) => kindOfFile(name, map.size > 0) !== undefined)
    if (sources.length === 0) {
      throw new SourceError(
        `none of ${found.length} files is named leads, contacts or visits; use --map for a file of visits`,
      )
    }
    await withStore(config, async (store) => {
      const account = await chooseAccount(store, flags.account)
      await importCsv(store, account, config, sources, map, flags)
    })
  })
}

async function importCsv(
  store: Store,
  account: AccountKey,
  config: Config,
  sources: readonly Source[],
  map: HeaderMap,
  flags: CsvFlags,
): Promise<void> {
  const isDryRun = flags.dryRun === true
  const users = await UsersByName.read(store, account)
  const page = { offset: 0, limit: outcomesMax, sort: { field: 'id', descending: false } } as const
  const { rows } = await store.outcomes.list(account, undefined, page)
  const outcomes = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]))
  // A row without times that was corrected has the times of the row before.
  const how = { isDryRun, isPresent: true }
  const summary = await importPieces(store, account, config, sources, how, (onBytes) =>
    csvPieces(sources, {
      store,
      account,
      users,
      outcomes,
      map,
      offset: flags.utcOffset,
      isDryRun,
      onBytes,
    }),
  )
  const { unclear } = users
  if (flags.json) printJson({ ...summary, unclear_names: unclear })
  else {
    for (const line of summaryLines(summary)) print(line)
    for (const { name, problem, count, ids } of unclear) {
      const matches = problem === 'unknown' ? 'no user has this name' : `users ${ids.join(', ')}`
      print(`${problem} name: ${name} (${countOf(count, 'time', 'times')}): ${matches}`)
    }
  }
}
