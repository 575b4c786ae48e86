import { Agent, get } from 'node:http'

import type { Api } from './api.ts'

const tickMs = 5

/**
 * Asks for the path so many times per second, whether or not the answers keep up; each is timed
 * from the moment at which it was due.
 */
export class PacedReads implements AsyncDisposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  readonly #api: Api
  readonly #path: string
  readonly #timer: NodeJS.Timeout
  readonly #running = new Set<Promise<void>>()
  #tookMs: number[] = []

  constructor(api: Api, path: string, perSecond: number) {
    this.#api = api
    this.#path = path
    let dueMs = performance.now()
    this.#timer = setInterval(() => {
      for (; dueMs <= performance.now(); dueMs += 1000 / perSecond) this.#ask(dueMs)
    }, tickMs)
  }

  /** How long the reads since the last call took, in ms. */
  takeTimes(): number[] {
    const taken = this.#tookMs
    this.#tookMs = []
    return taken
  }

  #ask(dueMs: number): void {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const headers = { Authorization: `Bearer ${this.#api.token}`, Accept: 'application/json' }
    const { port } = this.#api
    const options = { host: '127.0.0.1', port, path: this.#path, agent: this.#agent, headers }
    const request = get(options, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a read answered ${response.statusCode}`))
      response.resume()
      response.once('end', () => {
        this.#tookMs.push(performance.now() - dueMs)
        resolve()
      })
    })
    request.once('error', reject)
    this.#running.add(promise)
    void promise.finally(() => this.#running.delete(promise))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#running)
    this.#agent.destroy()
  }
}
