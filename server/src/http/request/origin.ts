import type { FastifyInstance, FastifyRequest } from 'fastify'

import { parsePathPrefix } from '../../domain/path-prefix.ts'
import { apiError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where this server answers, and which proxies it trusts about that. */
    place: Place
  }
}

export interface Place {
  /** The path before every other, as `/doorstep`; empty: none. */
  readonly basePath: string
  readonly isTrusted: (address: string) => boolean
}

/** Probes come from machines that know the port, and not the path behind which a proxy shows it. */
const probes = /^\/(?:healthz|readyz|metrics)(?=\?|$)/
/** No route matches it. */
const outside = '/.outside'

/** The path to route by: without the base path; one that no route has if the path is outside. */
export function pathWithin(basePath: string, path: string): string {
  if (basePath === '' || probes.test(path)) return path
  const rest = path.startsWith(basePath) ? path.slice(basePath.length) : undefined
  if (rest === undefined || !/^(?:[/?]|$)/.test(rest)) return `${outside}${path}`
  return rest.startsWith('/') ? rest : `/${rest}`
}

export const placeApp = (app: FastifyInstance, place: Place): FastifyInstance =>
  app.decorate('place', place)

/** What a Host header may be. */
export const hostPattern = /^(?:\w[\w.-]{0,254}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i
const portPattern = /^[1-9]\d{0,4}$/
const portMax = 65_535

/** What a trusted proxy says; the last value, which the nearest proxy added. */
function forwarded({ headers, socket, server }: FastifyRequest, name: string): string | undefined {
  const given = headers[name]
  if (given === undefined || !server.place.isTrusted(socket.remoteAddress ?? '')) return undefined
  return String(given).split(',').at(-1)?.trim()
}

const isOrigin = (request: FastifyRequest): boolean =>
  /^https?$/.test(request.protocol) && hostPattern.test(request.host)

/** Whether this server itself speaks TLS with the sender, or with the proxy. */
export const isEncrypted = ({ raw: { socket } }: FastifyRequest): boolean =>
  'encrypted' in socket && socket.encrypted === true

/**
 * Scheme, host and port as the client sees them. A request of HTTP/1.0 may name no host, and one with
 * an invalid origin is refused: for both it is the address that the client is connected to.
 */
export function siteOf(request: FastifyRequest): string {
  if (!isOrigin(request)) {
    return `${isEncrypted(request) ? 'https' : 'http'}://${addressOf(request)}`
  }
  const { protocol, host } = request
  return `${protocol}://${host}${portOf(request)}`
}

/** The port that a proxy forwards. Whoever names one in the host knows it better. */
function portOf(request: FastifyRequest): string {
  const port = forwarded(request, 'x-forwarded-port')
  const isUsual = port === (request.protocol === 'https' ? '443' : '80')
  const isGiven = port !== undefined && isPort(port) && !/:\d+$/.test(request.host)
  return isGiven && !isUsual ? `:${port}` : ''
}

const isPort = (text: string): boolean => portPattern.test(text) && Number(text) <= portMax

/** The path before every other as the client sees it: what a proxy removed, and our own. */
export function prefixOf(request: FastifyRequest): string {
  const removed = parsePathPrefix(forwarded(request, 'x-forwarded-prefix') ?? '') ?? ''
  return `${removed}${request.server.place.basePath}`
}

/** What precedes the path of every link. */
export const originOf = (request: FastifyRequest): string =>
  `${siteOf(request)}${prefixOf(request)}`

function addressOf({ socket }: FastifyRequest): string {
  const { localAddress = 'localhost', localPort } = socket
  // NOTE: a socket for both versions of IP names an address of IPv4 as ::ffff:127.0.0.1.
  const address = localAddress.replace(/^::ffff:(?=[\d.]+$)/, '')
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`
}

/** 400 for several hosts, and for what is no host, scheme, port or prefix: links repeat them. */
export function requireOrigin(request: FastifyRequest): void {
  const { rawHeaders, httpVersion } = request.raw
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name))
  const mayLackHost = httpVersion === '1.0' && hosts.length === 0
  if (hosts.length > 1 || (!isOrigin(request) && !mayLackHost)) {
    throw invalidHeader(
      'Send one Host header that names a host, and through a proxy http or https.',
    )
  }
  const port = forwarded(request, 'x-forwarded-port')
  const prefix = parsePathPrefix(forwarded(request, 'x-forwarded-prefix') ?? '')
  if ((port === undefined || isPort(port)) && prefix !== undefined) return
  throw invalidHeader(
    'Through a proxy, X-Forwarded-Port must be a port, and X-Forwarded-Prefix a path as /doorstep.',
  )
}

const invalidHeader = (details: string) => apiError('invalid_header', 'invalid header', details)
