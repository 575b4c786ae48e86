import { Readable } from 'node:stream'

import type * as contract from '@doorstep/contract/file-imports'

import type { AccountKey } from '../domain/accounts.ts'
import type { FileImporter, TableOptions, TablePreview, Upload } from '../domain/file-imports.ts'
import type { Store } from '../domain/store.ts'
import { ApiError, fieldProblem, invalidParameter, throwProblems } from './errors.ts'
import { importerOf, readRejectedRow, toAnswer } from './import-answers.ts'
import type { Call, Handler } from './request/call.ts'
import { readForm } from './request/forms.ts'
import { idOf, notFound } from './request/ids.ts'
import { printItem } from './request/pages.ts'

export const createFileImport: Handler<typeof contract.createFileImport> = async (call) => {
  const { actor } = call
  const { files } = importerOf(call)
  const upload = await files.receive()
  let isTaken = false
  try {
    const options = await readOptions(call, files, upload)
    const started = await files.start(actor.accountKey, upload, options, actor)
    isTaken = true
    return printItem('import', await toAnswer(call, started))
  } finally {
    if (!isTaken) await upload[Symbol.asyncDispose]()
  }
}

export const previewFileImport: Handler<typeof contract.previewFileImport> = async (call) => {
  const { files } = importerOf(call)
  await using upload = await files.receive()
  const options = await readOptions(call, files, upload)
  const previews = await files.preview(call.actor.accountKey, upload, options)
  const attributes = files.attributes()
  return printItem('file_preview', { files: previews.map(printPreview), attributes })
}

/** Throws ApiError. */
async function readOptions(
  { request, operation }: Pick<FormCall, 'request' | 'operation'>,
  files: FileImporter,
  upload: Upload,
): Promise<TableOptions> {
  const given = await readForm(request, operation, upload)
  const options: TableOptions = {
    kind: given.kind,
    map: given.map,
    isWholeMap: given.only_mapped,
    encoding: given.encoding,
    separator: given.separator,
    headerRow: given.header_row,
    sheet: given.sheet,
    timeZone: given.time_zone,
    dateFormats: given.date_formats,
    hasExcelDates: given.excel_dates,
    unknownUser: given.unknown_user,
    unknownOutcome: given.unknown_outcome,
    users: given.users,
    outcomes: given.outcomes,
    unknownUsers: given.unknown_users,
    unknownOutcomes: given.unknown_outcomes,
    isDryRun: given.dry_run,
    source: given.source,
    preset: given.preset,
  }
  const problems = files.problemsOf(options).map(({ option, why }) => {
    const name = option.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return fieldProblem(operation.resource, `/${name}`, 'incorrect_value', why)
  })
  throwProblems(problems)
  return options
}

type FormCall = Call<typeof contract.createFileImport | typeof contract.previewFileImport>

const printPreview = (found: TablePreview): contract.TablePreview => ({
  name: found.name,
  size: found.sizeBytes,
  problem: found.problem,
  option: found.option,
  format: found.format,
  kind: found.kind,
  preset: found.preset && {
    name: found.preset.name,
    product: found.preset.product,
    table: found.preset.table,
    is_used: found.preset.isUsed,
  },
  encoding: found.encoding,
  separator: found.separator,
  sheets: [...found.sheets],
  header_row: found.headerLine,
  left_out: [...found.leftOut],
  columns: found.columns.map((column) => ({ ...column, samples: [...column.samples] })),
  rows: found.rows.map((row) => ({ ...row, cells: [...row.cells] })),
  looked_at: found.looked,
  items_not_imported: [...found.itemsLeftOut],
  is_whole: found.isWhole,
  unclear_times: found.unclearTimes && {
    example: found.unclearTimes.example,
    day_first: found.unclearTimes.dayFirst,
    month_first: found.unclearTimes.monthFirst,
    either: found.unclearTimes.either,
    day_first_formats: [...found.unclearTimes.dayFirstFormats],
    month_first_formats: [...found.unclearTimes.monthFirstFormats],
  },
  unknown_users: [...found.unknownUsers],
  unknown_outcomes: [...found.unknownOutcomes],
})

const rowsPerRead = 1_000

export const exportRejectedRows: Handler<typeof contract.exportRejectedRows> = async (call) => {
  const { store, actor, params, query, reply, request, exports } = call
  const id = idOf(params)
  const found = await store.imports.find(actor.accountKey, id)
  const file = query.file ?? 1
  const { name, header, note, rejected } = found?.progress.files?.files[file - 1] ?? {}
  if (!found) throw notFound('import', params)
  const isTable = header !== undefined
  if (name === undefined || !(isTable || (note?.items && rejected))) {
    const why = `must be the place of a file with rejected rows, given: ${file}`
    throw new ApiError([invalidParameter('file', why)])
  }
  exports.requireRoom(actor.accountKey)
  reply.headers({
    'Content-Type': `${isTable ? 'text/csv' : 'application/x-ndjson'}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="rejected-${plainName(name)}.${isTable ? 'csv' : 'ndjson'}"`,
    'Cache-Control': 'no-store',
  })
  if (request.method === 'HEAD') return Readable.from([])
  return exports.begin(actor.accountKey, rejectedRows(store, actor.accountKey, id, file, header))
}

const plainName = (name: string): string =>
  name
    .replace(/\.(csv|tsv|txt|xlsx|json|ndjson|jsonl|gz|zip)(\.gz)?$/i, '')
    .replaceAll(/[^\w.-]+/g, '-')

async function* rejectedRows(
  store: Store,
  account: AccountKey,
  id: number,
  file: number,
  header: string | undefined,
): AsyncGenerator<Uint8Array> {
  // NOTE: by the mark, the file is read as UTF-8 whatever encoding is given with it.
  if (header !== undefined) yield Buffer.from(`\uFEFF${header}\n`)
  for (let after = ''; ;) {
    const errors = await store.imports.listErrors(account, id, rowsPerRead, after)
    const rows = errors.map(({ item }) => readRejectedRow(item))
    const text = rows.filter((row) => row.file === file).map((row) => `${row.text}\n`)
    if (text.length > 0) yield Buffer.from(text.join(''))
    const last = errors.at(-1)
    if (!last) return
    after = last.key
  }
}
