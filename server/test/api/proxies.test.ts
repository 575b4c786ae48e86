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
