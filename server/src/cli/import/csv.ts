import type { Command } from 'commander'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { csvPieces, kindOfFile } from '../../importer/csv/csv-pieces.ts'
import { PeopleByName } from '../../importer/csv/people-by-name.ts'
import { type HeaderMap, readHeaderMap } from '../../importer/csv/visit-rows.ts'
import { findSources, type Source, SourceError } from '../../importer/files.ts'
import { runImport } from '../../importer/run-import.ts'
import { print } from '../../runtime/print.ts'
import { newEventId } from '../../runtime/secrets.ts'
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
import { Progress, Rejects, summaryLines } from './summary.ts'

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
    .option('--map <pairs>', 'attribute=Header pairs, as visited_at=Date,creator=Rep,lead_id=Lead')
    .option('--utc-offset <offset>', 'of times that tell none', '+00:00')
    .option('--dry-run', 'tell what would be done, do nothing')
    .option(...accountOption)
    .option('--json', 'the summary as JSON')
  addSettings(command, storeSettings).action(async (paths: string[], flags: CsvFlags) => {
    const config = configOf({ ...flags })
    const map = flags.map === undefined ? new Map() : readHeaderMap(flags.map)
    if (typeof map === 'string') throw new UsageError(map)
    if (!/^[+-]\d\d:\d\d$/.test(flags.utcOffset)) {
      throw new UsageError(`--utc-offset must be as +02:00, given: ${flags.utcOffset}`)
    }
    const found = await findSources(paths, ['.csv', '.csv.gz'])
    const sources = found.filter(({ name }) => kindOfFile(name, map.size > 0) !== undefined)
    if (sources.length === 0) {
      throw new SourceError(
        `none of ${found.length} files is called leads, contacts or visits; name visits with --map`,
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
  const people = await PeopleByName.read(store, account)
  const page = {
    offset: 0,
    limit: outcomesMax,
    sort: { field: 'id', descending: false },
  } as const
  const { rows } = await store.outcomes.list(account, undefined, page)
  const outcomes = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]))
  const rejects = new Rejects(isDryRun ? undefined : config)
  const progress = new Progress(sources)
  const pieces = csvPieces(sources, {
    store,
    account,
    people,
    outcomes,
    map,
    offset: flags.utcOffset,
    isDryRun,
    onBytes: (count) => progress.add(count),
  })
  const counts = await runImport(pieces, {
    store,
    account,
    newEventId,
    isDryRun,
    onRejected: (item) => rejects.add(item),
    onProgress: (so) => progress.tell(so),
  }).finally(() => progress.stop())
  const missing = await store.visits.countMissingReferences(account)
  const summary = { ...counts, missing, rejected_file: rejects.file }
  const { unclear } = people
  if (flags.json) printJson({ ...summary, dry_run: isDryRun, unclear_names: unclear })
  else {
    for (const line of summaryLines(summary, isDryRun)) print(line)
    for (const { name, problem, count, ids } of unclear) {
      const who = problem === 'unknown' ? 'nobody is called so' : `users ${ids.join(', ')}`
      print(`${problem} name: ${name} (${count} times): ${who}`)
    }
  }
}
