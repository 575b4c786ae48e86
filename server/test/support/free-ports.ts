import { once } from 'node:events'
import { createServer } from 'node:net'

const triesMax = 10

/** Whether a program says that another one has its port. */
const saysInUse = (error: unknown): boolean =>
  error instanceof Error && /EADDRINUSE|address already in use|is in use/i.test(error.message)

/**
 * Runs what needs to know its ports before it listens on them. Another program may take one of them
 * in between: where an error says so, it runs again with other ports.
 */
export async function withFreePorts<Result>(
  use: (port: number, second: number) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await use(...(await freePorts()))
    } catch (error) {
      if (tries === triesMax || !saysInUse(error)) throw error
    }
  }
}

/** Two different ones. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
  const [first, second] = servers.map((server) => {
    const bound = server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : 0
  })
  for (const server of servers) await once(server.close(), 'close')
  return [first ?? 0, second ?? 0]
}
