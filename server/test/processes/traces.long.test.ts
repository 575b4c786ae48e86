import { createServer } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { expect, it, onTestFinished } from 'vitest'

import { inPlace, printedCommands, servePrinted } from '../support/documents.ts'
import { serveDoorstep, stop } from '../support/doorstep.ts'
import { environmentOf } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

/** Takes whatever is sent to it, as a collector does. */
async function startCollector() {
  const sent: { path: string; headers: object; body: Buffer }[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      sent.push({ path: request.url ?? '', headers: request.headers, body })
      response.end()
    })
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, sent }
}

it('sends a span for each request to the collector that OpenTelemetry’s variables name (8.5)', async () => {
  const { url: collector, sent } = await startCollector()
  const commands = printedCommands('docs/operating.md', './doorstep serve')
  const serve = inPlace(commands, { 'http://127.0.0.1:4318': collector })
  const {
    url,
    token,
    stop: end,
  } = await servePrinted(serve, {
    env: { ...environmentOf(temporaryFolder()), OTEL_EXPORTER_OTLP_HEADERS: 'x-team=field' },
  })
  const headers = {
    Authorization: `Bearer ${token}`,
    traceparent: `00-${trace}-00f067aa0ba902b7-01`,
  }
  await (await fetch(`${url}/v2/search?q=Kowalski`, { headers })).text()
  await end()

  expect(sent.map(({ path }) => path)).toEqual(['/v1/traces'])
  expect(sent[0]?.headers).toMatchObject({ 'x-team': 'field' })
  const bytes = Buffer.concat(sent.map(({ body }) => body))
  expect(bytes.includes(Buffer.from(trace, 'hex'))).toBe(true)
  const text = bytes.toString('latin1')
  expect(text).toContain('GET search')
  expect(text).toContain('doorstep')
  expect(text).not.toContain('Kowalski')
  expect(text).not.toContain(token)
})

it.each([
  ['which samples none', { OTEL_TRACES_SAMPLER: 'always_off' }],
  ['which is switched off', { OTEL_SDK_DISABLED: 'true' }],
  ['and no exporter', { OTEL_TRACES_EXPORTER: 'none' }],
])('sends nothing with a collector %s', async (_, env) => {
  const { url: collector, sent } = await startCollector()
  const { child, url } = await serveDoorstep(temporaryFolder(), [], {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    ...env,
  })
  await (await fetch(`${url}/healthz`)).text()
  expect(await stop(child, 'SIGTERM')).toBe(0)
  expect(sent).toEqual([])
})

/** A collector that takes connections and never answers. */
async function startSilence(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

it.each([
  ['cannot be reached', async () => 'http://127.0.0.1:1'],
  ['never answers', startSilence],
])('serves where the collector %s, and soon ends, however long its own timeout', async (_, of) => {
  const { child, url, errors } = await serveDoorstep(temporaryFolder(), [], {
    OTEL_EXPORTER_OTLP_ENDPOINT: await of(),
    OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
  })
  await (await fetch(`${url}/healthz`)).text()
  expect(await stop(child, 'SIGTERM')).toBe(0)
  expect(await errors).toContain('the last traces are lost')
})
