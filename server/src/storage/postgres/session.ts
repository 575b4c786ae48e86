import pg from 'pg'

import { endClient } from './connection.ts'
import { isSilence } from './errors.ts'

const channel = 'doorstep'
/** The first half of every claim's key, which separates them from other programs' locks. */
export const lockSpace = 1_685_024_626
const reconnectMs = 500
/** How long to wait for a server process that is asked to end. */
const goneMs = 1_000

/**
 * The one connection that outlives statements: it holds this process's claims and receives what other
 * processes announce. When it is lost, so are the claims, and another process may take them.
 */
export class PostgresSession implements AsyncDisposable {
  readonly #options: pg.ClientConfig
  readonly #onReceived: (payload: string | undefined) => void
  readonly #claims = new Set<string>()
  /** In use or being opened; every other connection has been closed. */
  #current: Current | undefined
  /** The server process that held the claims last. */
  #backend: Backend | undefined
  #reconnecting: NodeJS.Timeout | undefined
  #isListening = false
  #isClosed = false

  /** `onReceived` gets undefined when announcements may have been missed. */
  constructor(options: pg.ClientConfig, onReceived: (payload: string | undefined) => void) {
    this.#options = options
    this.#onReceived = onReceived
  }

  /** Whether this process holds the claim; takes it if no process does. */
  async claim(name: string): Promise<boolean> {
    try {
      // A dead connection says nothing about the server: a new one does.
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

  /** Tests the connection, which may be dead. */
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
      this.#onReceived(undefined)
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

  /** Runs one statement; any failure closes the connection. */
  async #ask(text: string, values: unknown[] = []): Promise<boolean> {
    const current = (this.#current ??= this.#connect())
    try {
      await current.ready
      const { rows } = await current.client.query<{ is: unknown }>(text, values)
      // A connection that was lost meanwhile holds nothing.
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
    client.on('notification', ({ payload }) => this.#onReceived(payload ?? ''))
    client.on('end', () => this.#lose(current))
    // Whoever awaits it gets the failure.
    ready.catch(() => {})
    return current
  }

  /** NOTE: a standby grants locks as well, of which the primary knows nothing. */
  async #prepare(client: pg.Client): Promise<void> {
    await client.connect()
    const { rows } = await client.query<Backend & { isStandby: boolean }>(
      `select pid, backend_start::text as "startedAt", pg_is_in_recovery() as "isStandby"
       from pg_stat_activity where pid = pg_backend_pid()`,
    )
    const [own] = rows
    if (!own || own.isStandby) throw new Error('this server is a standby')
    if (this.#backend) await endBackend(client, this.#backend)
    // Only now: if ending it fails, the next connection has to end the same process.
    this.#backend = own
  }

  #lose(lost: Current): void {
    // NOTE: the end of an earlier connection says nothing about its successor.
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
    // NOTE: closed in order, a connection that is still opening would never settle its promise.
    else current?.client.connection.stream.destroy()
  }
}

interface Current {
  readonly client: pg.Client
  readonly ready: Promise<void>
  isReady: boolean
}

/** A process of the server; its number alone is reused. */
interface Backend {
  readonly pid: number
  readonly startedAt: string
}

/** Ends a server process that has not noticed the loss of its client, and still holds the claims. */
async function endBackend(client: pg.Client, { pid, startedAt }: Backend): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid, ${goneMs}) from pg_stat_activity
     where pid = $1 and backend_start = $2::timestamptz`,
    [pid, startedAt],
  )
}

/** The statement that announces a payload, its only parameter. */
export const announcement = `select pg_notify('${channel}', $1)`
