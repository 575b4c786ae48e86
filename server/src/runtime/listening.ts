import { lookup } from 'node:dns/promises'
import type { AddressInfo, Socket } from 'node:net'

import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import { DomainError } from '../domain/errors.ts'
import type { createApp } from '../http/app.ts'
import { RedirectServer } from './redirects.ts'
import { readTlsPair, TlsGate } from './tls.ts'

type App = Awaited<ReturnType<typeof createApp>>

const reasons = new Map([
  ['EADDRINUSE', 'is in use'],
  ['EACCES', 'may not be used'],
  ['EADDRNOTAVAIL', 'does not exist on this machine'],
])

/** Bound addresses. Disposing of them closes the app. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  /** Of the port that redirects to `url`, if there is one. */
  readonly redirectUrl: string | undefined
  /** Answers the connections that wait, and all that follow. */
  accept(): void
  /** Answers what has been asked, and nothing more. */
  close(): Promise<void>
}

/**
 * Binds the addresses. Connections wait until `accept`, so that a start that fails afterwards has
 * answered nobody. Throws `unavailable` when an address cannot be used, and ConfigError for a
 * certificate that cannot be.
 */
export async function listen(app: App, config: Config, logger: Logger): Promise<Listening> {
  const { host, port, httpPort, tls, connectionsMax } = config
  const answer = passOn(app)
  const secure = tls && new TlsGate(tls, readTlsPair(tls), answer, logger)
  const gate = holdConnections(app, secure ? (socket) => secure.pass(socket) : answer)
  const scheme = tls ? 'https' : 'http'
  // NOTE: Fastify binds both addresses of this name, and would speak plain http on the second.
  const { address } = tls && host === 'localhost' ? await lookup(host) : { address: host }
  await app.listen({ host: address, port }).catch((error: unknown) => {
    secure?.[Symbol.dispose]()
    throw refusalOf(error, addressOf(host, port, scheme), 'PORT')
  })
  const boundPort = portOf(app.server.address(), port)
  const redirects =
    httpPort === undefined ? undefined : new RedirectServer(boundPort, connectionsMax)
  const redirectPort = await redirects
    ?.listen(host, httpPort ?? 0)
    .catch(async (error: unknown) => {
      await app.close()
      throw refusalOf(error, addressOf(host, httpPort ?? 0), 'HTTP_PORT')
    })
  async function close(): Promise<void> {
    gate.drop()
    secure?.[Symbol.dispose]()
    redirects?.[Symbol.dispose]()
    await app.close()
  }
  return {
    url: addressOf(host, boundPort, scheme),
    redirectUrl: redirectPort === undefined ? undefined : addressOf(host, redirectPort),
    accept() {
      gate.open()
      secure?.watch()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function refusalOf(error: unknown, address: string, setting: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons.get(code)
  if (reason === undefined) return error
  return new DomainError('unavailable', `${address} ${reason}. Choose another ${setting} or HOST.`)
}

const portOf = (bound: AddressInfo | string | null, asked: number): number =>
  typeof bound === 'object' && bound !== null ? bound.port : asked

/** Takes the connections from the app, and returns what gives it one. */
function passOn({ server }: App): (socket: Socket) => void {
  const listeners = server.listeners('connection')
  server.removeAllListeners('connection')
  return (socket) => {
    for (const each of listeners) Reflect.apply(each, server, [socket])
  }
}

/** Keeps new connections waiting until the gate opens. */
function holdConnections(
  { server }: App,
  pass: (socket: Socket) => void,
): { open: () => void; drop: () => void } {
  const held = new Set<Socket>()
  let isOpen = false
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

export const addressOf = (host: string, port: number, scheme = 'http'): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
