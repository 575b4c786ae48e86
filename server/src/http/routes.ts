import type { BodyOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Actor, Store } from '../domain/store.ts'
import { requireScope, unauthorized } from './auth.ts'
import { type BodyResult, isPlainObject, readBody } from './body.ts'
import { ApiError, type Problem } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; null while nobody has been recognised. */
    actor: Actor | null
    /** Under which name the rate limit counts it. */
    limitKey: string
  }
}

/** What every handler works with. */
export interface Tools {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  readonly onPoint?: OnPoint
}

/** A request whose sender is known, has the operation's scope, and whose query and body are read. */
export interface Call<Op extends Operation> extends Tools {
  readonly actor: Actor
  readonly query: QueryOf<Op>
  readonly body: BodyOf<Op>
  readonly params: Readonly<Record<string, string>>
  /** Scheme and host as the client sees them. */
  readonly origin: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers the body as it is; undefined: there is none. */
export type Handler<Op extends Operation> = (
  call: Call<Op>,
) => Promise<string | Uint8Array | undefined>

/** Problems that the schema cannot see; of the body it has what could be read. */
export interface Checks<Op extends Operation> {
  /** Asked for every body. */
  readonly always?: (call: Omit<Call<Op>, 'body'>, body: Partial<BodyOf<Op>>) => readonly Problem[]
  /** What the handler finds out itself; asked where there are problems, so that all are told. */
  readonly otherwise?: (
    call: Omit<Call<Op>, 'body'>,
    body: Partial<BodyOf<Op>>,
  ) => Promise<readonly Problem[]>
}

export const jsonType = 'application/json; charset=utf-8'

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
    schema: {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      ...(operation.description && { description: operation.description }),
      security: [{ token: [operation.scope] }],
      querystring: operation.query,
      ...(operation.params && { params: operation.params }),
      ...(operation.body && { body: bodySchema(operation) }),
      response: operation.answer
        ? { 200: operation.answer }
        : { 204: { type: 'null', description: 'Done' } },
    },
    preValidation: async ({ actor }) => {
      if (!actor) throw unauthorized()
      requireScope(actor, operation.scope)
    },
    handler: async (request, reply) => {
      if (!request.actor) throw unauthorized()
      const call = {
        ...tools,
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
      if (problems.length > 0) problems.push(...((await checks.otherwise?.(call, body)) ?? []))
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

export function throwProblems(problems: readonly Problem[]): void {
  const [first, ...others] = problems
  if (first) throw new ApiError([first, ...others])
}

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

export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
