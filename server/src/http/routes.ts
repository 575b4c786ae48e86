import type { BodyOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyInstance } from 'fastify'

import type { Actor } from '../domain/actor.ts'
import { requireAdmin, requireScopes, unauthorized } from './access/auth.ts'
import { type BrowserSession, requireCsrfToken } from './access/session-cookie.ts'
import { ApiError, throwProblems } from './errors.ts'
import { type BodyResult, isPlainObject, readBody } from './request/body.ts'
import type { Tools, Handler, Checks, OpenHandler } from './request/call.ts'
import { isLiteralPath, noRoute, originOf, jsonType } from './request/requests.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; null while nobody has been recognised. */
    actor: Actor | null
    /** By which session that is known; null: by a token, or not at all. */
    browserSession: BrowserSession | null
    /** Under which name the rate limit counts it. */
    limitKey: string
  }
}

/** Serves one operation of the contract. */
export function serve<Op extends Operation>(
  app: FastifyInstance,
  tools: Tools,
  operation: Op,
  handler: Handler<Op>,
  checks: Checks<Op> = {},
): void {
  app.route<{ Params: Record<string, string> }>({
    method: operation.method,
    url: operation.path,
    schema: schemaOf(operation),
    onRequest: async (request) => {
      if (operation.params && isLiteralPath(request.url)) throw noRoute(request)
    },
    preValidation: async (request) => {
      const { actor } = request
      if (!actor) throw unauthorized()
      requireScopes(actor, operation.scopes ?? [])
      if (operation.isForAdmins) requireAdmin(actor)
      requireCsrfToken(request)
    },
    handler: async (request, reply) => {
      if (!request.actor) throw unauthorized()
      const call = {
        ...tools,
        operation,
        actor: request.actor,
        // NOTE: the validator has read it by this very schema, which Fastify's types cannot know.
        query: request.query as QueryOf<Op>,
        params: request.params,
        origin: originOf(request),
        request,
        reply,
      }
      const read = operation.body ? readEnvelope(operation, request.body) : noBody
      // NOTE: as above, read by the operation's own schema; complete when there are no problems.
      const body = read.value as BodyOf<Op>
      const reported = new Set(read.problems.map(({ field }) => field))
      const further = checks.always?.(call, body) ?? []
      const problems = [...read.problems, ...further.filter(({ field }) => !reported.has(field))]
      if (problems.length > 0) {
        const told = new Set(problems.map(({ field }) => field))
        const others = (await checks.checkMoreOnRefusal?.(call, body)) ?? []
        problems.push(...others.filter(({ field }) => !told.has(field)))
      }
      throwProblems(problems)
      const answer = await handler({ ...call, body })
      if (answer === undefined) {
        if (reply.statusCode === 200) reply.code(204)
      } else {
        reply.type(jsonType)
      }
      tools.onPoint?.('before-answer')
      return reply.send(answer)
    },
  })
}

/** Serves an operation that needs no token. */
export function serveOpen<Op extends Operation>(
  app: FastifyInstance,
  tools: Tools,
  operation: Op,
  handler: OpenHandler<Op>,
): void {
  app.route<{ Params: Record<string, string> }>({
    method: operation.method,
    url: operation.path,
    schema: schemaOf(operation),
    handler: async (request, reply) => {
      const { value, problems } = operation.body ? readEnvelope(operation, request.body) : noBody
      throwProblems(problems)
      const answer = await handler({
        ...tools,
        operation,
        // NOTE: read by the operation's own schemas, as in `serve`.
        query: request.query as QueryOf<Op>,
        body: value as BodyOf<Op>,
        params: request.params,
        origin: originOf(request),
        request,
        reply,
      })
      return reply.type(jsonType).send(answer)
    },
  })
}

const schemaOf = (operation: Operation) => ({
  operationId: operation.id,
  tags: [operation.tag],
  summary: operation.summary,
  ...(operation.description && { description: operation.description }),
  security: operation.scopes === null ? [] : [{ token: [...operation.scopes] }],
  querystring: operation.query,
  ...(operation.params && { params: operation.params }),
  ...(operation.body && { body: bodySchema(operation) }),
  response: operation.answer
    ? { 200: operation.answer }
    : { 204: { type: 'null', description: 'Done' } },
})

const noBody: BodyResult = { value: {}, problems: [] }

const bodySchema = ({ body }: Operation) => ({
  type: 'object',
  required: ['data'],
  properties: { data: body, meta: { type: 'object' } },
})

/** `{"data": {...}}`, with a `meta` that is ignored (PROTOCOL 1.4). */
function readEnvelope({ body, resource = '' }: Operation, given: unknown): BodyResult {
  const data = isPlainObject(given) && 'data' in given ? given.data : undefined
  if (body && isPlainObject(data)) return readBody(body, data, resource)
  const details = 'The body must be a JSON object with an object "data" that holds the attributes.'
  throw new ApiError([{ code: 'invalid_payload', message: 'invalid payload', details }])
}
