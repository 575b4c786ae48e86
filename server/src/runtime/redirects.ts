import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

import { bodyMaxMs, headerBytesMax, headMaxMs } from '@doorstep/contract/limits'

import { hostPattern } from '../http/request/origin.ts'

const usualPort = 443

/** Answers every request over plain http with its address over https. */
export class RedirectServer implements Disposable {
  readonly #server: Server

  /** `port`: that of https. Above `connectionsMax`, new connections are closed. */
  constructor(port: number, connectionsMax: number) {
    const limits = { maxHeaderSize: headerBytesMax, headersTimeout: headMaxMs }
    this.#server = createServer({ ...limits, requestTimeout: bodyMaxMs }, redirectTo(port))
    this.#server.maxConnections = connectionsMax
  }

  /** Returns the port that it listens on; throws when that one cannot be used. */
  async listen(host: string, port: number): Promise<number> {
    await once(this.#server.listen(port, host), 'listening')
    const bound = this.#server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : port
  }

  [Symbol.dispose](): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

/** NOTE: 308 retains method and body. What was sent has been seen on the way, so links say https. */
const redirectTo =
  (port: number): RequestListener =>
  ({ url = '/', headers: { host = '' } }, answer) => {
    answer.setHeader('Connection', 'close')
    if (!hostPattern.test(host) || !url.startsWith('/')) {
      answer.writeHead(400).end('Use https, and send a Host header.\n')
      return
    }
    const name = host.replace(/:\d+$/, '')
    const place = port === usualPort ? name : `${name}:${port}`
    answer.writeHead(308, { Location: `https://${place}${url}` }).end()
  }
