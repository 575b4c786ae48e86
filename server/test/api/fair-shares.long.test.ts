import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { describe, expect, it, vi } from 'vitest'

import { startApp } from '../support/start.ts'

describe('what needs no token', () => {
  it.each(['/docs/', '/docs/static/index.css', '/openapi.json', '/readyz'])(
    'GET %s is limited by address, whatever the limit of tokens (8.4)',
    async (path) => {
      const now = Date.now()
      await using app = await startApp({ requestsPerHour: 60, clock: () => now })
      const head = async (each: string) =>
        (await fetch(`${app.url}${each}`, { method: 'HEAD' })).status
      for (let n = 0; n < 600; n++) expect(await head(path)).toBe(200)

      expect(await head(path)).toBe(429)
      expect(await head('/healthz')).toBe(200)
      expect(await head(path === '/readyz' ? '/docs' : '/readyz')).toBe(200)
    },
  )

  it('/readyz asks the store at most once a second', async () => {
    await using app = await startApp()
    const ping = vi.spyOn(app.store, 'ping')
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.fetch('/readyz')))

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(ping).toHaveBeenCalledTimes(1)
    await expect
      .poll(async () => {
        await app.fetch('/readyz')
        return ping.mock.calls.length
      })
      .toBe(2)
  })

  it('/docs/json is what /openapi.json is', async () => {
    await using app = await startApp()
    const [first, second] = await Promise.all(
      ['/docs/json', '/openapi.json'].map(async (path) => (await app.fetch(path)).text()),
    )

    expect(first).toBe(second)
    expect(JSON.parse(String(first))).toHaveProperty('openapi')
  })
})

describe('connections above the maximum', () => {
  it('are closed at once, the log says so, and the others go on', async () => {
    await using app = await startApp({ connectionsMax: 3 })
    const { hostname, port, host } = new URL(app.url)
    const open = async (): Promise<Socket> => {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      return socket
    }
    const kept = [await open(), await open(), await open()]
    const dropped = await open()
    dropped.on('error', () => {})
    await once(dropped, 'close')
    const [first] = kept
    first?.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    const [answer] = await once(first ?? dropped, 'data')

    expect(String(answer)).toMatch(/^HTTP\/1.1 200 /)
    expect(app.log.filter((line) => line.includes('too many connections'))).toHaveLength(1)
    for (const socket of kept) socket.destroy()
  })
})
