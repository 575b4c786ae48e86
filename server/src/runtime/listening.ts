import type { Socket } from 'node:net'

import type { Config } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import type { createApp } from '../http/app.ts'

type App = Awaited<ReturnType<typeof createApp>>

const reasons = new Map([
  ['EADDRINUSE', 'is in use'],
  ['EACCES', 'may not be used'],
  ['EADDRNOTAVAIL', 'does not exist on this machine'],
])

/** A bound address. Disposing of it closes the app. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  /** Answers the connections that wait, and all that follow. */
  accept(): void
}

/**
 * Binds the address. Connections wait until `accept`, so that a start that fails afterwards has
 * answered nobody. Throws `unavailable` when the address cannot be used.
 */
export async function listen(app: App, config: Config): Promise<Listening> {
  const { host, port } = config
  const gate = holdConnections(app)
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
  return {
    url: addressOf(host, typeof bound === 'object' && bound !== null ? bound.port : port),
    accept: gate.open,
    async [Symbol.asyncDispose]() {
      gate.drop()
      await app.close()
    },
  }
}

/** Keeps new connections from the app until the gate opens. */
function holdConnections({ server }: App): { open: () => void; drop: () => void } {
  const listeners = server.listeners('connection')
  const held = new Set<Socket>()
  let isOpen = false
  const pass = (socket: Socket): void => {
    for (const each of listeners) Reflect.apply(each, server, [socket])
  }
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    if (isOpen) return pass(socket)
    held.add(socket)
    // NOTE: nobody else listens, and without a listener the error would end the process.
    socket.on('error', ignore)
  })
  return {
    open() {
      isOpen = true
      for (const socket of held) {
        socket.off('error', ignore)
        if (!socket.destroyed) pass(socket)
      }
      held.clear()
    },
    drop() {
      for (const socket of held) socket.destroy()
      held.clear()
    },
  }
}

const ignore = (): void => {}

export const addressOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`
