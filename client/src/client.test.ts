import { readFile } from 'node:fs/promises'

import { expect, test, vi } from 'vitest'

import { sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { version } from './version.ts'

test('every call sends the token, accepts JSON and names the client', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token }).visits.list()

  expect(server.seen[0]).toMatchObject({
    method: 'GET',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': `doorstep-client/${version}`,
    },
  })
})

test('the caller’s name precedes the client’s', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))

  await createClient({ url: server.url, token, userAgent: 'crm-sync/2.1' }).visits.list()

  expect(server.seen[0]?.headers['user-agent']).toBe(`crm-sync/2.1 doorstep-client/${version}`)
})

test('a browser sends its own User-Agent', async () => {
  await using server = await startServer((response) => sendJson(response, visitPage(1, 1, 0)))
  vi.stubGlobal('document', {})
  const client = createClient({ url: server.url, token, userAgent: 'crm-sync/2.1' })
  vi.unstubAllGlobals()

  await client.visits.list()

  expect(server.seen[0]?.headers['user-agent']).toBe('node')
})

test('each method requests its own path, after the path of the url', async () => {
  await using server = await startServer((response) =>
    sendJson(response, { data: {}, items: [], meta: { links: {}, position: 'p', top: true } }),
  )
  const client = createClient({ url: `${server.url}/sales/`, token })

  await client.visits.list()
  await client.outcomes.list()
  await client.users.list()
  await client.users.get(12)
  await client.users.self()
  await client.account.self()
  await client.stream.read({ position: 'tail' })

  expect(server.seen.map(({ path }) => path)).toEqual([
    '/sales/v2/visits',
    '/sales/v2/visit_outcomes',
    '/sales/v2/users',
    '/sales/v2/users/12',
    '/sales/v2/users/self',
    '/sales/v2/accounts/self',
    '/sales/v3/visits/stream',
  ])
})

test('answers are returned as the server sent them', async () => {
  const user = { data: { id: 12, name: 'Ada' }, meta: { type: 'user' } }
  await using server = await startServer((response) => sendJson(response, user))

  expect(await createClient({ url: server.url, token }).users.get(12)).toEqual(user)
})

test('the caller’s own fetch is used', async () => {
  const urls: string[] = []
  const client = createClient({
    url: 'https://visits.example.com',
    token,
    fetch: async (url) => {
      urls.push(url)
      return Response.json(visitPage(1, 1, 2))
    },
  })

  expect((await client.visits.list({ page: 1 })).items).toHaveLength(2)
  expect(urls).toEqual(['https://visits.example.com/v2/visits?page=1'])
})

test.each([
  'visits.example.com',
  'ftp://example.com',
  'https://me:secret@example.com',
  'https://example.com/?a=1',
  'https://example.com/#a',
])('an invalid server url is rejected immediately: %s', (url) => {
  expect(() => createClient({ url, token })).toThrow(TypeError)
})

test('a token that no header can carry is rejected without being shown', () => {
  for (const bad of ['', `${token}\n`, 'two words', 'tökén']) {
    expect(() => createClient({ url: 'https://example.com', token: bad })).toThrow(
      'token must consist of visible ASCII characters, without spaces or line breaks',
    )
  }
})

test('numbers that would mean no wait or an endless one are rejected', () => {
  const create = (options: object) => () =>
    createClient({ url: 'https://example.com', token, ...options })

  expect(create({ timeoutMs: 0 })).toThrow('timeoutMs must be 1 to 2147483647 ms, not 0')
  expect(create({ timeoutMs: Infinity })).toThrow(RangeError)
  expect(create({ retry: { attemptsMax: 0 } })).toThrow(RangeError)
  expect(create({ retry: { baseDelayMs: -1 } })).toThrow(RangeError)
  expect(create({ retry: { delayMaxMs: Number.NaN } })).toThrow(RangeError)
})

test('the version is the package’s', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')

  expect(JSON.parse(text)).toMatchObject({ version })
})
