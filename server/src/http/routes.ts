import type { BodyOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Actor } from '../domain/actor.ts'
import type { Clock } from '../domain/clock.ts'
import type { OnPoint } from '../domain/crash-points.ts'
import type { Importer } from '../domain/importer.ts'
import type { Passwords } from '../domain/passwords.ts'
import type { Store } from '../domain/store.ts'
import type { LogCheckIn } from '../rules/check-ins.ts'
import { requireAdmin, requireScopes, unauthorized } from './access/auth.ts'
import { type BrowserSession, requireCsrfToken } from './access/session-cookie.ts'
import type { SignInLimit } from './access/sign-in-limit.ts'
import { ApiError, type Problem } from './errors.ts'
import { type BodyResult, isPlainObject, readBody } from './request/body.ts'
import { isLiteralPath, noRoute } from './request/requests.ts'
import type { StreamWaits } from './stream/long-poll.ts'

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

/** What every handler works with. */
export interface Tools {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  readonly logCheckIn: LogCheckIn
  readonly onPoint?: OnPoint
  /** 64 random hex characters. */
  readonly newSecret: () => string
  readonly passwords: Passwords
  readonly signIns: SignInLimit
  readonly streamWaits: StreamWaits
  /** Who sends the request, asked for again; undefined: nobody who is known by now. */
  readonly findActor: (request: FastifyRequest) => Promise<Actor | undefined>
  /** Absent: this server runs no imports. */
  readonly importer?: Importer | undefined
  /** Says that there is background work to be done. */
  readonly wake: () => void
}

/** A request whose sender is known, has the operation's scopes, and whose query and body are read. */
export interface Call<Op extends Operation> extends Tools {
  readonly operation: Op
  readonly actor: Actor
  readonly query: QueryOf<Op>
  readonly body: BodyOf<Op>
  readonly params: Readonly<Record<string, string>>
  /** Scheme and host as the client sees them. */
  readonly origin: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers the body as it is, or its UTF-8; undefined: there is none. */
export type Handler<Op extends Operation> = (call: Call<Op>) => Promise<string | Buffer | undefined>

/** Of an operation that needs no token. */
export type OpenHandler<Op extends Operation> = (call: Omit<Call<Op>, 'actor'>) => Promise<string>

/** Problems that the schema cannot see; of the body it has what could be read. */
export interface Checks<Op extends Operation> {
  /** Asked for every body. */
  readonly always?: (call: Omit<Call<Op>, 'body'>, body: Partial<BodyOf<Op>>) => readonly Problem[]
  /** What the handler finds out itself; asked where there are problems, so that all are told. */
  readonly checkMoreOnRefusal?: (
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
