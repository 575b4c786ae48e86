import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'

/** Where readers hand in what they may not write; nobody but the server's own user gets in. */
export async function listenToReaders(server: Server, path: string): Promise<AsyncDisposable> {
  // NOTE: a writer that was killed leaves its socket.
  rmSync(path, { force: true })
  server.listen(path)
  await once(server, 'listening')
  chmodSync(path, 0o600)
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
