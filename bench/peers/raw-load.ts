import { connect, type Socket } from 'node:net'

import type { LoadResult } from '../load.ts'

/** What one connection asks next. */
export type NextRequest = (connection: number) => Buffer

/**
 * A load on a server whose answers all have one length, whatever its protocol: an answer has come
 * when so many bytes have.
 */
export class RawLoad implements Disposable {
  readonly #sockets: Socket[]
  readonly #next: NextRequest
  readonly #answerBytes: number

  private constructor(sockets: Socket[], next: NextRequest, answerBytes: number) {
    this.#sockets = sockets
    this.#next = next
    this.#answerBytes = answerBytes
  }

  /** Opens the connections; `answerBytes` by `lengthOfAnswer`. */
  static async open(
    port: number,
    next: NextRequest,
    connections: number,
    answerBytes: number,
  ): Promise<RawLoad> {
    const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
    return new RawLoad(sockets, next, answerBytes)
  }

  /** Requests until the time is over. */
  async run({ seconds }: { readonly seconds: number }): Promise<LoadResult> {
    const startMs = performance.now()
    const endMs = startMs + seconds * 1000
    const counts = await Promise.all(
      this.#sockets.map((socket, index) => this.#runOne(socket, index, endMs)),
    )
    return {
      requests: counts.reduce((sum, count) => sum + count, 0),
      seconds: (performance.now() - startMs) / 1000,
    }
  }

  #runOne(socket: Socket, index: number, endMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      let left = this.#answerBytes
      let count = 0
      const onData = (bytes: Buffer): void => {
        left -= bytes.length
        if (left > 0) return
        if (left < 0) return reject(new Error('an answer was longer than those before it'))
        count++
        left = this.#answerBytes
        if (performance.now() < endMs) return void socket.write(this.#next(index))
        socket.off('data', onData)
        resolve(count)
      }
      socket.on('data', onData)
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the server closed a connection')))
      socket.write(this.#next(index))
    })
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}

/** The bytes of the answer to one request; `isWhole` says where it ends. */
export async function answerOf(
  port: number,
  request: Buffer,
  isWhole: (answer: Buffer) => boolean,
): Promise<Buffer> {
  const socket = await opened(port)
  socket.write(request)
  let answer = Buffer.alloc(0)
  for await (const bytes of socket) {
    answer = Buffer.concat([answer, bytes])
    if (isWhole(answer)) break
  }
  socket.destroy()
  return answer
}

function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket))
  })
}
