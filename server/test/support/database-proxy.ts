import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a database as through a name or an address that can move, and that can fail. */
export interface DatabaseProxy extends AsyncDisposable {
  readonly url: string
  /** New connections lead to the server on this port from here on. */
  leadTo(port: number): void
  /** They lead to the first server again. */
  leadBack(): void
  /** Breaks all connections; both ends learn of it. */
  cut(): void
  /**
   * All that is sent on the connections of now is lost, and neither end learns of it. `andNew`: also
   * on later ones.
   */
  swallow(options?: { andNew?: boolean }): void
  /** What is asked on the connections of now arrives, and its answers do not. */
  loseAnswers(): void
  /** New connections are let through again. */
  letThrough(): void
  /** Connections to the proxy that its clients have not ended. */
  openCount(): number
}

interface Way {
  readonly from: Socket
  readonly to: Socket
  isSwallowed: boolean
  losesAnswers: boolean
}

/** Stands between a store and the server of the URL. */
export async function startProxy(url: string): Promise<DatabaseProxy> {
  const through = new URL(url)
  const firstPort = Number(through.port)
  let port = firstPort
  let swallowsNew = false
  const ways = new Set<Way>()
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (from) => {
    const to = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const way: Way = { from, to, isSwallowed: swallowsNew, losesAnswers: false }
    ways.add(way)
    open.add(from)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      one.on('error', () => {})
      one.on('data', (data) => {
        const isLost = way.isSwallowed || (one === to && way.losesAnswers)
        if (!isLost) other.write(data)
      })
      one.on('end', () => void (way.isSwallowed || other.end()))
      one.on('close', () => void (way.isSwallowed || other.destroy()))
    }
    // What its maker has ended is not open, also where the other end does not learn of it.
    for (const event of ['end', 'close']) from.on(event, () => open.delete(from))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  through.port = String(address.port)
  const breakAll = () => {
    for (const { from, to } of ways) {
      from.destroy()
      to.destroy()
    }
    ways.clear()
  }
  return {
    url: through.href,
    leadTo: (to) => void (port = to),
    leadBack: () => void (port = firstPort),
    cut: breakAll,
    swallow({ andNew = false } = {}) {
      for (const way of ways) way.isSwallowed = true
      swallowsNew = andNew
    },
    loseAnswers() {
      for (const way of ways) way.losesAnswers = true
    },
    letThrough: () => void (swallowsNew = false),
    openCount: () => open.size,
    async [Symbol.asyncDispose]() {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
