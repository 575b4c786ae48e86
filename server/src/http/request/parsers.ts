import type { FastifyInstance } from 'fastify'

import { ApiError } from '../errors.ts'
import { isQuerySchema, readQuery } from './query.ts'

/** Parses JSON bodies, and queries by their schema. Routes read the attributes of the bodies. */
export function parseRequests(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => (data) => {
    if (httpPart !== 'querystring' || !isQuerySchema(schema)) return { value: data }
    const result = readQuery(schema, data)
    return 'problems' in result ? { error: new ApiError(result.problems) } : result
  })
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))

  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // NOTE: clients send this content type with requests that have no body, too.
    if (body === '') done(null, undefined)
    else void parseJson(request, String(body), done)
  })
}
