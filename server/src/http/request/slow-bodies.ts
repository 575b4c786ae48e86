import type { IncomingMessage, Server } from 'node:http'

import { bodyMaxMs, formBytesPerMinuteMin } from '@doorstep/contract/limits'

/** What Node itself calls a request that is too slow. */
const timeoutCode = 'ERR_HTTP_REQUEST_TIMEOUT'

/** Bodies that are still arriving, with what gives each more time. */
const arriving = new WeakMap<IncomingMessage, () => void>()

/** Ends requests whose body takes too long, as Node ends those whose headers do. */
export function limitBodies(server: Server): void {
  server.on('request', (request: IncomingMessage) => {
    const { headers, socket } = request
    if (headers['transfer-encoding'] === undefined && !Number(headers['content-length'])) return
    let isForm = false
    let seenBytes = socket.bytesRead
    const look = (): void => {
      if (request.complete || socket.destroyed) return stop()
      const bytes = socket.bytesRead - seenBytes
      seenBytes = socket.bytesRead
      if (isForm && bytes >= formBytesPerMinuteMin) return
      stop()
      const error = Object.assign(new Error('the body is too slow'), { code: timeoutCode })
      if (!server.emit('clientError', error, socket)) socket.destroy()
    }
    const timer = setInterval(look, bodyMaxMs).unref()
    const stop = (): void => clearInterval(timer)
    arriving.set(request, () => (isForm = true))
    request.once('end', stop).once('close', stop)
  })
}

/**
 * Lets a form with files arrive for longer, as long as it does not stand. Call it once the request is
 * known to be allowed.
 */
export function allowMoreTime(request: IncomingMessage): void {
  arriving.get(request)?.()
}
