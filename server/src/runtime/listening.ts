import type { Config } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import type { createApp } from '../http/app.ts'

type App = Awaited<ReturnType<typeof createApp>>

const reasons = new Map([
  ['EADDRINUSE', 'is in use'],
  ['EACCES', 'may not be used'],
  ['EADDRNOTAVAIL', 'does not exist on this machine'],
])

/** Listens, and answers the address; throws `unavailable` when the address cannot be used. */
export async function listen(app: App, config: Config): Promise<string> {
  const { host, port } = config
  await app.listen({ host, port }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons.get(code)
    if (reason === undefined) throw error
    throw new DomainError(
      'unavailable',
      `${addressOf(host, port)} ${reason}. Choose another PORT or HOST.`,
    )
  })
  const bound = app.server.address()
  return addressOf(host, typeof bound === 'object' && bound !== null ? bound.port : port)
}

const addressOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`
