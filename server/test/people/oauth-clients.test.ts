import { describe, expect, it } from 'vitest'

import {
  allowed,
  ask,
  askToken,
  authorizeUrl,
  basic,
  callback,
  email,
  openForm,
  register,
  sendForm,
  startWithRep,
  statusWith,
} from '../support/oauth-flow.ts'
import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'

describe('the endpoints of OAuth', () => {
  it.each([
    ['DELETE', '/oauth2/authorize', 'GET, POST, HEAD'],
    ['GET', '/oauth2/token', 'POST'],
    ['PUT', '/oauth2/revoke', 'POST'],
    ['POST', '/oauth2/token/info', 'GET, HEAD'],
  ])('refuse %s %s (1.6)', async (method, path, allow) => {
    await using app = await startWithRep()
    const { status, headers } = await ask(app, path, { method })
    expect([status, headers.get('Allow')]).toEqual([405, allow])
  })

  it('count requests for the address that they come from (8.4)', async () => {
    await using app = await startWithRep({ requestsPerHour: 1 })
    const answers = await Promise.all([
      ask(app, '/oauth2/token', {}),
      ask(app, '/oauth2/token', {}),
      ask(app, '/oauth2/token', {}),
    ])
    const limited = answers.find(({ status }) => status === 429)
    expect(limited?.body['error']).toBe('temporarily_unavailable')
    expect(limited?.headers.get('Retry-After')).toMatch(/^\d+$/)
  })
})

describe('/oauth2/revoke and /oauth2/token/info', () => {
  it('ends a token of the client’s own, and says 200 to any other (RFC 7009)', async () => {
    await using app = await startWithRep()
    const [client, other] = [await register(app), await register(app)]
    const code = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    const token = String(body['access_token'])
    const revoke = (by: typeof client, given: Record<string, string>) =>
      ask(app, '/oauth2/revoke', {
        headers: { Authorization: basic(by) },
        body: new URLSearchParams(given),
      })
    expect((await revoke(client, { token: 'unknown' })).status).toBe(200)
    expect((await revoke(other, { token })).status).toBe(200)
    expect((await revoke(client, { token: app.tokens.rep })).status).toBe(200)
    expect(await statusWith(app, token)).toBe(200)
    expect(await statusWith(app, app.tokens.rep)).toBe(200)
    expect((await revoke({ ...client, client_secret: 'wrong' }, { token })).status).toBe(401)
    expect((await revoke(client, {})).body['error']).toBe('invalid_request')
    expect((await revoke(client, { token })).status).toBe(200)
    expect(await statusWith(app, token)).toBe(401)
  })

  it('describes the token of the request (9.2)', async () => {
    const now = Date.UTC(2027, 0, 1)
    await using app = await startWithRep({ clock: () => now })
    const client = await register(app)
    const code = await allowed(app, client, email, { scope: 'read' })
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    const info = (token: unknown) =>
      ask(app, '/oauth2/token/info', {
        method: 'GET',
        headers: { Authorization: `Bearer ${token}` },
      })
    expect((await info(body['access_token'])).body).toEqual({
      resource_owner_id: people.rep,
      scopes: ['read'],
      expires_in_seconds: 3600,
      application: { uid: client.client_id },
      created_at: now / 1000,
    })
    expect((await info(app.tokens.rep)).body).toMatchObject({
      expires_in_seconds: null,
      application: { uid: null },
    })
    const unknown = await info('0'.repeat(64))
    expect([unknown.status, unknown.body['error']]).toEqual([401, 'invalid_token'])
    expect(unknown.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
  })
})

describe('/v2/oauth_clients', () => {
  it('registers, lists and removes clients, with all that they were given', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    const path = `/v2/oauth_clients/${client.id}`
    const listed = await send(app, 'GET', '/v2/oauth_clients')
    expect(listed.body.items).toMatchObject([{ data: { client_id: client.client_id } }])
    expect(listed.text).not.toContain(client.client_secret)
    const { otherAdmin, rep } = app.tokens
    expect((await send(app, 'DELETE', path, undefined, { token: otherAdmin })).status).toBe(404)
    expect((await send(app, 'DELETE', path, undefined, { token: rep })).status).toBe(403)
    expect((await send(app, 'DELETE', path)).status).toBe(204)
    expect(await statusWith(app, body['access_token'])).toBe(401)
    expect((await askToken(app, client, { grant_type: 'refresh_token' })).status).toBe(401)
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/callback',
    `${callback}#here`,
    'https://a:b@c.example/',
    'http://a.example/back',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://10.0.0.1/',
    'myapp://back',
    'ftp://a.example/',
    'intent:x',
  ])('refuses to send anybody to %s (6.5, 9.2)', async (uri) => {
    await using app = await startWithRep()
    const given = { name: 'x', redirect_uris: [callback, uri] }
    const { status, problems } = await send(app, 'POST', '/v2/oauth_clients', given)
    expect([status, problems]).toEqual([422, [['/redirect_uris/1', 'incorrect_value']]])
  })

  it.each([
    'https://a.example:8443/back?x=1',
    'http://127.0.0.1/back',
    'http://[::1]:9/back',
    'http://localhost:9/back',
    'com.example.app:/back',
    'com.example.app://back',
  ])('sends people to %s (9.2)', async (uri) => {
    await using app = await startWithRep()
    const { client_id } = await register(app, { redirect_uris: [uri] })
    const url = authorizeUrl(app, { client_id, response_type: 'code', state: 'x' })
    const { location } = await sendForm(app, await openForm(url), { decision: 'deny' })
    expect(location?.href.startsWith(uri)).toBe(true)
    expect(location?.searchParams.get('error')).toBe('access_denied')
  })
})
