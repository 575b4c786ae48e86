import pg from 'pg'

const channel = 'doorstep'
/** The first half of the key of each claim, which keeps them apart from other programs' locks. */
export const lockSpace = 1_685_024_626
const reconnectMs = 500

/**
 * The one connection that outlives statements: it holds this process's claims and hears what other
 * processes announce. When it is lost, so are the claims, and another process may take them.
 */
export class PostgresSession implements AsyncDisposable {
  readonly #options: pg.ClientConfig
  readonly #onHeard: (payload: string | undefined) => void
  readonly #claims = new Set<string>()
  #client: Promise<pg.Client> | undefined
  #isListening = false
  #isClosed = false

  /** `onHeard` gets undefined when announcements may have been missed. */
  constructor(options: pg.ClientConfig, onHeard: (payload: string | undefined) => void) {
    // NOTE: without these the server would keep the claims of a machine that is gone for hours.
    const detection =
      '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'
    this.#options = { ...options, options: detection }
    this.#onHeard = onHeard
  }

  /** Whether this process has the claim, which it takes when nobody has it. */
  async claim(name: string): Promise<boolean> {
    if (this.#isClosed) return false
    try {
      const client = await this.#connected()
      if (this.#claims.has(name)) {
        await client.query('select 1')
        return this.#claims.has(name)
      }
      const { rows } = await client.query<{ has: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) has',
        [lockSpace, name],
      )
      if (rows[0]?.has) this.#claims.add(name)
      return rows[0]?.has === true
    } catch {
      return false
    }
  }

  listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    void this.#keepListening()
  }

  async #keepListening(): Promise<void> {
    if (this.#isClosed) return
    try {
      const client = await this.#connected()
      await client.query(`listen ${channel}`)
      this.#onHeard(undefined)
    } catch {
      this.#client = undefined
      setTimeout(() => void this.#keepListening(), reconnectMs).unref()
    }
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect()
    return this.#client
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#options)
    const lose = () => {
      this.#claims.clear()
      this.#client = undefined
      client.removeListener('end', lose)
      if (this.#isListening) setTimeout(() => void this.#keepListening(), reconnectMs).unref()
    }
    client.on('error', () => {})
    client.on('notification', ({ payload }) => this.#onHeard(payload ?? ''))
    try {
      await client.connect()
    } catch (error) {
      this.#client = undefined
      throw error
    }
    client.on('end', lose)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#isListening = false
    const client = await this.#client?.catch(() => undefined)
    await client?.end().catch(() => {})
  }
}

/** The statement that announces a payload, its only value. */
export const announcement = `select pg_notify('${channel}', $1)`
