import type { Config } from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import type { Importer } from '../domain/importer.ts'
import type { Import } from '../domain/imports.ts'
import type { Store } from '../domain/store.ts'
import { claimImport } from '../importer/sell/claim.ts'
import { goOnImporting } from '../importer/sell/import-sell.ts'
import { ImportStopped } from '../importer/sell/ledger.ts'
import { sellOptions } from './import-sell.ts'

interface Running {
  readonly stopping: AbortController
  readonly ended: Promise<void>
}

/** The imports that the API has started in this server; they end with it, and can be gone on with. */
export class RunningImports implements Importer, AsyncDisposable {
  readonly #store: Store
  readonly #config: Config
  readonly #onError: (error: unknown) => void
  readonly #running = new Map<string, Running>()

  constructor(store: Store, config: Config, onError: (error: unknown) => void) {
    this.#store = store
    this.#config = config
    this.#onError = onError
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
    const ended = goOnImporting(claimed, options)
      .then(() => {})
      .catch((error: unknown) => {
        if (!(error instanceof ImportStopped)) this.#onError(error)
      })
      .finally(() => this.#running.delete(name))
    this.#running.set(name, { stopping, ended })
    return claimed
  }

  async stop(account: AccountKey, id: number): Promise<void> {
    const running = this.#running.get(`${account} ${id}`)
    running?.stopping.abort(new ImportStopped('the import was asked to stop'))
    await running?.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = [...this.#running.values()]
    for (const { stopping } of running) stopping.abort(new ImportStopped('the server stops'))
    await Promise.all(running.map(({ ended }) => ended))
  }
}
