import { randomUUID } from 'node:crypto'

import { operations } from '@doorstep/contract/api'
import { requestIdLengthMax, requestIdLengthMin } from '@doorstep/contract/limits'
import type { FastifyRequest } from 'fastify'

import { ApiError, apiError, unknownPath } from '../errors.ts'

export const jsonType = 'application/json; charset=utf-8'

/** Whether answers of the path may hold what nobody else should know. */
export const tellsSecrets = (path: string): boolean =>
  /^\/v2\/(session|setup|invitations|tokens|oauth_clients)(?![\w-])/.test(path)

/** A proxy may send the whole URL in the request line; routes match only its path. */
export const pathOf = (url = '/'): string => url.replace(/^https?:\/\/[^/?]*(?=[/?]|$)/i, '') || '/'

const requestIdPattern = new RegExp(`^[A-Za-z0-9-]{${requestIdLengthMin},${requestIdLengthMax}}$`)

/** The client's id if it is well-formed, otherwise a new UUID (PROTOCOL 1.2). */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID()
}

/** Whether the path belongs to the API, which needs a token or a session. */
export const isApi = (url: string): boolean => url.startsWith('/v2/') || url.startsWith('/v3/')

/** Whether the path belongs to OAuth. The rate limit counts its requests by address. */
export const isOAuth = (url: string): boolean => url.startsWith('/oauth2/')

const signInPaths = ['/v2/session', '/v2/session/code', '/v2/setup', '/v2/invitations/accept']

/** Whether a password or one-time code is sent, or the page loaded on which it is typed. */
export const isSignIn = ({ method, routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/oauth2/authorize' ||
  url === '/oauth2/token' ||
  (method === 'POST' && url !== undefined && signInPaths.includes(url))

/** The page or probe that the path belongs to, if it costs something and anybody may ask for it. */
export const pageOf = (path: string): string | undefined =>
  /^\/(docs|openapi\.json|readyz|metrics)(?![\w-])/.exec(path)?.[1]

const filePaths = new Set<string>(operations.flatMap(({ files, path }) => (files ? path : [])))

/** Whether the answer is a file, of the format that a parameter names and no `Accept`. */
const isFile = (url: string): boolean => filePaths.has(url)

/** 406 for an `Accept` that excludes JSON, under the API's paths (PROTOCOL 1.9). */
export function requireJson(request: FastifyRequest): void {
  const { url = request.url } = request.routeOptions
  if (!isApi(url) || isFile(url)) return
  const { accept } = request.headers
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return
  if (request.accepts().type(['application/json', 'application/json; charset=utf-8']) !== false)
    return
  const given = accept.slice(0, 100)
  const details = `This server answers application/json only. Allow it in Accept, given: ${given}`
  throw apiError('not_acceptable', 'not acceptable', details)
}

const paths = operations.map(({ path, method }) => ({
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
  method,
  isLiteral: !path.includes(':'),
}))

/** The operations of a path. A literal path takes precedence over one with a parameter. */
function findPaths(url: string) {
  const [path = ''] = url.split('?')
  const known = paths.filter(({ pattern }) => pattern.test(path))
  const literal = known.filter(({ isLiteral }) => isLiteral)
  return literal.length > 0 ? literal : known
}

/** Whether a literal path such as `/v2/leads/upsert` is meant, and not an object by its id. */
export const isLiteralPath = (url: string): boolean =>
  findPaths(url).some(({ isLiteral }) => isLiteral)

/** The answer if no route matches: 405 with `Allow` on a known path, otherwise 404. */
export function noRoute({ url, method }: FastifyRequest): ApiError {
  const methods = [...new Set(findPaths(url).map((route) => route.method))]
  if (methods.length === 0) return new ApiError([unknownPath])
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')
  const details = `${method} is not supported on this path. Use one of: ${allowed}.`
  return apiError('method_not_allowed', 'method not allowed', details, { Allow: allowed })
}
