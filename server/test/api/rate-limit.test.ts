import { describe, expect, it } from 'vitest'

import { visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const startMs = Date.parse('2026-06-01T00:00:00Z')

/** A server whose clock stands still until it is moved on. */
async function startLimited(requestsPerHour: number) {
  let nowMs = startMs
  const app = await startApp({ clock: () => nowMs, requestsPerHour })
  const passMs = (ms: number) => void (nowMs += ms)
  return { app, passMs, [Symbol.asyncDispose]: () => app.close() }
}

const remainingOf = ({ headers }: Response) =>
  Number(/^"token";r=(\d+);t=\d+$/.exec(headers.get('RateLimit') ?? '')?.[1])

/** The statuses of so many requests, one after the other. */
async function statuses(app: TestApp, count: number, token = app.tokens.admin) {
  const found: number[] = []
  for (let index = 0; index < count; index++) {
    const headers = { Authorization: `Bearer ${token}` }
    found.push((await fetch(`${app.url}/v2/visits`, { headers })).status)
  }
  return found
}

describe('every answer', () => {
  it('reports the policy and what is left (8.4)', async () => {
    await using limited = await startLimited(36_000)

    const { headers } = await limited.app.fetch('/v2/visits')

    expect(headers.get('RateLimit-Policy')).toBe('"token";q=600;w=60')
    expect(headers.get('RateLimit')).toMatch(/^"token";r=599;t=1$/)
  })

  it.each([
    ['/v2/visits', {}, 200],
    ['/v2/visits?page=0', {}, 400],
    ['/v2/visits', { headers: { Authorization: 'Bearer x' } }, 401],
    ['/v2/users/1', {}, 404],
    ['/v2/nothing', {}, 404],
    ['/v2/visits', { method: 'DELETE' }, 405],
    ['/v2/visits', { headers: { Accept: 'text/csv' } }, 406],
  ])('does so, %s %j with %i too (8.4)', async (path, init, status) => {
    await using limited = await startLimited(36_000)

    const response = await limited.app.fetch(path, init)

    expect(response.status).toBe(status)
    expect(remainingOf(response)).toBe(599)
  })

  it('does so even where the path cannot be read (8.4)', async () => {
    await using limited = await startLimited(36_000)

    expect(remainingOf(await limited.app.fetch('/v2/users/%zz'))).toBe(599)
  })
})

describe('a token', () => {
  it('that has used up its bucket is answered 429 (8.4)', async () => {
    await using limited = await startLimited(180)
    const { app } = limited
    expect(await statuses(app, 3)).toEqual([200, 200, 200])

    const response = await app.fetch('/v2/visits')

    expect(response.status).toBe(429)
    expect(response.headers.get('Retry-After')).toBe('20')
    expect(remainingOf(response)).toBe(0)
    expect(await response.json()).toMatchObject({
      errors: [{ error: { code: 'rate_limit_exceeded' } }],
      meta: { http_status: '429 Too Many Requests' },
    })
  })

  it('reports through the SDK how long to wait (8.4)', async () => {
    await using limited = await startLimited(60)
    const { client } = limited.app
    await client.visits.list()

    await expect(client.visits.list()).rejects.toMatchObject({ retryAfterMs: 60_000 })
  })

  it('gets its requests back evenly, up to the bucket (8.4)', async () => {
    await using limited = await startLimited(180)
    const { app, passMs } = limited
    await statuses(app, 3)

    passMs(40_000)
    expect(await statuses(app, 3)).toEqual([200, 200, 429])
    passMs(3_600_000)
    expect(await statuses(app, 4)).toEqual([200, 200, 200, 429])
  })

  it.each([36_000, 3_600, 1_000, 180, 60, 7, 1])(
    'has one again when Retry-After has passed, at %i an hour (8.4)',
    async (requestsPerHour) => {
      await using limited = await startLimited(requestsPerHour)
      const { app, passMs } = limited
      let response = await app.fetch('/v2/visits')
      while (response.status === 200) response = await app.fetch('/v2/visits', { method: 'HEAD' })

      passMs(Number(response.headers.get('Retry-After')) * 1000)

      expect(await statuses(app, 1)).toEqual([200])
    },
  )

  it('is not held back by waiting in vain (8.4)', async () => {
    await using limited = await startLimited(180)
    const { app, passMs } = limited
    await statuses(app, 3)

    passMs(10_000)
    expect(await statuses(app, 5)).toEqual([429, 429, 429, 429, 429])
    passMs(10_000)
    expect(await statuses(app, 1)).toEqual([200])
  })

  it('has a bucket of its own (8.4)', async () => {
    await using limited = await startLimited(60)
    const { app } = limited

    expect(await statuses(app, 2)).toEqual([200, 429])
    expect(await statuses(app, 2, app.tokens.reading)).toEqual([200, 429])
  })

  it('loses nothing by those who come without one (8.4)', async () => {
    await using limited = await startLimited(60)
    const { app } = limited

    expect(await statuses(app, 2, 'x')).toEqual([401, 429])
    expect(await statuses(app, 1, '0'.repeat(64))).toEqual([429])
    expect(await statuses(app, 1)).toEqual([200])
  })
})

describe('what does not count', () => {
  it('is a 304 (5.7, 8.4)', async () => {
    await using limited = await startLimited(36_000)
    const { app } = limited
    await app.import(visitItems(3))
    const path = `/v3/visits/stream?limit=1&position=${btoa('firehose.visit.by_account,0,0')}`
    const first = await app.fetch(path)
    const headers = { 'If-None-Match': String(first.headers.get('ETag')) }

    for (let index = 0; index < 5; index++) {
      expect((await app.fetch(path, { headers })).status).toBe(304)
    }

    expect(remainingOf(await app.fetch(path))).toBe(remainingOf(first) - 1)
  })

  it('are pages that need no token (8.4)', async () => {
    await using limited = await startLimited(60)
    for (const path of ['/', '/docs', '/healthz', '/readyz', '/openapi.json', '/healthz']) {
      const response = await fetch(`${limited.app.url}${path}`)
      // Read to its end: a server that closes waits for an answer on its way.
      await response.text()
      expect(response.status).toBe(200)
    }
  })
})

it('0 requests per hour means no limit and no headers about one (8.4)', async () => {
  await using limited = await startLimited(0)

  expect(new Set(await statuses(limited.app, 50))).toEqual(new Set([200]))
  expect((await limited.app.fetch('/v2/visits')).headers.get('RateLimit')).toBeNull()
})
