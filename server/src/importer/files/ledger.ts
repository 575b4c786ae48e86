import type { AccountKey } from '../../domain/accounts.ts'
import type { Clock } from '../../domain/clock.ts'
import type { RejectedRow } from '../../domain/file-imports.ts'
import type { FileProgress, FilesProgress } from '../../domain/files-progress.ts'
import type { Import, ImportError } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { noteImportEnd } from '../../rules/audited.ts'
import { findClaimed } from '../claims.ts'
import type { LeftOut } from '../connector-records.ts'
import type { FileNote } from '../csv/csv-pieces.ts'
import { type ImportCounts, noCounts, type RejectedItem } from '../run-import.ts'

const savedEveryMs = 1_000
const pendingMax = 2_000
const shownMax = 200
const leftOutMax = 100
const columnsMax = 500

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly clock: Clock
}

/** Notes in the store, every second, how far an import of files has come. */
export class FileLedger implements AsyncDisposable {
  readonly #target: Target
  #current: Import
  #files: FilesProgress
  #counts: ImportCounts = { ...noCounts }
  #pending: ImportError[] = []
  #turn: Promise<unknown> = Promise.resolve()
  readonly #timer: NodeJS.Timeout
  #failure: unknown

  constructor({ store, account, clock }: Target, claimed: Import) {
    const { files } = claimed.progress
    if (!files) throw new Error(`import ${claimed.id} is not of files`)
    this.#target = { store, account, clock }
    this.#current = claimed
    this.#files = files
    this.#timer = setInterval(() => {
      // NOTE: what fails is thrown where the import goes on.
      this.#save({}).catch((error: unknown) => (this.#failure ??= error))
    }, savedEveryMs)
  }

  get isStopAsked(): boolean {
    if (this.#failure !== undefined) throw this.#failure
    return this.#current.isStopAsked
  }

  get counts(): Readonly<ImportCounts> {
    return this.#counts
  }

  get first(): FilesProgress['first'] {
    return this.#files.first
  }

  get rejected(): number {
    return this.#files.files.reduce((sum, { rejected }) => sum + rejected, 0)
  }

  note(change: Partial<FilesProgress>): void {
    this.#files = { ...this.#files, ...change }
  }

  count(counts: Readonly<ImportCounts>): void {
    this.#counts = { ...counts }
  }

  addBytes(count: number): void {
    this.note({ bytesRead: this.#files.bytesRead + count })
  }

  noteFile({ file, headerLine, leftOut, columns }: FileNote): void {
    const note = {
      headerLine,
      leftOut: leftOut
        .slice(0, leftOutMax)
        .map(({ line, text }) => ({ line, text: text.slice(0, shownMax) })),
      columns: columns.slice(0, columnsMax),
    }
    this.#changeFile(file, () => ({ note }))
  }

  /** Notes what was left out of a file of items. */
  noteItems(file: string, leftOut: LeftOut): void {
    const items = [...leftOut].slice(0, columnsMax).map(([what, count]) => ({ what, count }))
    this.#changeFile(file, () => ({ note: { headerLine: null, leftOut: [], columns: [], items } }))
  }

  /** Stores the row with the next save. */
  reject({ file, line, index, field, reason, column, row, item }: RejectedItem): void {
    const place = this.#files.files.findIndex(({ name }) => name === file) + 1
    const text = row?.text ?? (typeof item === 'string' ? item : JSON.stringify(item))
    const rejected: RejectedRow = { file: place, line, column: column ?? null, text }
    const key = [digits(place, 5), digits(line, 12), digits(index, 12)].join(' ')
    const at = this.#target.clock()
    this.#pending.push({ key, field, reason, item: JSON.stringify(rejected), at })
    this.#changeFile(file, (so) => ({
      rejected: so.rejected + 1,
      ...(row && { header: row.header }),
    }))
  }

  #changeFile(file: string, change: (so: FileProgress) => Partial<FileProgress>): void {
    const files = [...this.#files.files]
    const at = files.findIndex(({ name }) => name === file)
    const found = files[at]
    if (found) files[at] = { ...found, ...change(found) }
    this.note({ files })
  }

  /** Saves rejected rows before they become too many to hold. */
  async makeRoom(): Promise<void> {
    if (this.#pending.length >= pendingMax) await this.#save({})
  }

  /** Saves how it ended; the import runs no more. */
  async end(change: Partial<Pick<Import, 'phase' | 'lastError'>>): Promise<void> {
    clearInterval(this.#timer)
    await this.#save({ ...change, finishedAt: this.#target.clock(), runner: null })
  }

  #save(change: Partial<Import>): Promise<void> {
    const turn = this.#turn.then(async () => {
      const { store, account, clock } = this.#target
      const { id, runner } = this.#current
      const pending = this.#pending.splice(0)
      const now = clock()
      const after = await store.write(account, async (tx) => {
        const { isStopAsked } = await findClaimed(tx, id, runner ?? '')
        await tx.imports.addErrors(id, pending)
        const progress = { ...this.#current.progress, counts: this.#counted, files: this.#files }
        const times = { updatedAt: now, heartbeatAt: now }
        const after = { ...this.#current, ...change, ...times, progress, isStopAsked }
        await tx.imports.save(after)
        if (after.runner === null) await noteImportEnd(tx, 'server', after)
        return after
      })
      this.#current = after
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  get #counted() {
    const { conflict, ...counts } = this.#counts
    return { ...counts, conflicts: conflict, rejected: this.rejected, events: 0 }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#turn
  }
}

const digits = (number: number, length: number): string => String(number).padStart(length, '0')
