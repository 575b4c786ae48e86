import { type Database, type LogDraft, recordKey } from './database.ts'

const delayMs = 300
/** A draft without a note is only what was tapped: it soon means another door. */
const tappedMs = 30 * 60_000

const isWorth = ({ note, at }: LogDraft): boolean =>
  note.trim() !== '' || Date.now() - at < tappedMs

const keyOf = ({ resourceType, resourceId }: LogDraft): string | null =>
  resourceType === null || resourceId === null ? null : recordKey(resourceType, resourceId)

/** What was typed into the log sheet, by whom it is about, which closing it does not lose. */
export class Drafts {
  readonly #database: Database
  readonly #pending = new Map<string, LogDraft>()
  readonly #ending = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(database: Database) {
    this.#database = database
    const { signal } = this.#ending
    const writeIfHidden = (): void => {
      if (document.hidden) this.#writeUnasked()
    }
    document.addEventListener('visibilitychange', writeIfHidden, { signal })
    // Another tab has a newer version of the app: nothing can be written from now on.
    database.addEventListener('versionchange', () => this.#writeUnasked(), { signal })
  }

  async read(key: string): Promise<LogDraft | undefined> {
    return this.#pending.get(key) ?? this.#database.get('drafts', key)
  }

  /** The one that was worked on last, other than that of a customer, by its key. */
  async latest(except?: string): Promise<LogDraft | undefined> {
    await this.write()
    const drafts = await this.#database.getAll('drafts')
    return drafts
      .filter((draft) => keyOf(draft) !== null && keyOf(draft) !== except && isWorth(draft))
      .toSorted((one, other) => other.at - one.at)[0]
  }

  /** Keeps the draft soon: each key that is typed calls this. */
  keep(key: string, draft: LogDraft): void {
    this.#pending.set(key, draft)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#writeUnasked(), delayMs)
  }

  /** Keeps now what waits to be kept. */
  async write(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#pending.size === 0) return
    const written = [...this.#pending]
    const transaction = this.#database.transaction('drafts', 'readwrite')
    await Promise.all([
      ...written.map(([key, draft]) => transaction.store.put(draft, key)),
      transaction.done,
    ])
    for (const [key, draft] of written) {
      if (this.#pending.get(key) === draft) this.#pending.delete(key)
    }
  }

  /** What cannot be written waits for the next time. */
  #writeUnasked(): void {
    this.write().catch((error: unknown) => console.warn('A draft was not written:', error))
  }

  /** Ends it, after what waits is written. */
  async close(): Promise<void> {
    this.#ending.abort()
    await this.write()
  }

  async drop(key: string): Promise<void> {
    this.#pending.delete(key)
    await this.#database.delete('drafts', key)
  }
}
