import { createServer, type Server } from 'node:http'

import { headerBytesMax } from '@doorstep/contract/limits'
import type { FastifyInstance } from 'fastify'

import { clientHeader } from './forward.ts'
import { CanonicalResponse } from './request/canonical-headers.ts'

/** For what a process adds to the head of a request that it forwards. */
const addedBytesMax = 1024

/**
 * The writer's side of `forwardWrites`: to the app, a request has come from where it came from to
 * the process that forwards it. The caller listens, where only processes of the same server can get.
 */
export function serveForwarded(app: FastifyInstance): Server {
  const server = createServer(
    {
      ServerResponse: CanonicalResponse,
      maxHeaderSize: headerBytesMax + addedBytesMax,
      noDelay: true,
      requireHostHeader: false,
    },
    (request, response) => {
      const value = request.headers[clientHeader]
      delete request.headers[clientHeader]
      // NOTE: a connection carries one request at a time, each of another client.
      Object.defineProperty(request.socket, 'remoteAddress', { value, configurable: true })
      app.routing(request, response)
    },
  )
  // A connection that is closed for being idle could be one on which a request is under way.
  server.keepAliveTimeout = 0
  return server
}
