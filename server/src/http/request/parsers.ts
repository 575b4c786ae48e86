import type { FastifyInstance } from 'fastify'

import { readText, refuseDeep } from './body-text.ts'
import { isQuerySchema, queryReader } from './query.ts'

/** Parses JSON bodies, and queries by their schema. Routes read the attributes of the bodies. */
export function parseRequests(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) =>
    httpPart === 'querystring' && isQuerySchema(schema)
      ? queryReader(schema)
      : (data) => ({ value: data }),
  )
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))

  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // NOTE: clients send this content type with requests that have no body, too.
    if (body.length === 0) return done(null, undefined)
    const text = readText(request, Buffer.from(body))
    refuseDeep(text)
    void parseJson(request, text, done)
  })
}
