import pg from 'pg'

import { endClient } from './connection.ts'
import { isSilence } from './errors.ts'

const channel = 'doorstep'
/** The first half of the key of each claim, which keeps them apart from other programs' locks. */
export const lockSpace = 1_685_024_626
const reconnectMs = 500
/** How long a server process that is told to end is waited for. */
const goneMs = 1_000

/**
 * The one connection that outlives statements: it holds this process's claims and hears what other
 * processes announce. When it is lost, so are the claims, and another process may take them.
 */
export class PostgresSession implements AsyncDisposable {
  readonly #options: pg.ClientConfig
  readonly #onHeard: (payload: string | undefined) => void
  readonly #claims = new Set<string>()
  /** The one that is in use or on its way; every other one has been ended. */
  #current: Current | undefined
  /** Which server process held the claims last. */
  #backend: Backend | undefined
  #reconnecting: NodeJS.Timeout | undefined
  #isListening = false
  #isClosed = false

  /** `onHeard` gets undefined when announcements may have been missed. */
  constructor(options: pg.ClientConfig, onHeard: (payload: string | undefined) => void) {
    this.#options = options
    this.#onHeard = onHeard
  }

  /** Whether this process has the claim, which it takes when nobody has it. */
  async claim(name: string): Promise<boolean> {
    try {
      // A connection that turns out to be dead says nothing of the server: the next one does.
      return await this.#claimOnce(name).catch((error: unknown) => {
        if (!isSilence(error)) throw error
        return this.#claimOnce(name)
      })
    } catch {
      return false
    }
  }

  async #claimOnce(name: string): Promise<boolean> {
    if (this.#claims.has(name)) {
      await this.#ask('select 1')
      return this.#claims.has(name)
    }
    const lock = 'select pg_try_advisory_lock($1, hashtext($2)) is'
    const has = await this.#ask(lock, [lockSpace, name])
    if (has) this.#claims.add(name)
    return has
  }

  /** There is reason to doubt the connection. */
  check(): void {
    if (this.#current) this.#ask('select 1').catch(() => {})
  }

  listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    void this.#keepListening()
  }

  async #keepListening(): Promise<void> {
    try {
      await this.#ask(`listen ${channel}`)
      this.#onHeard(undefined)
    } catch {
      this.#listenLater()
    }
  }

  #listenLater(): void {
    if (!this.#isListening || this.#isClosed || this.#reconnecting) return
    this.#reconnecting = setTimeout(() => {
      this.#reconnecting = undefined
      void this.#keepListening()
    }, reconnectMs).unref()
  }

  /** Runs one statement; one that fails leaves no connection behind, whatever the reason. */
  async #ask(text: string, values: unknown[] = []): Promise<boolean> {
    const current = (this.#current ??= this.#connect())
    try {
      await current.ready
      const { rows } = await current.client.query<{ is: unknown }>(text, values)
      // One that was lost meanwhile holds nothing any more.
      return rows[0]?.is === true && this.#current === current
    } catch (error) {
      this.#lose(current)
      throw error
    }
  }

  #connect(): Current {
    if (this.#isClosed) throw new Error('the session is closed')
    const client = new pg.Client(this.#options)
    const ready = this.#prepare(client).then(() => void (current.isReady = true))
    const current: Current = { client, ready, isReady: false }
    client.on('error', () => {})
    client.on('notification', ({ payload }) => this.#onHeard(payload ?? ''))
    client.on('end', () => this.#lose(current))
    // Its failure is told to who waits for it.
    ready.catch(() => {})
    return current
  }

  /** NOTE: a standby takes locks, too, which nobody on the primary knows of. */
  async #prepare(client: pg.Client): Promise<void> {
    await client.connect()
    const { rows } = await client.query<Backend & { isStandby: boolean }>(
      `select pid, backend_start::text as "startedAt", pg_is_in_recovery() as "isStandby"
       from pg_stat_activity where pid = pg_backend_pid()`,
    )
    const [own] = rows
    if (!own || own.isStandby) throw new Error('this server is a standby')
    if (this.#backend) await endBackend(client, this.#backend)
    // Not before: where that fails, the next connection has to end the same one.
    this.#backend = own
  }

  #lose(lost: Current): void {
    // NOTE: the end of one that was given up long ago says nothing of its successor.
    if (this.#current !== lost) return
    this.#current = undefined
    this.#claims.clear()
    void endClient(lost.client)
    this.#listenLater()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#reconnecting)
    const current = this.#current
    this.#current = undefined
    this.#claims.clear()
    if (current?.isReady) await endClient(current.client)
    // NOTE: ended politely, it would never say to who waits for it that it is not to be.
    else current?.client.connection.stream.destroy()
  }
}

interface Current {
  readonly client: pg.Client
  readonly ready: Promise<void>
  isReady: boolean
}

/** A process of the server; its number alone comes again. */
interface Backend {
  readonly pid: number
  readonly startedAt: string
}

/** It does not know that its client is gone, and would keep the claims until it does. */
async function endBackend(client: pg.Client, { pid, startedAt }: Backend): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid, ${goneMs}) from pg_stat_activity
     where pid = $1 and backend_start = $2::timestamptz`,
    [pid, startedAt],
  )
}

/** The statement that announces a payload, its only value. */
export const announcement = `select pg_notify('${channel}', $1)`
