import { createServer, type RequestListener, type Server } from 'node:http'

import { formMaxMs, headerBytesMax, headMaxMs } from '@doorstep/contract/limits'
import type { FastifyBaseLogger } from 'fastify'

import { noteAnswers } from './broken-requests.ts'
import { CanonicalResponse } from './canonical-headers.ts'
import { limitBodies } from './slow-bodies.ts'

const timeoutCheckMs = 1_000
const keptOpenMs = 75_000
const warningMs = 60_000

interface ServerOptions {
  readonly logger: FastifyBaseLogger
  readonly connectionsMax?: number
}

/** The server with its limits on sizes, times and connections. */
export function newServer(
  handler: RequestListener,
  { logger, connectionsMax }: ServerOptions,
): Server {
  const server = createServer(
    {
      ServerResponse: CanonicalResponse,
      maxHeaderSize: headerBytesMax,
      headersTimeout: headMaxMs,
      requestTimeout: formMaxMs,
      connectionsCheckingInterval: timeoutCheckMs,
      noDelay: true,
    },
    handler,
  )
  server.keepAliveTimeout = keptOpenMs
  if (connectionsMax !== undefined) server.maxConnections = connectionsMax
  warnOfDropped(server, logger)
  noteAnswers(server)
  limitBodies(server)
  // NOTE: otherwise a client that half-closes the connection gets no answer that takes a while.
  return Object.assign(server, { httpAllowHalfOpen: true })
}

/** At most once a minute. */
function warnOfDropped(server: Server, logger: FastifyBaseLogger): void {
  let warnedMs = -Infinity
  let dropped = 0
  server.on('drop', () => {
    dropped++
    const now = performance.now()
    if (now - warnedMs < warningMs) return
    warnedMs = now
    const connectionsMax = server.maxConnections
    logger.warn({ connectionsMax, dropped }, 'too many connections: the new ones are closed')
    dropped = 0
  })
}
