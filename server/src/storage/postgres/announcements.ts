import { JobListeners } from '../job-listeners.ts'

/** How long announcements are gathered. */
const gatherMs = 20
/** Bytes of one announcement; PostgreSQL takes 8,000. */
const payloadMax = 7_900
/** Stands for accounts that do not fit, or that may have been missed. */
const anyAccount = '*'

/** What this process and the others on the database announce to each other. */
export class Announcements {
  /** Distinguishes this process's announcements from those of others. */
  readonly #origin = crypto.randomUUID()
  readonly #send: (payload: string) => Promise<void>
  readonly #listeners = new Set<(account: number | undefined) => void>()
  readonly #jobListeners = new JobListeners()
  readonly #accounts = new Set<number>()
  readonly #jobs = new Set<string>()
  #sending: NodeJS.Timeout | undefined

  /** `send` must not throw: others poll as well, so a lost announcement costs them a second. */
  constructor(send: (payload: string) => Promise<void>) {
    this.#send = send
  }

  /** Calls this process's listeners at once, and those of the others soon. */
  announce(account: number): void {
    for (const listener of this.#listeners) listener(account)
    this.#accounts.add(account)
    this.#sending ??= setTimeout(() => void this.#sendAll(), gatherMs)
  }

  announceJob(name: string): void {
    this.#jobListeners.call(name)
    this.#jobs.add(name)
    this.#sending ??= setTimeout(() => void this.#sendAll(), gatherMs)
  }

  onAnnounced(listener: (account: number | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  onJobAnnounced(name: string, listener: () => void): () => void {
    return this.#jobListeners.add(name, listener)
  }

  async #sendAll(): Promise<void> {
    this.#sending = undefined
    const accounts = [...this.#accounts].join(',')
    const jobs = [...this.#jobs].join(',')
    this.#accounts.clear()
    this.#jobs.clear()
    const named = accounts.length > payloadMax - 100 ? anyAccount : accounts
    await this.#send(`${this.#origin}:${named}:${jobs}`)
  }

  /** What any process has sent; undefined when announcements may have been missed. */
  receive(payload: string | undefined): void {
    const [origin, accounts = anyAccount, jobs = ''] = payload?.split(':') ?? []
    if (origin === this.#origin) return
    if (payload === undefined) this.#jobListeners.call(undefined)
    for (const job of jobs.split(',')) this.#jobListeners.call(job)
    const named = accounts.split(',').filter((account) => account !== '')
    for (const text of named) {
      const account = text === anyAccount ? undefined : Number(text)
      for (const listener of this.#listeners) listener(account)
    }
  }

  /** Sends what is gathered. */
  async flush(): Promise<void> {
    clearTimeout(this.#sending)
    if (this.#accounts.size + this.#jobs.size > 0) await this.#sendAll()
  }
}
