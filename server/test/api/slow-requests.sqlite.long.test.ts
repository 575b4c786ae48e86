import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

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

const head = (path: string, token: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer ${token}\r\n` +
  `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`
const formBegin =
  '--x\r\nContent-Disposition: form-data; name="file"; filename="leads.csv"\r\n\r\nlast_name\n'
const formEnd = '\r\n--x--\r\n'

it.concurrent('files that arrive in more than a minute are taken (1.1, 10.18)', async () => {
  await using app = await startApp({ hasFileImports: true })
  const { hostname, port } = new URL(app.url)
  const socket = connect(Number(port), hostname)
  const lines = 'A name of some length\n'.repeat(1_000)
  const count = 80
  const length = formBegin.length + count * lines.length + formEnd.length
  socket.write(head('/v2/imports/files/preview', app.tokens.admin, length) + formBegin)
  const answer = text(socket)
  for (let sent = 0; sent < count; sent++) {
    await pause(1_000)
    socket.write(lines)
  }
  socket.write(formEnd)
  expect(await answer).toMatch(/^HTTP\/1.1 200 OK\r\n/)
})

it.concurrent('files that stand are a 408 after a minute (1.1)', async () => {
  await using app = await startApp({ hasFileImports: true })
  const { hostname, port } = new URL(app.url)
  const startMs = performance.now()
  const socket = connect(Number(port), hostname)
  socket.write(head('/v2/imports/files/preview', app.tokens.admin, 1_000_000) + formBegin)
  const drip = setInterval(() => socket.write('x'), 1_000)
  const answer = await text(socket)
  clearInterval(drip)
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/)
  expect(performance.now() - startMs).toBeLessThan(2 * bodyMaxMs + 15_000)
})
