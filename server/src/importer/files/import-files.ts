import type { AccountKey } from '../../domain/accounts.ts'
import type { Clock } from '../../domain/clock.ts'
import type { TableOptions } from '../../domain/file-imports.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { csvPieces, kindOfFile } from '../csv/csv-pieces.ts'
import { Names } from '../csv/names.ts'
import type { TableReading } from '../csv/open-table.ts'
import { readingsOf } from '../csv/presets.ts'
import { readingOf, rulesOf } from '../csv/table-options.ts'
import { itemPieces } from '../item-pieces.ts'
import { type ImportCounts, type Piece, runImport } from '../run-import.ts'
import { SourceError } from '../source-error.ts'
import { FileLedger } from './ledger.ts'
import { holdsItems, inOrder, requireReadable, type Source } from './sources.ts'

/** Rows that are rejected before the import gives up. */
const rejectedRowsMax = 100_000

/** An import of files that was claimed. */
export interface FileImport {
  readonly store: Store
  readonly account: AccountKey
  readonly claimed: Import
  readonly sources: readonly Source[]
  /** Files that came with them and hold nothing that is imported. */
  readonly others?: readonly string[]
  /** Why nothing is imported. */
  readonly problem?: string
  readonly options: TableOptions
  readonly clock: Clock
  readonly newEventId: () => string
  /** Ends the import; it counts as interrupted then. */
  readonly signal: AbortSignal
}

/** The import was asked to stop. */
class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** Imports files to their ends, and notes in the store how it went. Throws what is a bug. */
export async function importFiles(given: FileImport): Promise<void> {
  await using ledger = new FileLedger(given, given.claimed)
  try {
    await readAll(given, ledger)
    await ledger.end({ phase: 'done', lastError: null })
  } catch (error) {
    if (error instanceof Stopped) return ledger.end({ lastError: null })
    if (error instanceof SourceError) return ledger.end({ lastError: error.message })
    await ledger.end({ lastError: 'An error of the server ended the import: see its log.' })
    throw error
  }
}

async function readAll(given: FileImport, ledger: FileLedger): Promise<void> {
  const { sources, others = [], problem, options, signal } = given
  if (problem !== undefined) throw new SourceError(problem)
  const reading = readingOf(options)
  const items: Source[] = []
  for (const source of sources) if (await holdsItems(source)) items.push(source)
  const tables = sources.filter((source) => !items.includes(source))
  const readings =
    options.preset && tables.length > 0
      ? await readingsOf(options.preset, tables, reading)
      : undefined
  const takenTables = tables.filter((source) =>
    readings ? readings.has(source) : (reading.kind ?? kindOfFile(source.name)) !== undefined,
  )
  const taken = [...(await inOrder(items)), ...takenTables]
  if (taken.length === 0) {
    throw new SourceError('no file is named leads, contacts or visits: say what they hold (kind)')
  }
  const notTaken = sources.filter((source) => !taken.includes(source)).map(({ name }) => name)
  ledger.note({
    notTaken: [...notTaken, ...others],
    files: taken.map(({ name }) => ({ name, rejected: 0 })),
  })
  for (const source of taken) {
    await requireReadable(source, reading.encoding, () => requireRunning(signal, ledger))
  }
  await readItems(taken.slice(0, items.length), given, ledger)
  await readTables(takenTables, given, ledger, readings)
}

async function readItems(
  items: readonly Source[],
  given: FileImport,
  ledger: FileLedger,
): Promise<void> {
  const { kind: type, encoding } = given.options
  for (const { name } of items) ledger.noteItems(name, new Map())
  const pieces = itemPieces(items, {
    type,
    encoding,
    onBytes: (count) => ledger.addBytes(count),
    onFile: ({ name }, leftOut) => ledger.noteItems(name, leftOut),
    onCut({ name }, reason) {
      throw new SourceError(`${name}: ${reason}. Send a whole file: nothing is stored twice.`)
    },
  })
  await run(pieces, given, ledger, false)
}

async function readTables(
  taken: readonly Source[],
  given: FileImport,
  ledger: FileLedger,
  readings: ReadonlyMap<Source, TableReading> | undefined,
): Promise<void> {
  const { store, account, clock, options } = given
  const isDryRun = options.isDryRun === true
  const reading = readingOf(options)
  const names = await Names.read({ store, account, clock, isDryRun }, rulesOf(options))
  const pieces = csvPieces(taken, {
    store,
    account,
    names,
    reading,
    ...(readings && { readings }),
    isDryRun,
    onBytes: (count) => ledger.addBytes(count),
    onFile: (note) => ledger.noteFile(note),
  })
  // A row without times that was corrected has the times of the row before.
  await run(pieces, given, ledger, true)
  ledger.note({ unclearNames: names.users.unclear, made: names.made })
}

/** Imports the pieces, and adds to what was counted before. */
async function run(
  pieces: AsyncIterable<Piece>,
  given: FileImport,
  ledger: FileLedger,
  isPresent: boolean,
): Promise<void> {
  const { store, account, clock, options, newEventId } = given
  const isDryRun = options.isDryRun === true
  const before = ledger.counts
  const count = (so: Readonly<ImportCounts>) => ledger.count(sumOf(before, so))
  const counts = await runImport(watched(pieces, given, ledger), {
    store,
    account,
    clock,
    newEventId,
    isDryRun,
    isPresent,
    onRejected: (item) => ledger.reject(item),
    onProgress: count,
  })
  count(counts)
}

const sumOf = (one: Readonly<ImportCounts>, other: Readonly<ImportCounts>): ImportCounts => ({
  read: one.read + other.read,
  created: one.created + other.created,
  updated: one.updated + other.updated,
  unchanged: one.unchanged + other.unchanged,
  conflict: one.conflict + other.conflict,
  rejected: one.rejected + other.rejected,
})

const firstMax = 5

async function* watched(
  pieces: AsyncIterable<Piece>,
  { options, signal }: FileImport,
  ledger: FileLedger,
): AsyncGenerator<Piece> {
  const first = [...ledger.first]
  for await (const piece of pieces) {
    requireRunning(signal, ledger)
    await ledger.makeRoom()
    if (ledger.rejected > rejectedRowsMax) {
      throw new SourceError(
        `more than ${rejectedRowsMax.toLocaleString('en')} rows were rejected, so nothing more is ` +
          'read: look at the first of them, and correct the options',
      )
    }
    const { file, line } = piece
    if (options.isDryRun && first.length < firstMax && 'value' in piece) {
      first.push({ file, line, item: piece.value })
      ledger.note({ first })
    }
    yield piece
  }
}

function requireRunning(signal: AbortSignal, ledger: FileLedger): void {
  if (signal.aborted || ledger.isStopAsked) throw new Stopped('the import was asked to stop')
}
