import { once } from 'node:events'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { people, recordItem, visitItems } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { position } from '../support/stream.ts'

const address = 'a long street with many houses, '.repeat(60)
const lead = { address: { line1: address.slice(0, 200) }, description: address }

async function startSeeded(): Promise<TestApp> {
  const app = await startApp()
  await app.import([recordItem('lead', 1, people.rep), ...visitItems(200, { summary: address })])
  await send(app, 'PUT', '/v2/leads/1', lead)
  return app
}

/** The answer as it goes over the wire, and its plain body. */
async function get(
  app: TestApp,
  path: string,
  given: Readonly<Record<string, string>> = {},
  method = 'GET',
) {
  const sent = request(`${app.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${app.tokens.admin}`, ...given },
  })
  sent.end()
  const [response] = await once(sent, 'response')
  const { statusCode: status, headers } = response
  const bytes = await buffer(response)
  const coding: string | undefined = headers['content-encoding']
  const unpack = coding === 'br' ? brotliDecompressSync : coding === 'gzip' ? gunzipSync : undefined
  const text = String(unpack && bytes.length > 0 ? unpack(bytes) : bytes)
  return { status, headers, coding, bytes, text, etag: String(headers.etag) }
}

const packed = ['br', 'gzip'] as const
const listPath = '/v2/visits?per_page=100'
const objectPath = '/v2/leads/1'
const streamPath = `/v3/visits/stream?position=${position(0, 5)}&limit=100`
const shortStreamPath = `/v3/visits/stream?position=${position(0, 5)}&limit=5`

it.each([listPath, '/v2/visits?per_page=10', objectPath, streamPath, shortStreamPath])(
  '%s is packed for who accepts it, and the same when unpacked (1.11)',
  async (path) => {
    await using app = await startSeeded()
    const plain = await get(app, path)

    for (const coding of packed) {
      const answer = await get(app, path, { 'Accept-Encoding': coding })
      expect([answer.coding, answer.text]).toEqual([coding, plain.text])
      expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 2)
      expect(answer.headers.vary).toBe(plain.headers.vary)
      expect(answer.headers.vary).toContain('accept-encoding')
    }
    expect(plain.coding).toBeUndefined()
  },
)

it.each(['/v2/visits/1?include=verification', '/v2/nothing', '/v2/visits?page=0'])(
  'the short answer to %s is not (1.11)',
  async (path) => {
    await using app = await startApp()
    await app.import(visitItems(1))

    expect((await get(app, path, { 'Accept-Encoding': 'gzip, br' })).coding).toBeUndefined()
  },
)

it('a page that people read is, and so is the description of the API (1.11)', async () => {
  await using app = await startApp()

  for (const path of ['/', '/docs/static/swagger-ui-bundle.js', '/openapi.json']) {
    const { status, coding } = await get(app, path, { 'Accept-Encoding': 'gzip, deflate, br' })
    expect([path, status, coding]).toEqual([path, 200, 'br'])
  }
})

it.each(['/v2/tokens', '/v2/oauth_clients', '/v2/session', '/oauth2/authorize?client_id=x'])(
  'the answer to %s is never, however long (1.11)',
  async (path) => {
    await using app = await startApp()
    for (let turn = 0; turn < 30; turn++) {
      await send(app, 'POST', '/v2/tokens', { description: `${turn}`, scopes: ['read'] })
      await send(app, 'POST', '/v2/oauth_clients', {
        name: `client ${turn}`,
        redirect_uris: ['https://client.example/back'],
      })
    }
    await send(app, 'PUT', '/v2/users/self', { name: 'x'.repeat(90) })

    expect((await get(app, path, { 'Accept-Encoding': 'gzip, br' })).coding).toBeUndefined()
  },
)

it.each([listPath, objectPath, streamPath, shortStreamPath, '/openapi.json'])(
  'HEAD %s has the headers of the packed GET (1.6, 1.11)',
  async (path) => {
    await using app = await startSeeded()

    for (const coding of ['identity', ...packed]) {
      const headers = { 'Accept-Encoding': coding, 'X-Request-Id': 'the-same-for-both' }
      const whole = await get(app, path, headers)
      const head = await get(app, path, headers, 'HEAD')
      const { date: _date, 'transfer-encoding': _chunked, ...expected } = whole.headers
      const { date: _other, 'transfer-encoding': _none, ...found } = head.headers
      expect([head.bytes.length, found]).toEqual([0, expected])
    }
  },
)

it('packed answers have strong tags of their own, and the same weak ones (1.11)', async () => {
  await using app = await startSeeded()
  const tagsOf = async (path: string) =>
    Promise.all(
      ['identity', ...packed].map(
        async (coding) => (await get(app, path, { 'Accept-Encoding': coding })).etag,
      ),
    )

  expect(new Set(await tagsOf(listPath)).size).toBe(1)
  expect(new Set(await tagsOf(objectPath)).size).toBe(3)
  expect(new Set(await tagsOf(shortStreamPath)).size).toBe(3)
})

it.each([listPath, objectPath, streamPath, shortStreamPath])(
  'the tag of a packed %s is answered 304, to whatever is accepted (5.8.1, 1.11)',
  async (path) => {
    await using app = await startSeeded()

    for (const coding of ['identity', ...packed]) {
      const { etag } = await get(app, path, { 'Accept-Encoding': coding })
      for (const accepted of ['identity', ...packed]) {
        const headers = { 'If-None-Match': etag, 'Accept-Encoding': accepted }
        const again = await get(app, path, headers)
        expect([again.status, again.bytes.length]).toEqual([304, 0])
        expect([again.etag, again.coding]).toEqual([etag, undefined])
      }
    }
  },
)

it('the tag of a packed object holds for If-Match (1.11)', async () => {
  await using app = await startSeeded()

  for (const coding of packed) {
    const { etag } = await get(app, objectPath, { 'Accept-Encoding': coding })
    const headers = { 'If-Match': etag }
    const first = await send(app, 'PUT', objectPath, { ...lead, last_name: coding }, { headers })
    const second = await send(app, 'PUT', objectPath, { ...lead, last_name: 'x' }, { headers })
    expect([first.status, second.status]).toEqual([200, 412])
  }
})

it('no Accept-Encoding breaks an answer (1.11)', async () => {
  await using app = await startSeeded()
  const { text } = await get(app, listPath)
  const part = fc.tuple(
    fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'identity', '*', 'x-gzip', '', 'é', 'GZIP'),
    fc.constantFrom('', ';q=0', ';q=1', ';q=0.5', '; q=0.001', ';q=x', ';;', ';q=-1'),
  )
  const header = fc.array(part, { maxLength: 5 }).map((parts) => parts.map((each) => each.join('')))

  await fc.assert(
    fc.asyncProperty(header, async (parts) => {
      const answer = await get(app, listPath, { 'Accept-Encoding': parts.join(',') })
      expect([answer.status, answer.text === text]).toEqual([200, true])
    }),
    { numRuns: 100 },
  )
})

it('a packed body is refused as before (6.6)', async () => {
  await using app = await startSeeded()
  const response = await app.fetch('/v2/visits', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    body: gzipSync('{"data":{"resource_type":"lead","resource_id":1}}'),
  })

  expect(response.status).toBe(415)
})
