import { setTimeout as pause } from 'node:timers/promises'

import type { Config } from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import { type Importer, isRunning } from '../domain/importer.ts'
import type { Import } from '../domain/imports.ts'
import type { Store } from '../domain/store.ts'
import { claimImport } from '../importer/sell/claim.ts'
import { resumeImport } from '../importer/sell/import-sell.ts'
import { ImportStopped } from '../importer/sell/ledger.ts'
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
  readonly #stopListening: () => void

  constructor(store: Store, config: Config, failures: ImportFailures) {
    this.#store = store
    this.#config = config
    this.#failures = failures
    this.#stopListening = store.onWoken(stopAsked, () => {
      this.#abortStopped().catch(failures.onStopUnread)
    })
  }

  async start(
    account: AccountKey,
    { token, follow }: { readonly token: string; readonly follow: boolean },
  ): Promise<Import> {
    const stopping = new AbortController()
    const options = {
      ...sellOptions(this.#store, account, this.#config, token),
      follow,
      signal: stopping.signal,
      onProgress: () => {},
      onRejected: () => {},
    }
    const claimed = await claimImport(this.#store, account, 'sell', options.baseUrl, options)
    const name = `${account} ${claimed.id}`
    const ended = resumeImport(claimed, options)
      .then(() => {})
      .catch((error: unknown) => {
        if (!(error instanceof ImportStopped)) this.#failures.onFailed(error)
      })
      .finally(() => this.#running.delete(name))
    this.#running.set(name, { account, id: claimed.id, stopping, ended })
    return claimed
  }

  async stop(account: AccountKey, id: number): Promise<void> {
    this.#store.wake(stopAsked)
    const running = this.#running.get(`${account} ${id}`)
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
      if (found?.isStopAsked) stopping.abort(askedToStop())
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopListening()
    const running = [...this.#running.values()]
    for (const { stopping } of running) stopping.abort(new ImportStopped('the server is stopping'))
    await Promise.all(running.map(({ ended }) => ended))
  }
}

const askedToStop = (): ImportStopped => new ImportStopped('the import was asked to stop')
