import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { OnAnswered } from '../../domain/answered.ts'

const hungUp = 499

/** Reports each request when it is over. Call it before anything that may end one. */
export function reportAnswers(app: FastifyInstance, onAnswered: OnAnswered): void {
  app.addHook('onRequest', (request, reply, done) => {
    const beganMs = performance.now()
    const { socket } = request.raw
    const sentBefore = socket.bytesWritten
    // NOTE: it comes once, after the last byte or when the connection is lost.
    reply.raw.once('close', () => {
      onAnswered({
        method: request.method,
        operation: operationOf(request, reply),
        status: reply.raw.writableFinished ? reply.statusCode : hungUp,
        ms: performance.now() - beganMs,
        bytes: socket.bytesWritten - sentBefore,
        userId: request.sender?.actor.userId ?? null,
        requestId: request.id,
        traceParent: traceParentOf(request),
      })
    })
    done()
  })
}

function traceParentOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers
  return typeof traceparent === 'string' ? traceparent : undefined
}

/** NOTE: never the path, which may hold what somebody searches for. */
function operationOf(
  { routeOptions: { schema, url } }: FastifyRequest,
  reply: FastifyReply,
): string {
  if (schema !== undefined && 'operationId' in schema) return String(schema.operationId)
  if (url !== undefined) return url
  return reply.statusCode === 404 || reply.statusCode === 405 ? 'none' : 'page'
}
