import type { FastifyInstance } from 'fastify'

import type { Store } from '../domain/store.ts'

/** Probes for load balancers and supervisors. They need no token. */
export function serveHealth(app: FastifyInstance, store: Store): void {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await store.ping()
    return { status: 'ready' }
  })
}
