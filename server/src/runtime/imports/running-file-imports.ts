import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { AuditActor } from '../../domain/audit.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type {
  FileImporter,
  OptionProblem,
  TableOptions,
  TablePreview,
  TableRowKind,
  Upload,
} from '../../domain/file-imports.ts'
import { newProgress } from '../../domain/import-progress.ts'
import { isRunning } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { defaultSource } from '../../importer/csv/csv-pieces.ts'
import { ExternalIds } from '../../importer/csv/external-ids.ts'
import { Names } from '../../importer/csv/names.ts'
import { emptyPreview, previewTable } from '../../importer/csv/preview.ts'
import { attributesOf } from '../../importer/csv/table-attributes.ts'
import { problemsOfOptions, readingOf, rulesOf } from '../../importer/csv/table-options.ts'
import { importFiles } from '../../importer/files/import-files.ts'
import { holdsItems } from '../../importer/files/sources.ts'
import { previewItems } from '../../importer/item-preview.ts'
import { noteImport } from '../../rules/audited.ts'
import { newEventId } from '../secrets.ts'
import { isAlive, newRunner } from './runners.ts'
import { sourcesOf } from './sent-sources.ts'
import { SentFiles, Uploads } from './uploads.ts'

/** How often files are deleted that other processes have left: a killed container has no next start. */
const clearMs = 3_600_000

interface Running {
  readonly stopping: AbortController
  readonly ended: Promise<void>
}

interface FileImportSettings extends Pick<Config, 'dataDir'> {
  readonly clock: Clock
}

/** Imports of files that were sent to this process; they end with it. */
export class RunningFileImports implements FileImporter, AsyncDisposable {
  readonly #store: Store
  readonly #clock: Clock
  readonly #uploads: Uploads
  readonly #runner = newRunner()
  readonly #onFailed: (error: unknown) => void
  readonly #running = new Map<string, Running>()
  #cleared: Promise<void>
  readonly #clearing: NodeJS.Timeout

  constructor(
    store: Store,
    { dataDir, clock }: FileImportSettings,
    onFailed: (error: unknown) => void,
  ) {
    this.#store = store
    this.#clock = clock
    this.#onFailed = onFailed
    this.#uploads = new Uploads(dataDir, this.#runner)
    const clear = () => this.#uploads.clear(clock()).catch(onFailed)
    this.#cleared = clear()
    this.#clearing = setInterval(() => {
      this.#cleared = clear()
    }, clearMs).unref()
  }

  problemsOf(options: TableOptions): OptionProblem[] {
    return problemsOfOptions(options)
  }

  attributes(): Readonly<Record<TableRowKind, string[]>> {
    const { visit, lead, contact } = attributesOf
    return { visit: [...visit], lead: [...lead], contact: [...contact] }
  }

  async receive(): Promise<SentFiles> {
    await this.#cleared
    return this.#uploads.begin()
  }

  async preview(
    account: AccountKey,
    upload: Upload,
    options: TableOptions,
  ): Promise<TablePreview[]> {
    const store = this.#store
    const target = { store, account, clock: this.#clock, isDryRun: true }
    const names = await Names.read(target, rulesOf(options))
    const known = new Map<string, ExternalIds>()
    const externalsOf = (source: string = defaultSource): ExternalIds => {
      const externals = known.get(source) ?? new ExternalIds(target, source)
      known.set(source, externals)
      return externals
    }
    const { preset } = options
    const previews: TablePreview[] = []
    for (const sent of sentIn(upload)) {
      const { sources, problem } = await sourcesOf([sent])
      const reading = readingOf(options)
      for (const source of sources) {
        const { kind: type, encoding } = options
        previews.push(
          (await holdsItems(source))
            ? await previewItems(source, { type, encoding })
            : await previewTable(source, { names, reading, externalsOf, preset }),
        )
      }
      if (problem !== undefined) {
        previews.push(emptyPreview(sent.name, sent.sizeBytes, problem))
      }
    }
    return previews
  }

  async start(
    account: AccountKey,
    upload: Upload,
    options: TableOptions,
    by: AuditActor,
  ): Promise<Import> {
    const sent = sentIn(upload)
    const claimed = await this.#claim(account, sent, options, by)
    const stopping = new AbortController()
    const { signal } = stopping
    const store = this.#store
    const clock = this.#clock
    const name = `${account} ${claimed.id}`
    const ended = sourcesOf(sent)
      .then((found) =>
        importFiles({ store, account, claimed, ...found, options, clock, newEventId, signal }),
      )
      .catch(this.#onFailed)
      .finally(async () => {
        this.#running.delete(name)
        await upload[Symbol.asyncDispose]()
      })
      .catch(this.#onFailed)
    this.#running.set(name, { stopping, ended })
    return claimed
  }

  /** One import of files runs for each account, in whatever process. */
  #claim(
    account: AccountKey,
    sent: SentFiles['files'],
    options: TableOptions,
    by: AuditActor,
  ): Promise<Import> {
    return this.#store.write(account, async (tx) => {
      const now = this.#clock()
      const newest = await tx.imports.findNewest('files')
      if (newest?.runner && isRunning(newest, now) && isAlive(newest.runner) !== false) {
        throw new DomainError(
          'conflict',
          `Import ${newest.id} is still reading files. Wait for its end, or stop it first.`,
        )
      }
      // A dry run has stored nothing, so its report is of no use after the next one.
      if (newest?.progress.files?.isDryRun) await tx.imports.remove(newest.id)
      const id = await tx.imports.nextId()
      const claimed: Import = {
        id,
        source: 'files',
        baseUrl: `files:${id}`,
        phase: 'rows',
        progress: {
          ...newProgress,
          files: {
            isDryRun: options.isDryRun === true,
            bytes: sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
            bytesRead: 0,
            files: sent.map((file) => ({ name: file.name, rejected: 0 })),
            notTaken: [],
            unclearNames: [],
            made: { users: [], outcomes: [] },
            first: [],
          },
        },
        startedAt: now,
        updatedAt: now,
        finishedAt: null,
        runner: this.#runner,
        heartbeatAt: now,
        isStopAsked: false,
        lastError: null,
      }
      await tx.imports.save(claimed)
      await noteImport(tx, by, claimed)
      return claimed
    })
  }

  /** Stops the import if it runs in this process. */
  async stop(account: AccountKey, id: number): Promise<void> {
    const running = this.#running.get(`${account} ${id}`)
    running?.stopping.abort()
    await running?.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clearing)
    const running = [...this.#running.values()]
    for (const { stopping } of running) stopping.abort()
    await Promise.all(running.map(({ ended }) => ended))
    await this.#cleared
    await this.#uploads.remove()
  }
}

function sentIn(upload: Upload): SentFiles['files'] {
  if (upload instanceof SentFiles) return upload.files
  throw new Error('the files were received elsewhere')
}
