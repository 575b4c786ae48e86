import pg from 'pg'

import { limits, type Ran, runOn } from './connection.ts'
import { isConnectionLoss, isSilence } from './errors.ts'

/**
 * What the pools of one server have learned of their connections: where one has not answered, others
 * may be as dead without knowing, since nobody tells an idle connection that its packets are lost.
 * Times are of the clock that never jumps.
 */
export class Suspicion {
  #beforeMs = Number.NEGATIVE_INFINITY
  readonly #onSuspected: () => void

  constructor(onSuspected: () => void = () => {}) {
    this.#onSuspected = onSuspected
  }

  /** What was asked for then has not been answered. */
  raise(askedMs: number): void {
    this.#beforeMs = Math.max(this.#beforeMs, askedMs)
    this.#onSuspected()
  }

  /** Whether a connection that was heard last then is better given up. */
  fallsOn(heardMs: number): boolean {
    return heardMs < this.#beforeMs
  }
}

/** Connections to one server that are used by one at a time, and kept for the next. */
export class PostgresPool implements AsyncDisposable {
  readonly #pool: pg.Pool
  readonly #answerMs: number
  readonly #suspicion: Suspicion
  readonly #open = new Set<pg.PoolClient>()
  readonly #heardMs = new WeakMap<pg.PoolClient, number>()
  readonly #takenMs = new WeakMap<pg.PoolClient, number>()

  constructor(options: pg.ClientConfig, max: number, suspicion: Suspicion) {
    this.#answerMs = options.query_timeout ?? 0
    this.#suspicion = suspicion
    this.#pool = new pg.Pool({ ...options, max, idleTimeoutMillis: 30_000 })
    // NOTE: a connection that breaks says so here as well as to who uses it; unheard, it would end
    // the process.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => {
      client.on('error', () => {})
      client.on('end', () => void this.#open.delete(client))
      this.#open.add(client)
      this.#heardMs.set(client, performance.now())
    })
  }

  /** One statement over any connection. */
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

  /** A connection that is to be given back. */
  async take(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await this.#pool.connect()
      if (this.#suspicion.fallsOn(this.#heardMs.get(client) ?? 0)) {
        drop(client)
        continue
      }
      this.#takenMs.set(client, performance.now())
      return client
    }
  }

  /** `failed`: what the last statement ended with, if not well. */
  give(client: pg.PoolClient, failed: unknown, isUnusable = isConnectionLoss(failed)): void {
    const now = performance.now()
    if (isSilence(failed)) {
      this.#suspicion.raise(Math.max(this.#takenMs.get(client) ?? 0, now - this.#answerMs))
    }
    if (isUnusable) return drop(client)
    this.#heardMs.set(client, now)
    client.release()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // NOTE: the driver says goodbye and waits for the server, which may be beyond reach.
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

/** NOTE: the pool waits for a goodbye before it lets others have the place. */
function drop(client: pg.PoolClient): void {
  client.connection.stream.destroy()
  client.release(true)
}
