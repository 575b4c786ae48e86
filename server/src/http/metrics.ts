import { hash, timingSafeEqual } from 'node:crypto'

import proxyAddr from '@fastify/proxy-addr'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Metrics } from '../domain/metrics.ts'
import { unauthorized } from './access/auth.ts'
import { isForwardedByStranger } from './access/client-address.ts'
import { noRoute } from './request/requests.ts'

/** Who may read the metrics; nobody may where neither is given. */
export interface MetricsAccess {
  readonly token: string | undefined
  /** Addresses and networks. */
  readonly allowed: readonly string[]
}

/** Serves /metrics to whoever has the token or comes from an allowed address; it is 404 to others. */
export function serveMetrics(app: FastifyInstance, metrics: Metrics, access: MetricsAccess): void {
  const { token, allowed } = access
  const isNear = proxyAddr.compile([...allowed])
  const mayRead = (request: FastifyRequest): boolean =>
    (token !== undefined && isToken(request.headers.authorization, token)) ||
    (allowed.length > 0 && !isForwardedByStranger(request) && isNear(request.ip, 0))
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request)) throw token === undefined ? noRoute(request) : unauthorized()
    reply.header('Cache-Control', 'no-store').type(metrics.contentType)
    return metrics.print()
  })
}

/** NOTE: hashes have equal lengths, and their comparison takes the same time. */
function isToken(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
  if (given === undefined) return false
  const [one, other] = [given, token].map((text) => Buffer.from(hash('sha256', text)))
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}
