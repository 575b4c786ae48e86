import { describe, expect, it } from 'vitest'

import { emailOf, people, visitItems } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const origin = 'https://reports.example'
const listed = { corsOrigins: [origin, 'https://other.example'] }
const all = { corsOrigins: ['*'] }

const preflight = (app: TestApp, path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'authorization,if-match,content-type',
      ...headers,
    },
  })

const corsHeaders = ({ headers }: Pick<Response, 'headers'>) =>
  [...headers].filter(([name]) => name.startsWith('access-control-'))

describe('without CORS_ORIGINS', () => {
  it('no page of another origin is answered anything new (1.6, 1.12)', async () => {
    await using app = await startApp()

    const asked = await preflight(app, '/v2/visits/1')
    const called = await app.fetch('/v2/visits', { headers: { Origin: origin } })

    expect([asked.status, asked.headers.get('Allow')]).toEqual([405, 'GET, PUT, DELETE, HEAD'])
    expect([corsHeaders(asked), corsHeaders(called)]).toEqual([[], []])
    expect(called.headers.get('Vary')).toBe('Authorization, Cookie, accept-encoding')
  })
})

describe.each([
  ['a listed origin', listed, origin],
  ['any origin', all, '*'],
])('with CORS_ORIGINS of %s', (_, options, answered) => {
  it.each(['/v2/visits/1', '/v2/leads', '/v3/visits/stream', '/oauth2/token'])(
    'the browser learns what may be sent to %s (1.12)',
    async (path) => {
      await using app = await startApp(options)

      const { status, headers } = await preflight(app, path)

      expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([204, answered])
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        expect(headers.get('Access-Control-Allow-Methods')).toContain(method)
      }
      for (const name of ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key']) {
        expect(headers.get('Access-Control-Allow-Headers')).toContain(name)
      }
      expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    },
  )

  it('answers may be read, errors too, with what their headers say (1.12)', async () => {
    await using app = await startApp(options)
    await app.import(visitItems(3))
    const headers = { Origin: origin }

    const answers = [
      await send(app, 'GET', '/v2/visits', undefined, { headers }),
      await send(app, 'GET', '/v2/visits/99', undefined, { headers }),
      await send(app, 'GET', '/v2/nothing', undefined, { headers }),
      await send(app, 'GET', '/v2/visits', undefined, { headers, token: '' }),
      await send(app, 'PATCH', '/v2/visits', undefined, { headers }),
      await send(app, 'GET', '/v2/visits', undefined, {
        headers: { ...headers, 'If-None-Match': '*' },
      }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 401, 405, 304])
    for (const each of answers) {
      expect(each.headers.get('Access-Control-Allow-Origin')).toBe(answered)
      expect(each.headers.get('Access-Control-Expose-Headers')).toContain('ETag')
      expect(each.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })

  it('OPTIONS that asks nothing is 405, as ever, and limited (1.6, 8.4, 1.12)', async () => {
    await using app = await startApp({ ...options, requestsPerHour: 600 })

    const plain = await fetch(`${app.url}/v2/visits`, { method: 'OPTIONS' })
    const unknown = await fetch(`${app.url}/v2/nothing`, { method: 'OPTIONS' })

    expect([plain.status, plain.headers.get('Allow')]).toEqual([405, 'GET, POST, HEAD'])
    expect(unknown.status).toBe(404)
    expect(plain.headers.get('RateLimit')).not.toBeNull()
    expect(plain.headers.get('Content-Language')).toBe('en')
  })

  it('where people sign in, nothing is allowed (1.12)', async () => {
    await using app = await startApp(options)

    for (const path of ['/v2/session', '/v2/session/', '/oauth2/authorize', '/', '/docs']) {
      expect([path, corsHeaders(await preflight(app, path))]).toEqual([path, []])
      const called = await app.fetch(path, { headers: { Origin: origin } })
      expect([path, corsHeaders(called)]).toEqual([path, []])
    }
  })

  it('a session’s cookie counts for nothing from another origin (9.5, 1.12)', async () => {
    await using app = await startApp(options)
    const password = 'a password of mine'
    await send(app, 'PUT', `/v2/users/${people.rep}/password`, { new: password })
    const signedIn = await send(
      app,
      'POST',
      '/v2/session',
      { email: emailOf('rep'), password },
      { token: '' },
    )
    const [Cookie = ''] = (signedIn.headers.get('Set-Cookie') ?? '').split(';')
    const csrf = { 'X-CSRF-Token': String(signedIn.body.data.csrf_token) }
    const get = async (headers: Record<string, string>, path = '/v2/visits') =>
      (await send(app, 'GET', path, undefined, { token: '', headers: { Cookie, ...headers } }))
        .status

    expect([await get({}), await get({ Origin: app.url })]).toEqual([200, 200])
    expect(await get({ Origin: origin })).toBe(401)
    expect(await get({ Origin: origin }, '/v2/session')).toBe(401)
    expect(await get({ Origin: 'null' })).toBe(401)
    expect(await get({ Origin: app.url.replace(/:\d+$/, ':1') })).toBe(401)
    const write = await send(
      app,
      'PUT',
      '/v2/users/self/password',
      { old: password, new: 'another password' },
      { token: '', headers: { Cookie, ...csrf, Origin: origin } },
    )
    expect(write.status).toBe(401)
  })
})

it('answers reveal nothing to origins that are not listed, and caches keep answers apart (1.12)', async () => {
  await using app = await startApp(listed)

  for (const other of [
    'https://evil.example',
    `${origin}.evil.example`,
    `${origin}:8443`,
    'null',
  ]) {
    const asked = await preflight(app, '/v2/visits/1', { Origin: other })
    const called = await app.fetch('/v2/visits', { headers: { Origin: other } })
    expect([asked.status, called.status]).toEqual([405, 200])
    expect([corsHeaders(asked), corsHeaders(called)]).toEqual([[], []])
    expect(called.headers.get('Vary')).toContain('Origin')
  }
})
