import { once } from 'node:events'
import { createServer } from 'node:http'

import { describe, expect, it } from 'vitest'

import { SellApi } from './client.ts'
import { RateBucket } from './rate-bucket.ts'

interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

const page: Answer = { status: 200, body: { items: [], meta: { links: {} } } }

/** Gives these answers, then a page. Answers how long the list took. */
async function ask(answers: readonly Answer[], waitMs: number, patienceMs = 5_000) {
  const left = [...answers]
  const server = createServer((_request, response) => {
    const { status, headers = {}, body } = left.shift() ?? page
    response.writeHead(status, headers).end(JSON.stringify(body) ?? '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const api = new SellApi({
    baseUrl: `http://127.0.0.1:${port}`,
    token: 'token',
    bucket: new RateBucket(1000),
    timeoutMs: 5_000,
    patienceMs,
    waitMs,
    userAgent: 'test',
  })
  const beganAt = performance.now()
  try {
    await api.list('/v2/visits', {})
    return { tookMs: performance.now() - beganAt, ...api.traffic }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const busy = (status: number, after: string): Answer => ({
  status,
  headers: { 'Retry-After': after },
})

describe('a request to Sell that is retried', () => {
  it.each([409, 429, 500, 503])('waits at least as long as status %i asks for', async (status) => {
    expect((await ask([busy(status, '1')], 1)).tookMs).toBeGreaterThanOrEqual(995)
  })

  it.each(['0', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
    'waits a little after 429 with Retry-After %s',
    async (at) => {
      expect((await ask([busy(429, at)], 400)).tookMs).toBeGreaterThanOrEqual(195)
    },
  )

  it('is repeated more slowly after a 404 that stands for the rate limit', async () => {
    const body = { status: 404, error: 'Not Found', path: '/429.json' }
    const asked = await ask(
      [
        { status: 404, body },
        { status: 404, body },
      ],
      200,
    )
    expect(asked).toMatchObject({ repeated: 2 })
    expect(asked.waits).toBeGreaterThan(0)
    expect(asked.tookMs).toBeGreaterThanOrEqual(195)
    const other = { status: 404, body: { status: 404, path: '/v2/visits' } }
    await expect(ask([other], 1)).rejects.toThrow('Sell answered 404')
  })

  it('does not count waits that Sell asks for as lack of an answer', async () => {
    expect(await ask([busy(503, '1'), busy(503, '1')], 1, 700)).toMatchObject({ repeated: 2 })
  })

  it('is retried when the answer is JSON but not a collection', async () => {
    expect(await ask([{ status: 200, body: { ok: true } }], 1)).toMatchObject({ repeated: 1 })
  })

  it('fails when it was retried for too long', async () => {
    const silent = Array.from({ length: 50 }, () => ({ status: 503 }))
    await expect(ask(silent, 20, 100)).rejects.toThrow('does not answer')
  })
})
