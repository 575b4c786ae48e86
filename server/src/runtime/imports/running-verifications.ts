import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import { type ImportVerification, verificationState } from '../../domain/import-verifications.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { requireRead, verifyAndSign } from './import-verification.ts'

const beatMs = 4_000

interface Given {
  readonly token: string
  readonly sampleSize: number
}

/** The comparisons of imports that the API has started in this process; they end with it. */
export class RunningVerifications implements AsyncDisposable {
  readonly #store: Store
  readonly #config: Config
  readonly #onFailed: (error: unknown) => void
  readonly #stopping = new AbortController()
  readonly #running = new Set<Promise<void>>()

  constructor(store: Store, config: Config, onFailed: (error: unknown) => void) {
    this.#store = store
    this.#config = config
    this.#onFailed = onFailed
  }

  /** Throws `conflict` while a comparison of this import runs, or the import is reading. */
  async start(account: AccountKey, of: Import, given: Given): Promise<ImportVerification> {
    requireRead(of)
    const now = Date.now()
    const started = await this.#store.write(account, async (tx) => {
      const before = await tx.imports.findVerification(of.id)
      if (before && verificationState(before, now) === 'running') {
        throw new DomainError(
          'conflict',
          `Import ${of.id} is being verified already. Wait until that has ended.`,
        )
      }
      const times = { startedAt: now, updatedAt: now, endedAt: null }
      const summary = before?.summary ?? null
      const begun = { importId: of.id, ...times, compared: 0, expected: 0, error: null, summary }
      await tx.imports.saveVerification(begun)
      return begun
    })
    const ended = this.#run(account, of, given, started)
      .catch(this.#onFailed)
      .finally(() => this.#running.delete(ended))
    this.#running.add(ended)
    return started
  }

  async #run(
    account: AccountKey,
    known: Import,
    { token, sampleSize }: Given,
    started: ImportVerification,
  ): Promise<void> {
    let current = started
    const save = (): Promise<void> => {
      current = { ...current, updatedAt: Date.now() }
      return this.#store.write(account, (tx) => tx.imports.saveVerification(current))
    }
    const beat = setInterval(() => save().catch(this.#onFailed), beatMs)
    try {
      const { summary } = await verifyAndSign(this.#store, account, this.#config, {
        token,
        known,
        sampleSize,
        signal: this.#stopping.signal,
        onProgress: (compared, expected) => {
          current = { ...current, compared, expected }
        },
      })
      current = { ...current, summary: JSON.stringify(summary) }
    } catch (error) {
      current = { ...current, error: error instanceof Error ? error.message : String(error) }
    } finally {
      clearInterval(beat)
    }
    current = { ...current, endedAt: Date.now() }
    await save()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort(new Error('the server was stopped; start the verification again'))
    await Promise.all(this.#running)
  }
}
