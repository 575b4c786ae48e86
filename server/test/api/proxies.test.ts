import type { StreamPage } from '@doorstep/contract/stream'
import type { VisitCollection } from '@doorstep/contract/visits'
import { expect, it } from 'vitest'

import { startApp, type TestApp } from '../support/start.ts'

const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'sell.example' }

async function selfLink(app: TestApp, headers: Record<string, string>): Promise<string> {
  const response = await app.fetch('/v2/visits', { headers })
  return ((await response.json()) as VisitCollection).meta.links.self
}

it.each([['127.0.0.1'], ['127.0.0.0/8'], ['10.0.0.1', '127.0.0.1']])(
  'links name what a trusted proxy forwards: %s (3.3)',
  async (...trustedProxies) => {
    await using app = await startApp({ trustedProxies })

    expect(await selfLink(app, forwarded)).toBe('https://sell.example/v2/visits?page=1&per_page=25')
  },
)

it.each([[[]], [['10.0.0.1']], [['192.168.0.0/16']]])(
  'links ignore what anyone else forwards, with %j trusted (3.3)',
  async (trustedProxies) => {
    await using app = await startApp({ trustedProxies })

    expect(await selfLink(app, forwarded)).toBe(`${app.url}/v2/visits?page=1&per_page=25`)
  },
)

it('a trusted proxy that forwards nothing changes nothing (3.3)', async () => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })

  expect(await selfLink(app, {})).toBe(`${app.url}/v2/visits?page=1&per_page=25`)
})

it('the stream’s next and the links of errors follow a trusted proxy too (3.3, 5.2)', async () => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })

  const page = await app.fetch('/v3/visits/stream?position=tail', { headers: forwarded })
  const error = await app.fetch('/v2/nothing', { headers: forwarded })

  expect(((await page.json()) as StreamPage).meta.links.next).toMatch(
    /^https:\/\/sell\.example\/v3\/visits\/stream\?position=/,
  )
  expect(await error.text()).toContain('"more_info":"https://sell.example/docs"')
})

it('what the client itself claims before a trusted proxy is not believed (3.3)', async () => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })
  const headers = {
    'X-Forwarded-Proto': 'http, https',
    'X-Forwarded-Host': 'evil.example, sell.example',
  }

  expect(await selfLink(app, headers)).toBe('https://sell.example/v2/visits?page=1&per_page=25')
})

it.each([
  [{ 'X-Forwarded-Port': '8443' }, 'https://sell.example:8443'],
  [{ 'X-Forwarded-Port': '443' }, 'https://sell.example'],
  [{ 'X-Forwarded-Port': '80', 'X-Forwarded-Proto': 'http' }, 'http://sell.example'],
  [
    { 'X-Forwarded-Port': '443', 'X-Forwarded-Host': 'sell.example:9000' },
    'https://sell.example:9000',
  ],
  [{ 'X-Forwarded-Port': '1, 8443' }, 'https://sell.example:8443'],
  [{ 'X-Forwarded-Prefix': '/visits' }, 'https://sell.example/visits'],
  [{ 'X-Forwarded-Prefix': '/a/b-c.d/' }, 'https://sell.example/a/b-c.d'],
  [{ 'X-Forwarded-Prefix': '/' }, 'https://sell.example'],
  [{ 'X-Forwarded-Prefix': '/evil, /visits' }, 'https://sell.example/visits'],
])('port and prefix of a trusted proxy are in every link: %j (3.3)', async (headers, origin) => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })
  const given = { ...forwarded, ...headers }

  expect(await selfLink(app, given)).toBe(`${origin}/v2/visits?page=1&per_page=25`)
  const page = await app.fetch('/v3/visits/stream?position=tail', { headers: given })
  expect(((await page.json()) as StreamPage).meta.links.next).toContain(`${origin}/v3/visits/`)
  const error = await app.fetch('/v2/nothing', { headers: given })
  expect(await error.text()).toContain(`"more_info":"${origin}/docs"`)
})

it('port and prefix from anyone else count for nothing (3.3)', async () => {
  await using app = await startApp({ trustedProxies: ['10.0.0.1'] })
  const headers = { 'X-Forwarded-Port': '99999', 'X-Forwarded-Prefix': '/../<' }

  expect(await selfLink(app, headers)).toBe(`${app.url}/v2/visits?page=1&per_page=25`)
})

it.each([
  ['X-Forwarded-Port', '0'],
  ['X-Forwarded-Port', '65536'],
  ['X-Forwarded-Port', '80/evil'],
  ['X-Forwarded-Prefix', '//evil.example'],
  ['X-Forwarded-Prefix', 'visits'],
  ['X-Forwarded-Prefix', '/a/../b'],
  ['X-Forwarded-Prefix', '/a?b'],
  ['X-Forwarded-Prefix', '/a%2f'],
  ['X-Forwarded-Prefix', '/"><script>'],
  ['X-Forwarded-Prefix', `/${'a'.repeat(200)}`],
])('a proxy that forwards %s: %s is refused (1.1, 3.3)', async (name, value) => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })

  const response = await app.fetch('/v2/visits', { headers: { [name]: value } })
  const text = await response.text()

  expect(response.status).toBe(400)
  expect(text).toContain('invalid_header')
  expect(text).not.toContain(`${value}/docs`)
})
