import type { ChildProcess } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

import { spawnDoorstep } from './doorstep.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: {
    readonly data: { readonly id: number; readonly token?: string; readonly last_name?: string }
    readonly items: readonly { readonly data: { readonly id: number } }[]
  }
}

export interface Sending {
  readonly token?: string
  readonly data?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** One TCP connection, which one process answers as long as it lives. */
export class Connection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string
  /** The process at its other end has exited. */
  isBroken = false
  #isWatched = false

  constructor(url: string) {
    this.#url = url
  }

  send(method: string, path: string, { token, data, headers }: Sending = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(`${this.#url}${path}`, {
        agent: this.#agent,
        method,
        headers: {
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
          ...(data && { 'Content-Type': 'application/json' }),
          ...headers,
        },
      })
      outgoing.once('socket', (socket) => {
        if (!this.#isWatched) socket.once('close', () => (this.isBroken = true))
        this.#isWatched = true
      })
      outgoing.once('error', reject)
      outgoing.once('response', (answer) => {
        text(answer).then((body) => {
          const { statusCode: status = 0 } = answer
          resolve({ status, headers: answer.headers, body: body === '' ? {} : JSON.parse(body) })
        }, reject)
      })
      outgoing.end(data && JSON.stringify({ data }))
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

export interface ServedByWorkers {
  readonly child: ChildProcess
  readonly url: string
  /** Everything on standard output so far. */
  readonly output: readonly string[]
  /** Of the first account. */
  readonly token: string
  /** Everything that was logged so far. */
  readonly log: readonly string[]
  /** Process ids of all workers that were started, the newest last. */
  pids(): number[]
}

/** Starts a server of three workers and waits until it listens. */
export async function serveByWorkers(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServedByWorkers> {
  const options = { RATE_LIMIT_PER_HOUR: '0', LOG_LEVEL: 'info', ...env }
  const child = spawnDoorstep(['serve', '--workers', '3'], dataDir, options)
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('no pipes')
  const output: string[] = []
  const log: string[] = []
  createInterface({ input: stderr }).on('line', (line) => log.push(line))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it did not start: ${log.join('\n')}`)))
    createInterface({ input: stdout }).on('line', (line) => {
      output.push(line)
      const found = /^listening on (https?:\S+)$/.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const token = /^ {2}([0-9a-f]{64})$/m.exec(output.join('\n'))?.[1] ?? ''
  const pids = (): number[] =>
    log
      .filter((line) => line.includes('worker started'))
      .map((line) => Number(/"worker":(\d+)/.exec(line)?.[1]))
  return { child, url, output, token, log, pids }
}
