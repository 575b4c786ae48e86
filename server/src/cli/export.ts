import { once } from 'node:events'

import { exportContacts } from '@doorstep/contract/contacts'
import type { ExportFormat } from '@doorstep/contract/exports'
import { exportLeads } from '@doorstep/contract/leads'
import { exportVisits } from '@doorstep/contract/visit-exports'
import { Argument, type Command } from 'commander'

import type { AccountKey } from '../domain/accounts.ts'
import type { Store } from '../domain/store.ts'
import { writeExport } from '../http/exports/export-file.ts'
import type { ExportSource } from '../http/exports/export-source.ts'
import { noteExport, readPosition } from '../http/exports/exports.ts'
import { contactSource, leadSource } from '../http/exports/record-source.ts'
import { visitSource } from '../http/exports/visit-source.ts'
import { toContactFilter } from '../http/records/contacts.ts'
import { toLeadFilter } from '../http/records/leads.ts'
import { idsOf } from '../http/request/external-ids.ts'
import { readVisitFilter } from '../http/visits/filters.ts'
import { noteTaken } from '../rules/taken-data.ts'
import { print } from '../runtime/print.ts'
import {
  type AccountOptions,
  addAccountOptions,
  printJson,
  UsageError,
  withAccount,
} from './command.ts'
import { ExportProgress } from './export-progress.ts'
import { isThere, writeWhole } from './output-file.ts'
import { admin, filterOption, orUsage, queryOf } from './query.ts'

const nouns = ['visits', 'leads', 'contacts'] as const
type Noun = (typeof nouns)[number]

interface Options extends AccountOptions {
  readonly out: string
  readonly format: string
  readonly columns?: string
  readonly bom?: boolean
  readonly force?: boolean
  readonly filter: readonly string[]
}

export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .description('write visits, leads or contacts to a file')
    .addArgument(new Argument('<what>', 'what to export').choices(nouns))
    .requiredOption('--out <file>', 'the file; - is standard output')
    .option('--format <name>', 'csv, ndjson, geojson or parquet', 'csv')
    .option(...filterOption)
    .option('--columns <names>', 'the columns, separated by commas; default: all')
    .option('--bom', 'begin a CSV file with a byte order mark, for spreadsheets')
    .option('--force', 'replace the file if there is one')
    .option('--json', 'what was written, as JSON')
  addAccountOptions(command).action(async (noun: Noun, options: Options) => {
    const { out, force = false } = options
    if (out !== '-' && !force && isThere(out)) throw exists(out)
    await withAccount(options, (store, account) => writeFile(store, account, noun, options))
  })
}

async function writeFile(store: Store, account: AccountKey, noun: Noun, options: Options) {
  const { out, force = false, bom = false } = options
  const { source, format, total } = await orUsage(async () => open(store, account, noun, options))
  const position = await readPosition(store, account)
  await noteTaken(
    () => noteExport(store, account, 'command_line', noun, given(options)),
    ({ message }) =>
      process.stderr.write(`doorstep: this export is not in the audit. ${message}\n`),
  )
  using progress = new ExportProgress(noun, total)
  const chunks = writeExport(source, {
    format,
    bom,
    position,
    onRows: (count) => progress.add(count),
  })
  if (out === '-') {
    for await (const chunk of chunks) {
      if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
    }
    return
  }
  if (!(await writeWhole(out, chunks, force))) throw exists(out)
  progress[Symbol.dispose]()
  const written = { file: out, format, rows: progress.count, position }
  if (options.json) printJson(written)
  else print(`${written.rows} ${noun} written to ${out}. The stream goes on at ${position}`)
}

interface Opened {
  readonly source: ExportSource
  readonly format: ExportFormat
  /** undefined: not known before. */
  readonly total?: number
}

async function open(
  store: Store,
  account: AccountKey,
  noun: Noun,
  { format: named, columns: names, filter: filters }: Options,
): Promise<Opened> {
  const parameters = { format: named, columns: names }
  if (noun === 'leads') {
    const query = queryOf(exportLeads, parameters, filters)
    const { format = 'csv', columns } = query
    const ids = await idsOf('lead', store, account, query)
    const filter = { ...toLeadFilter(query), ids }
    return { format, source: leadSource({ store, account, filter, columns }) }
  }
  if (noun === 'contacts') {
    const query = queryOf(exportContacts, parameters, filters)
    const { format = 'csv', columns } = query
    const ids = await idsOf('contact', store, account, query)
    const filter = { ...toContactFilter(query), ids }
    return { format, source: contactSource({ store, account, filter, columns }) }
  }
  const query = queryOf(exportVisits, parameters, filters)
  const { format = 'csv', columns } = query
  const filter = await readVisitFilter(store, account, query)
  // NOTE: nobody is shown anything by whoever may read the whole store.
  const onLocated = async () => {}
  const asked = { store, account, viewer: admin, filter, columns, onLocated }
  const total = await store.visitSums.count(account, { viewer: admin, filter })
  return { format, total, source: visitSource(asked) }
}

/** What the API would have been asked for. */
const given = ({ format, filter }: Options) => ({
  format,
  ...Object.fromEntries(filter.map((each) => [each.split('=')[0], true])),
})

const exists = (file: string) =>
  new UsageError(`${file} exists already; --force replaces it, or choose another name`)
