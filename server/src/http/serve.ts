import { Readable } from 'node:stream'

import { openBodyBytesMax } from '@doorstep/contract/limits'
import type { BodyOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyInstance, FastifyReply } from 'fastify'

import type { Actor } from '../domain/actor.ts'
import { requireActor, requireAllowed } from './access/admission.ts'
import { apiError, type Problem, Problems, throwProblems } from './errors.ts'
import { objects } from './objects.ts'
import { type BodyResult, isPlainObject, readBody } from './request/body.ts'
import type { Call, Checks, Handler, OpenHandler, Tools } from './request/call.ts'
import { storeIfMatch } from './request/if-match.ts'
import { originOf } from './request/origin.ts'
import { runAsPresent, writingAs } from './request/present-user.ts'
import { isLiteralPath, noRoute, jsonType } from './request/requests.ts'
import { answerTagged } from './request/tagged.ts'

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
    // NOTE: before the body is read, so that strangers have nothing parsed.
    onRequest: (request, _reply, done) => {
      if (operation.params && isLiteralPath(request.url)) throw noRoute(request)
      requireAllowed(request, operation)
      done()
    },
    handler: async (request, reply) => {
      const origin = originOf(request)
      const callOf = (actor: Actor, body: BodyOf<Op>): Call<Op> => ({
        ...tools,
        store: writingAs(actor, storeIfMatch(tools, request, actor, objects[operation.path])),
        operation,
        actor,
        // NOTE: the validator has parsed it by this schema, which Fastify's types cannot express.
        query: request.query as QueryOf<Op>,
        body,
        params: request.params,
        origin,
        request,
        reply,
      })
      const actor = requireActor(request)
      // NOTE: what an operation without a body gets; checks run before there is one, and cannot see it.
      const none = noBody.value as BodyOf<Op>
      const body = operation.body ? await readChecked(callOf(actor, none), checks) : none
      const run = (present: Actor) => handler(callOf(present, body))
      const result = await runAsPresent(tools, request, actor, run)
      if (result instanceof Readable) return reply.send(result)
      const answer = answerTagged({ operation, request, reply }, result)
      tools.onPoint?.('before-answer')
      return sendAnswer(reply, answer)
    },
  })
}

function sendAnswer(reply: FastifyReply, answer: string | Buffer | undefined): FastifyReply {
  if (answer !== undefined) reply.type(jsonType)
  else if (reply.statusCode === 200) reply.code(204)
  return reply.send(answer)
}

/** Reads the attributes of the body. Throws every problem that can be found, one for each field. */
async function readChecked<Op extends Operation>(
  call: Omit<Call<Op>, 'body'>,
  checks: Checks<Op>,
): Promise<BodyOf<Op>> {
  const { operation, request } = call
  const { value, problems } = readEnvelope(operation, request.body)
  // NOTE: parsed by the operation's own schema, and complete if there are no problems.
  const body = value as BodyOf<Op>
  const found = addUnreported(problems.kept, checks.always?.(call, body))
  if (found.length > 0) {
    const all = addUnreported(found, await checks.checkMoreOnRefusal?.(call, body))
    throwProblems(all, problems.count - problems.kept.length)
  }
  return body
}

function addUnreported(
  problems: readonly Problem[],
  further: readonly Problem[] = [],
): readonly Problem[] {
  const reported = new Set(problems.map(({ field }) => field))
  return [...problems, ...further.filter(({ field }) => !reported.has(field))]
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
    bodyLimit: openBodyBytesMax,
    handler: async (request, reply) => {
      const { value, problems } = operation.body ? readEnvelope(operation, request.body) : noBody
      const refusal = problems.toError()
      if (refusal) throw refusal
      const call = {
        ...tools,
        operation,
        // NOTE: parsed by the operation's own schemas, as in `serve`.
        query: request.query as QueryOf<Op>,
        body: value as BodyOf<Op>,
        params: request.params,
        origin: originOf(request),
        request,
        reply,
      }
      return sendAnswer(reply, answerTagged(call, await handler(call)))
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
  ...(operation.form && { consumes: ['multipart/form-data'], body: formSchema(operation.form) }),
  response: operation.files
    ? { 200: { description: 'A file', content: contentOf(operation.files) } }
    : operation.answer
      ? { 200: operation.answer }
      : { 204: { type: 'null', description: 'Done' } },
})

const formSchema = (form: Operation['form']) => ({
  type: 'object',
  required: ['file'],
  properties: {
    options: form,
    file: { type: 'array', items: { type: 'string', format: 'binary' } },
  },
})

const contentOf = (files: readonly string[]) =>
  Object.fromEntries(files.map((type) => [type, { schema: { type: 'string' } }]))

const noBody: BodyResult = { value: {}, problems: new Problems() }

const bodySchema = ({ body }: Operation) => ({
  type: 'object',
  required: ['data'],
  properties: { data: body, meta: { type: 'object' } },
})

/** Reads `{"data": {...}}` and ignores its `meta` (PROTOCOL 1.4). */
function readEnvelope({ body, resource = '' }: Operation, given: unknown): BodyResult {
  const data = isPlainObject(given) && 'data' in given ? given.data : undefined
  if (body && isPlainObject(data)) return readBody(body, data, resource)
  const details = 'The body must be a JSON object with an object "data" that holds the attributes.'
  throw apiError('invalid_payload', 'invalid payload', details)
}
