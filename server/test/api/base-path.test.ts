import { expect, it } from 'vitest'

import { people, recordItem, visitItems } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const basePath = '/apps/doorstep'
const atPath = () => startApp({ basePath })

const rootOf = (app: TestApp): string => app.url.slice(0, -basePath.length)

it('the server answers under BASE_PATH, probes also without it, and nothing else (3.3)', async () => {
  await using app = await atPath()
  const statusOf = async (path: string) =>
    (
      await fetch(`${rootOf(app)}${path}`, {
        headers: { Authorization: `Bearer ${app.tokens.admin}` },
      })
    ).status

  for (const path of [
    '',
    '/',
    '?x',
    '/docs',
    '/openapi.json',
    '/healthz',
    '/readyz',
    '/v2/visits',
  ]) {
    expect([path, await statusOf(`${basePath}${path}`)]).toEqual([path, 200])
  }
  for (const path of ['/healthz', '/readyz?x=1']) {
    expect([path, await statusOf(path)]).toEqual([path, 200])
  }
  for (const path of [
    '/',
    '/docs',
    '/v2/visits',
    '/v2/nothing',
    '/openapi.json',
    `${basePath}s/v2/visits`,
    `${basePath}${basePath}/v2/visits`,
    '/apps/v2/visits',
    '/oauth2/token/info',
    '/.outside/v2/visits',
    '/healthz/x',
  ]) {
    expect([path, await statusOf(path)]).toEqual([path, 404])
  }
})

it('links, errors and the stream name it (3.3, 5.2)', async () => {
  await using app = await atPath()
  await app.import(visitItems(3))

  const { body } = await send(app, 'GET', '/v2/visits?per_page=1&page=2')
  const stream = await send(app, 'GET', '/v3/visits/stream?position=tail')
  const error = await send(app, 'GET', '/v2/nothing')
  const oauth = await send(app, 'POST', '/oauth2/token', '')
  const outside = await fetch(`${rootOf(app)}/v2/visits`)

  const links = Object.values<string>(body.meta.links)
  expect(links.every((link) => link.startsWith(`${app.url}/v2/visits?`))).toBe(true)
  expect(links).toHaveLength(4)
  expect(stream.body.meta.links.next).toContain(`${app.url}/v3/visits/stream?`)
  expect(error.text).toContain(`"more_info":"${app.url}/docs"`)
  expect(oauth.body.error_uri).toBe(`${app.url}/docs`)
  expect(await outside.text()).toContain(`"more_info":"${app.url}/docs"`)
})

it('a link leads to its page (3.3)', async () => {
  await using app = await atPath()
  await app.import(visitItems(3))
  const { body } = await send(app, 'GET', '/v2/visits?per_page=1')

  const next = await fetch(body.meta.links.next_page, {
    headers: { Authorization: `Bearer ${app.tokens.admin}` },
  })

  expect([next.status, await next.text()]).toEqual([200, expect.stringContaining('"id":2')])
})

it('the start page, the documentation and its description name it (3.3)', async () => {
  await using app = await atPath()

  const home = await (await fetch(app.url)).text()
  const spec = await send(app, 'GET', '/openapi.json')
  const docs = await send(app, 'GET', '/docs/json')
  const moved = await fetch(`${app.url}/docs/static/index.html`, { redirect: 'manual' })

  const targets = [...home.matchAll(/(?:href|src|data-base)="([^"]+)"/g)].map(
    ([, target]) => target ?? '',
  )
  expect(targets.length).toBeGreaterThan(0)
  expect(targets.every((target) => target.startsWith(`${basePath}/`))).toBe(true)
  expect([spec.body.servers, docs.body.servers]).toEqual([[{ url: basePath }], [{ url: basePath }]])
  expect(moved.headers.get('Location')).toBe(`${basePath}/docs/`)
})

it('without it the description names no server, and a proxy may name a prefix (3.3)', async () => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'], basePath: '/inner' })
  await using plain = await startApp()
  const headers = { 'X-Forwarded-Prefix': '/outer' }

  expect((await send(plain, 'GET', '/openapi.json')).body).not.toHaveProperty('servers')
  expect((await send(app, 'GET', '/openapi.json', undefined, { headers })).body.servers).toEqual([
    { url: '/outer/inner' },
  ])
})

it('cookies and the consent form are of its path (9.2, 9.5)', async () => {
  await using app = await atPath()
  await app.import([recordItem('lead', 1, people.rep)])
  const password = 'a password of mine'
  await send(app, 'PUT', `/v2/users/${people.rep}/password`, { new: password })
  const client = await send(app, 'POST', '/v2/oauth_clients', {
    name: 'Reports',
    redirect_uris: ['https://client.example/back'],
  })

  const session = await send(
    app,
    'POST',
    '/v2/session',
    { email: 'rep@acme.example', password },
    { token: '' },
  )
  const { client_id } = client.body.data
  const query = `response_type=code&client_id=${client_id}&redirect_uri=https://client.example/back`
  const form = await fetch(`${app.url}/oauth2/authorize?${query}`)

  expect(session.headers.get('Set-Cookie')).toContain(`; Path=${basePath};`)
  expect(form.headers.get('Set-Cookie')).toContain(`; Path=${basePath}/oauth2;`)
  expect(await form.text()).toContain(`action="${basePath}/oauth2/authorize"`)
})

it('the SDK takes it as part of the address (3.3)', async () => {
  await using app = await atPath()
  await app.import(visitItems(1))

  expect((await app.client.visits.get(1)).data.id).toBe(1)
})
