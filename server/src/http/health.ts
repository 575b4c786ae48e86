import type { FastifyInstance } from 'fastify'

import type { Store } from '../domain/store.ts'

const readyMs = 1_000

/** Probes for load balancers and supervisors. They need no token. */
export function serveHealth(app: FastifyInstance, store: Store): void {
  const ping = oncePer(readyMs, () => store.ping())
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await ping()
    return { status: 'ready' }
  })
}

/** Does the work again only when it began long enough ago, and has ended. */
function oncePer(ms: number, work: () => Promise<void>): () => Promise<void> {
  let last:
    | { readonly beganMs: number; readonly result: Promise<void>; isOver: boolean }
    | undefined
  return () => {
    const now = performance.now()
    if (last && (!last.isOver || now - last.beganMs < ms)) return last.result
    const begun = { beganMs: now, result: work(), isOver: false }
    const end = () => void (begun.isOver = true)
    begun.result.then(end, end)
    last = begun
    return begun.result
  }
}
