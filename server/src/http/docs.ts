import { Errors } from '@doorstep/contract/errors'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { objects } from './objects.ts'
import { prefixOf } from './request/origin.ts'
import { jsonType } from './request/requests.ts'
import { isTagged } from './request/tagged.ts'

const description = `Field-sales visits: the list and the stream of the Zendesk Sell API.

Send \`Authorization: Bearer <token>\` with every request. Every error has the same form. Its
\`details\` say what was wrong and what to do.`

// NOTE: the library's own policy has browsers upgrade to https, which a plain http server cannot.
const pageSecurity =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; " +
  "base-uri 'self'; frame-ancestors 'none'"

/** The header by which a request depends on an ETag (PROTOCOL 10.1). */
function conditionOf(method: string, url: string): object {
  const name = method === 'GET' ? 'If-None-Match' : 'If-Match'
  const isTaken =
    method === 'GET' ? isTagged(url) : method !== 'POST' && Object.hasOwn(objects, url)
  const description =
    method === 'GET'
      ? 'ETags of answers that the client has: 304 if this answer is one of them'
      : 'ETags of the object as the client knows it: 412 if it has changed since'
  const header = { type: 'string', description }
  return isTaken ? { headers: { type: 'object', properties: { [name]: header } } } : {}
}

/** Serves `/docs` and `/openapi.json`, generated from the contract. Call it before the routes. */
export async function serveDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Doorstep', version, description, license: { name: 'Apache-2.0' } },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: ({ schema, url, route: { method } }) => ({
      url,
      schema: {
        ...schema,
        ...conditionOf(String(method), url),
        response: {
          ...(typeof schema.response === 'object' ? schema.response : {}),
          default: { description: 'What went wrong', ...Errors },
        },
      },
    }),
  })
  let printed: string | undefined
  const print = (request: FastifyRequest): string => {
    printed ??= JSON.stringify(app.swagger())
    const prefix = prefixOf(request)
    return prefix === '' ? printed : `{"servers":[{"url":"${prefix}"}],${printed.slice(1)}`
  }
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiHooks: {
      onRequest: (request, reply, next) => {
        const { url } = request.routeOptions
        if (url === '/docs/json') void reply.type(jsonType).send(print(request))
        // NOTE: the library knows of no prefix.
        else if (url === '/docs/static/index.html') reply.redirect(`${prefixOf(request)}/docs/`)
        else next()
      },
    },
    staticCSP: pageSecurity,
    uiConfig: { docExpansion: 'list', layout: 'BaseLayout', tryItOutEnabled: true },
  })
  app.get('/openapi.json', { schema: { hide: true } }, (request, reply) =>
    reply.type(jsonType).send(print(request)),
  )
}
