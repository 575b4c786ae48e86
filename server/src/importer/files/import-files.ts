import type { AccountKey } from '../../domain/accounts.ts'
import type { TableOptions } from '../../domain/file-imports.ts'
import type { FilesProgress } from '../../domain/files-progress.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { csvPieces, kindOfFile } from '../csv/csv-pieces.ts'
import { Names } from '../csv/names.ts'
import { readingsOf } from '../csv/presets.ts'
import { readingOf, rulesOf } from '../csv/table-options.ts'
import { type Piece, runImport } from '../run-import.ts'
import { SourceError } from '../source-error.ts'
import { FileLedger } from './ledger.ts'
import { requireReadable, type Source } from './sources.ts'

/** Rows that are rejected before the import gives up. */
const rejectedRowsMax = 100_000

/** An import of files that was claimed. */
export interface FileImport {
  readonly store: Store
  readonly account: AccountKey
  readonly claimed: Import
  readonly sources: readonly Source[]
  /** Why nothing is imported. */
  readonly problem: string | undefined
  readonly options: TableOptions
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
  const { store, account, sources, problem, options, newEventId, signal } = given
  if (problem !== undefined) throw new SourceError(problem)
  const isDryRun = options.isDryRun === true
  const reading = readingOf(options)
  const readings = options.preset && (await readingsOf(options.preset, sources, reading))
  const taken = sources.filter((source) =>
    readings ? readings.has(source) : (reading.kind ?? kindOfFile(source.name)) !== undefined,
  )
  if (taken.length === 0) {
    throw new SourceError('no file is named leads, contacts or visits: say what they hold (kind)')
  }
  const notTaken = sources.filter((source) => !taken.includes(source)).map(({ name }) => name)
  ledger.note({ notTaken, files: taken.map(({ name }) => ({ name, rejected: 0 })) })
  for (const source of taken) {
    await requireReadable(source, reading.encoding, () => requireRunning(signal, ledger))
  }
  const names = await Names.read({ store, account, isDryRun }, rulesOf(options))
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
  const counts = await runImport(watched(pieces, given, ledger), {
    store,
    account,
    newEventId,
    isDryRun,
    // A row without times that was corrected has the times of the row before.
    isPresent: true,
    onRejected: (item) => ledger.reject(item),
    onProgress: (so) => ledger.count(so),
  })
  ledger.count(counts)
  ledger.note({ unclearNames: names.users.unclear, made: names.made })
}

const firstMax = 5

async function* watched(
  pieces: AsyncIterable<Piece>,
  { options, signal }: FileImport,
  ledger: FileLedger,
): AsyncGenerator<Piece> {
  const first: FilesProgress['first'][number][] = []
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
