import type { Database, LogDraft } from './database.ts'

const key = 'log'
const delayMs = 300

/** What was typed into the log sheet, which closing it does not lose. */
export class Drafts {
  readonly #database: Database
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(database: Database) {
    this.#database = database
  }

  read(): Promise<LogDraft | undefined> {
    return this.#database.get('drafts', key)
  }

  /** Keeps the draft soon: each key that is typed calls this. */
  keep(draft: LogDraft): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#database.put('drafts', draft, key), delayMs)
  }

  async drop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#database.delete('drafts', key)
  }
}
