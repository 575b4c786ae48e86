import { setTimeout as pause } from 'node:timers/promises'

import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { AuditActor } from '../../domain/audit.ts'
import { notFound } from '../../domain/errors.ts'
import type { ImportVerification } from '../../domain/import-verifications.ts'
import { type Importer, type ImportStart, isRunning } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { SellRefusal } from '../../importer/sell/api/refusals.ts'
import { claimImport } from '../../importer/sell/claim.ts'
import { resumeImport } from '../../importer/sell/import-sell.ts'
import { ImportStopped } from '../../importer/sell/ledger.ts'
import { RunningFileImports } from './running-file-imports.ts'
import { RunningVerifications } from './running-verifications.ts'
import { sellOptions } from './sell-options.ts'

/** Announced to all processes when an import is asked to stop. */
const stopAsked = 'import stops'
/** An import in another process that misses the announcement polls every few seconds. */
const stopMaxMs = 6_000
const pollMs = 50

interface Running {
  readonly account: AccountKey
  readonly id: number
  readonly stopping: AbortController
  readonly ended: Promise<void>
}

/** Callbacks for failures. */
export interface ImportFailures {
  /** An import failed. */
  readonly onFailed: (error: unknown) => void
  /** Requests to stop could not be read; each import polls for them as well. */
  readonly onStopUnread: (error: unknown) => void
}

/** The imports that the API has started in this process; they stop with it, and can be resumed. */
export class RunningImports implements Importer, AsyncDisposable {
  readonly #store: Store
  readonly #config: Config
  readonly #failures: ImportFailures
  readonly #running = new Map<string, Running>()
  /** With tokens, which are stored nowhere else. */
  readonly #held = new Map<string, ImportStart>()
  /** Those that were asked to pause, until they start again or are stopped. */
  readonly #paused = new Set<string>()
  readonly #verifications: RunningVerifications
  readonly files: RunningFileImports
  readonly #stopListening: () => void

  constructor(store: Store, config: Config, failures: ImportFailures) {
    this.#store = store
    this.#config = config
    this.#failures = failures
    this.#verifications = new RunningVerifications(store, config, failures.onFailed)
    const { dataDir } = config
    this.files = new RunningFileImports(store, { dataDir, clock: Date.now }, failures.onFailed)
    this.#stopListening = store.onWoken(stopAsked, () => {
      this.#abortStopped().catch(failures.onStopUnread)
    })
  }

  get baseUrl(): string {
    return this.#config.sell.baseUrl
  }

  async start(
    account: AccountKey,
    { token, follow }: ImportStart,
    by: AuditActor,
  ): Promise<Import> {
    const stopping = new AbortController()
    const options = {
      ...sellOptions(this.#store, account, this.#config, token),
      by,
      follow,
      signal: stopping.signal,
      onProgress: () => {},
      onRejected: () => {},
    }
    const claimed = await claimImport(this.#store, account, 'sell', options.baseUrl, options)
    const name = nameOf(account, claimed.id)
    this.#held.set(name, { token, follow })
    this.#paused.delete(name)
    const ended = resumeImport(claimed, options)
      .then(() => void this.#held.delete(name))
      .catch((error: unknown) => {
        if (error instanceof SellRefusal && error.status === 401) this.#held.delete(name)
        if (!(error instanceof ImportStopped)) this.#failures.onFailed(error)
      })
      .finally(() => this.#running.delete(name))
    this.#running.set(name, { account, id: claimed.id, stopping, ended })
    return claimed
  }

  heldOf(account: AccountKey, id: number): ImportStart | undefined {
    return this.#held.get(nameOf(account, id))
  }

  async stop(account: AccountKey, id: number): Promise<void> {
    this.#paused.delete(nameOf(account, id))
    this.#held.delete(nameOf(account, id))
    await this.#end(account, id)
  }

  async pause(account: AccountKey, id: number): Promise<void> {
    this.#paused.add(nameOf(account, id))
    await this.#end(account, id)
  }

  async verify(
    account: AccountKey,
    id: number,
    given: { readonly token: string; readonly sampleSize: number },
  ): Promise<ImportVerification> {
    const found = await this.#store.imports.find(account, id)
    if (!found) throw notFound(`import ${id}`)
    return this.#verifications.start(account, found, given)
  }

  async #end(account: AccountKey, id: number): Promise<void> {
    this.#store.wake(stopAsked)
    await this.files.stop(account, id)
    const running = this.#running.get(nameOf(account, id))
    running?.stopping.abort(askedToStop())
    await running?.ended
    for (const deadline = Date.now() + stopMaxMs; Date.now() < deadline; await pause(pollMs)) {
      const found = await this.#store.imports.find(account, id)
      if (!found || !isRunning(found, Date.now())) return
    }
  }

  async #abortStopped(): Promise<void> {
    for (const { account, id, stopping } of this.#running.values()) {
      const found = await this.#store.imports.find(account, id)
      if (!found?.isStopAsked) continue
      // NOTE: another process may have been asked to drop the token rather than to pause.
      if (!this.#paused.has(nameOf(account, id))) this.#held.delete(nameOf(account, id))
      stopping.abort(askedToStop())
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopListening()
    const running = [...this.#running.values()]
    for (const { stopping } of running) stopping.abort(new ImportStopped('the server is stopping'))
    await Promise.all([
      ...running.map(({ ended }) => ended),
      this.#verifications[Symbol.asyncDispose](),
      this.files[Symbol.asyncDispose](),
    ])
  }
}

const nameOf = (account: AccountKey, id: number): string => `${account} ${id}`

const askedToStop = (): ImportStopped => new ImportStopped('the import was asked to stop')
