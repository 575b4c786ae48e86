import pg from 'pg'

import type { PoolLoad } from '../../domain/store-load.ts'
import { limits, type Ran, runOn } from './connection.ts'
import { isConnectionLoss, isCrowded, isSilence, isUnreachable } from './errors.ts'
import type { Primary } from './primary.ts'

/**
 * Shared by the pools of one server: when a connection does not answer, all that were last heard from
 * before it may be dead as well, since an idle connection does not notice lost packets. Times are of
 * the clock that never jumps.
 */
export class Suspicion {
  #beforeMs = Number.NEGATIVE_INFINITY
  readonly #onSuspected: () => void

  constructor(onSuspected: () => void = () => {}) {
    this.#onSuspected = onSuspected
  }

  /** A request of this time was not answered. */
  raise(askedMs: number): void {
    this.#beforeMs = Math.max(this.#beforeMs, askedMs)
    this.#onSuspected()
  }

  /** Whether a connection that was last heard from then should be closed. */
  fallsOn(heardMs: number): boolean {
    return heardMs < this.#beforeMs
  }
}

/** Connections to one server, each used by one caller at a time. */
export class PostgresPool implements AsyncDisposable {
  readonly #pool: pg.Pool
  readonly #answerMs: number
  readonly #suspicion: Suspicion
  readonly #primary: Primary | undefined
  readonly #open = new Set<pg.PoolClient>()
  readonly #heardMs = new WeakMap<pg.PoolClient, number>()
  readonly #takenMs = new WeakMap<pg.PoolClient, number>()

  /** `primary` is where connections lead to, if not always to the same server. */
  constructor(options: pg.ClientConfig, max: number, suspicion: Suspicion, primary?: Primary) {
    this.#answerMs = options.query_timeout ?? 0
    this.#suspicion = suspicion
    this.#primary = primary
    const following = primary && {
      Client: clientTo(primary),
      onConnect: (client: pg.ClientBase) => primary.welcome(client),
    }
    this.#pool = new pg.Pool({ ...options, max, idleTimeoutMillis: 30_000, ...following })
    // NOTE: a broken connection emits an error here as well as to its user; without a listener that
    // would end the process.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => {
      client.on('error', () => {})
      client.on('end', () => void this.#open.delete(client))
      this.#open.add(client)
      this.#heardMs.set(client, performance.now())
    })
  }

  /** Runs one statement over any connection. */
  async run(text: string, values: unknown[], isHot: boolean): Promise<Ran> {
    const client = await this.take()
    let failed: unknown
    try {
      return await runOn(client, text, values, isHot)
    } catch (error) {
      failed = error
      throw error
    } finally {
      this.give(client, failed)
    }
  }

  /** Runs the work in a transaction that this statement begins, and commits it. */
  async inTransaction<Result>(
    begin: string,
    work: (client: pg.PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.take()
    let failed: unknown
    let isUnusable = false
    try {
      await runOn(client, begin, [], false, limits.lockMs + limits.answerMs)
      const result = await work(client)
      const { command } = await client.query('commit')
      // An error that the work has caught makes PostgreSQL answer a commit with a rollback.
      if (command !== 'COMMIT') throw new Error('the transaction had failed and was not committed')
      return result
    } catch (error) {
      failed = error
      isUnusable = isConnectionLoss(error)
      if (!isUnusable) await client.query('rollback').catch(() => (isUnusable = true))
      throw error
    } finally {
      this.give(client, failed, isUnusable)
    }
  }

  /** Takes a connection, which the caller has to give back. */
  async take(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await this.#connect()
      if (this.#suspicion.fallsOn(this.#heardMs.get(client) ?? 0)) {
        drop(client)
        continue
      }
      this.#takenMs.set(client, performance.now())
      return client
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      if (isCrowded(error) || !isUnreachable(error)) throw error
      if (!(await this.#primary?.locate())) throw error
      return await this.#pool.connect()
    }
  }

  /** `failed`: the error of the last statement, if it failed. */
  give(client: pg.PoolClient, failed: unknown, isUnusable = isConnectionLoss(failed)): void {
    const now = performance.now()
    if (isSilence(failed)) {
      this.#suspicion.raise(Math.max(this.#takenMs.get(client) ?? 0, now - this.#answerMs))
    }
    if (isUnusable) return drop(client)
    this.#heardMs.set(client, now)
    client.release()
  }

  load(): Omit<PoolLoad, 'name'> {
    const { totalCount: open, idleCount: idle, waitingCount: waiting } = this.#pool
    return { open, idle, waiting }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // NOTE: the driver waits for the server's answer, which may be unreachable.
    const timer = setTimeout(() => {
      for (const client of this.#open) client.connection.stream.destroy()
    }, limits.endMs)
    const ended = [...this.#open].map(
      (client) => new Promise<void>((resolve) => client.on('end', resolve)),
    )
    await Promise.all([this.#pool.end(), ...ended])
    clearTimeout(timer)
  }
}

/** A client of the driver that connects to where the primary is then. */
const clientTo = (primary: Primary) =>
  class extends pg.Client {
    constructor(options?: string | pg.ClientConfig) {
      super({ ...(typeof options === 'object' && options), connectionString: primary.url })
    }
  }

/** NOTE: without `destroy` the pool would wait for the server before it reuses the place. */
function drop(client: pg.PoolClient): void {
  client.connection.stream.destroy()
  client.release(true)
}
