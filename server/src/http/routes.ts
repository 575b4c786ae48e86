import type { Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Actor, Store } from '../domain/store.ts'
import { requireScope, unauthorized } from './auth.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; null while nobody has been recognised. */
    actor: Actor | null
    /** Under which name the rate limit counts it. */
    limitKey: string
  }
}

/** A request whose sender is known, has the operation's scope, and whose query has been read. */
export interface Call<Op extends Operation> {
  readonly store: Store
  readonly actor: Actor
  readonly query: QueryOf<Op>
  readonly params: Readonly<Record<string, string>>
  /** Scheme and host as the client sees them. */
  readonly origin: string
  readonly ifNoneMatch: string | undefined
  readonly reply: FastifyReply
}

export type Handler<Op extends Operation> = (
  call: Call<Op>,
) => Promise<string | Uint8Array | undefined>

export const jsonType = 'application/json; charset=utf-8'

/** Serves one operation of the contract; what the handler answers is the body as it is. */
export function serve<Op extends Operation>(
  app: FastifyInstance,
  store: Store,
  operation: Op,
  handler: Handler<Op>,
): void {
  app.route<{ Params: Record<string, string> }>({
    method: operation.method,
    url: operation.path,
    schema: {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      ...(operation.description && { description: operation.description }),
      security: [{ token: [operation.scope] }],
      querystring: operation.query,
      ...(operation.params && { params: operation.params }),
      response: { 200: operation.answer },
    },
    preValidation: async ({ actor }) => {
      if (!actor) throw unauthorized()
      requireScope(actor, operation.scope)
    },
    handler: async (request, reply) => {
      if (!request.actor) throw unauthorized()
      const body = await handler({
        store,
        actor: request.actor,
        // NOTE: the validator has read it by this very schema, which Fastify's types cannot know.
        query: request.query as QueryOf<Op>,
        params: request.params,
        origin: originOf(request),
        ifNoneMatch: request.headers['if-none-match'],
        reply,
      })
      if (body !== undefined) reply.type(jsonType)
      return reply.send(body)
    },
  })
}

export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
