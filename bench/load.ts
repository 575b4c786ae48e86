import { connect, type Socket } from 'node:net'

/** What the connections of one load ask for. */
export interface Feed {
  /** The bytes of a connection's next request; `end` is the end of its last answer. */
  next(connection: number, end: string): Buffer
  /** How much of the end of an answer `next` wants to see. */
  readonly endLength: number
}

export interface LoadLimit {
  readonly seconds?: number
  readonly requests?: number
}

interface Budget {
  requestsLeft: number
  readonly deadlineMs: number
}

export interface LoadResult {
  readonly requests: number
  readonly seconds: number
}

const readBytes = 256 * 1024

/**
 * Keeps so many connections busy, each with one request at a time. Raw sockets, because an HTTP
 * client that understands everything would cost more than the servers that are measured: this one
 * understands answers with `Content-Length`, and every answer has to have the expected status.
 */
export class Load implements Disposable {
  readonly #connections: Connection[] = []
  readonly #open: Promise<unknown>

  constructor(port: number, feed: Feed, connections: number, status = 200) {
    // NOTE: one for all, because what was read is used up before the next socket reads.
    const buffer = Buffer.allocUnsafe(readBytes)
    for (let index = 0; index < connections; index++) {
      this.#connections.push(new Connection({ port, feed, index, buffer, status }))
    }
    this.#open = Promise.all(this.#connections.map(({ opened }) => opened))
  }

  /** Until the time is over or the requests are made, whichever comes first. */
  async run({ seconds = Infinity, requests = Infinity }: LoadLimit): Promise<LoadResult> {
    await this.#open
    const startMs = performance.now()
    const budget: Budget = { requestsLeft: requests, deadlineMs: startMs + seconds * 1000 }
    const counts = await Promise.all(this.#connections.map((each) => each.run(budget)))
    return {
      requests: counts.reduce((sum, count) => sum + count, 0),
      seconds: (performance.now() - startMs) / 1000,
    }
  }

  [Symbol.dispose](): void {
    for (const each of this.#connections) each.close()
  }
}

const notModified = 304
const headEnd = '\r\n\r\n'
const contentLength = /\r\nContent-Length: (\d+)/i

interface ConnectionOptions {
  readonly port: number
  readonly feed: Feed
  readonly index: number
  readonly buffer: Buffer
  readonly status: number
}

class Connection {
  readonly opened: Promise<void>
  readonly #socket: Socket
  readonly #feed: Feed
  readonly #index: number
  readonly #buffer: Buffer
  readonly #statusLine: string
  readonly #hasBody: boolean
  #head = ''
  /** Of the body that is being read; -1 while the head is. */
  #bytesLeft = -1
  #end = ''
  #count = 0
  #budget: Budget = { requestsLeft: 0, deadlineMs: 0 }
  #finish: (count: number) => void = () => {}
  #fail: (error: Error) => void = () => {}

  constructor({ port, feed, index, buffer, status }: ConnectionOptions) {
    this.#statusLine = `HTTP/1.1 ${status} `
    this.#hasBody = status !== notModified
    this.#feed = feed
    this.#index = index
    this.#buffer = buffer
    const callback = (length: number) => this.#read(length)
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback },
    })
    this.opened = new Promise((resolve, reject) => {
      this.#fail = reject
      this.#socket.once('connect', resolve)
    })
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('the server closed a connection')))
  }

  run(budget: Budget): Promise<number> {
    this.#budget = budget
    this.#count = 0
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
      this.#ask()
    })
  }

  close(): void {
    this.#fail = () => {}
    this.#socket.destroy()
  }

  #ask(): void {
    if (this.#budget.requestsLeft <= 0 || performance.now() >= this.#budget.deadlineMs) {
      this.#finish(this.#count)
      return
    }
    this.#budget.requestsLeft--
    const request = this.#feed.next(this.#index, this.#end)
    this.#end = ''
    this.#socket.write(request)
  }

  #read(length: number): boolean {
    const from = this.#bytesLeft < 0 ? this.#readHead(length) : 0
    if (this.#bytesLeft < 0) return true
    this.#bytesLeft -= length - from
    const { endLength } = this.#feed
    if (endLength > 0) {
      const start = Math.max(from, length - endLength)
      this.#end = (this.#end + this.#buffer.toString('latin1', start, length)).slice(-endLength)
    }
    if (this.#bytesLeft > 0) return true
    if (this.#bytesLeft < 0) {
      this.#fail(new Error('an answer was longer than it said'))
      return false
    }
    this.#bytesLeft = -1
    this.#count++
    this.#ask()
    return true
  }

  /** Answers where the body begins, once the head is complete. */
  #readHead(length: number): number {
    const before = this.#head.length
    const end = this.#buffer.indexOf(headEnd)
    const isWhole = before === 0 && end >= 0 && end < length
    this.#head += this.#buffer.toString('latin1', 0, isWhole ? end + headEnd.length : length)
    const headLength = this.#head.indexOf(headEnd)
    if (headLength < 0) return 0
    const bytes = this.#hasBody ? contentLength.exec(this.#head)?.[1] : '0'
    if (!this.#head.startsWith(this.#statusLine) || bytes === undefined) {
      this.#fail(new Error(`an answer that cannot be measured: ${this.#head.slice(0, 1000)}`))
      return 0
    }
    this.#bytesLeft = Number(bytes)
    this.#head = ''
    return headLength + headEnd.length - before
  }
}
