import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import { bodyMaxMs, headMaxMs } from '@doorstep/contract/limits'
import { expect, it } from 'vitest'

import { startApp } from '../support/start.ts'

it.concurrent.each([
  ['headers', headMaxMs, () => 'GET /v2/visits HTTP/1.1\r\nHost: a.example\r\nX-Slow: '],
  [
    'a body',
    bodyMaxMs,
    (token: string) =>
      `POST /v2/leads HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  ],
])('%s that do not arrive in time are a 408 (1.1, 8.2)', async (_, maxMs, begin) => {
  await using app = await startApp()
  const { hostname, port } = new URL(app.url)
  const startMs = performance.now()
  const socket = connect(Number(port), hostname)
  socket.write(begin(app.tokens.admin))
  const drip = setInterval(() => socket.write('x'), 1_000)
  const answer = await text(socket)
  clearInterval(drip)
  const tookMs = performance.now() - startMs

  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/)
  expect(answer).toContain('"code":"request_timeout"')
  expect(tookMs).toBeGreaterThan(maxMs - 1_000)
  expect(tookMs).toBeLessThan(maxMs + 15_000)
})
