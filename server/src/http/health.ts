import type { FastifyInstance } from 'fastify'

import type { Store } from '../domain/store.ts'

/** For load balancers and supervisors; without a token. */
export function serveHealth(app: FastifyInstance, store: Store): void {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await store.ping()
    return { status: 'ready' }
  })
}
