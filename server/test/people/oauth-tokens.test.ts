import { describe, expect, it } from 'vitest'

import {
  allowed,
  deactivateRep,
  email,
  startWithRep,
  statusWith,
  ask,
  askToken,
  authorizeUrl,
  callback,
  password,
  register,
} from '../support/oauth-flow.ts'

const token64 = expect.stringMatching(/^[0-9a-f]{64}$/)

describe('POST /oauth2/token', () => {
  it('asks neither for a scope nor for redirect_uri, and says no-store (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const { status, headers, body } = await askToken(app, client, {
      grant_type: 'authorization_code',
      code,
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: token64,
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: token64,
      scope: 'read write profile sync',
    })
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Pragma')).toBe('no-cache')
    expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8')
  })

  it('takes scopes with commas, also to refresh with fewer (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email, { scope: 'read,write,profile' })
    const first = await askToken(app, client, { grant_type: 'authorization_code', code })
    const refresh = {
      grant_type: 'refresh_token',
      refresh_token: String(first.body['refresh_token']),
    }
    const fewer = await askToken(app, client, { ...refresh, scope: 'read,write' })
    const more = await askToken(app, client, { ...refresh, scope: 'read,sync' })
    expect(first.body['scope']).toBe('read write profile')
    expect([fewer.status, fewer.body['scope']]).toEqual([200, 'read write'])
    expect([more.status, more.body['error']]).toEqual([400, 'invalid_scope'])
  })

  it.each(['http://127.0.0.1', 'http://[::1]', 'http://localhost'])(
    'follows a program that listens on any port of %s (9.2)',
    async (host) => {
      await using app = await startWithRep()
      const client = await register(app, { redirect_uris: [`${host}:9/back`, `${host}/other`] })
      const redirect_uri = `${host}:50123/back`
      const code = await allowed(app, client, email, { redirect_uri })
      const grant = { grant_type: 'authorization_code', code }
      const elsewhere = { ...grant, redirect_uri: `${host}:9/back` }
      expect((await askToken(app, client, elsewhere)).status).toBe(400)
      const again = await allowed(app, client, email, { redirect_uri })
      expect((await askToken(app, client, { ...grant, code: again, redirect_uri })).status).toBe(
        200,
      )
      for (const other of [
        `${host}:9/elsewhere`,
        'http://127.0.0.2:9/back',
        `${host}:99999/back`,
      ]) {
        const query = { client_id: client.client_id, response_type: 'code', redirect_uri: other }
        expect((await fetch(authorizeUrl(app, query), { redirect: 'manual' })).status).toBe(400)
      }
    },
  )

  it('takes the parameters from the query, JSON or a form (9.3)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const { client_id, client_secret } = client
    const secret = client_secret ?? ''
    const given = async () => ({
      grant_type: 'authorization_code',
      code: await allowed(app, client, email),
      redirect_uri: callback,
      client_id,
      client_secret: secret,
    })
    const json = { 'Content-Type': 'application/json' }
    const query = async () => `/oauth2/token?${new URLSearchParams(await given())}`
    const answers = [
      await ask(app, await query(), {}),
      await ask(app, await query(), { headers: json }),
      await ask(app, await query(), { headers: json, body: '{}' }),
      await ask(app, '/oauth2/token', { headers: json, body: JSON.stringify(await given()) }),
      await ask(app, '/oauth2/token', { body: new URLSearchParams(await given()) }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  it('refuses a client whose secret is wrong in RFC 6749’s form (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const wrong = { ...client, client_secret: 'f'.repeat(64) }
    const { status, headers, body } = await askToken(app, wrong, { grant_type: 'refresh_token' })
    expect(status).toBe(401)
    expect(headers.get('WWW-Authenticate')).toMatch(/^Basic/)
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: expect.any(String),
      error_uri: `${app.url}/docs`,
    })
    for (const secret of ['wrong', '']) {
      const inBody = await ask(app, '/oauth2/token', {
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: 'x',
          code_verifier: 'v'.repeat(43),
          client_id: client.client_id,
          client_secret: secret,
        }),
      })
      expect([inBody.status, inBody.body['error']]).toEqual([401, 'invalid_client'])
      expect(inBody.headers.get('WWW-Authenticate')).toBeNull()
    }
  })

  it('takes a code once; a second use ends what the first has led to (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const exchange = () => askToken(app, client, { grant_type: 'authorization_code', code })
    const first = await exchange()
    expect(await statusWith(app, first.body['access_token'])).toBe(200)
    const second = await exchange()
    expect([second.status, second.body['error']]).toEqual([400, 'invalid_grant'])
    expect(await statusWith(app, first.body['access_token'])).toBe(401)
    const refresh_token = String(first.body['refresh_token'])
    const refreshed = await askToken(app, client, { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.body['error']).toBe('invalid_grant')
  })

  it('gives two who use a code at once nothing that lasts (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const exchange = () => askToken(app, client, { grant_type: 'authorization_code', code })
    const answers = await Promise.all([exchange(), exchange(), exchange()])
    const given = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ body }) => body['error'] === 'invalid_grant')
    expect(given.length + refused.length).toBe(3)
    expect(refused.length).toBeGreaterThan(1)
    for (const { body } of given) expect(await statusWith(app, body['access_token'])).toBe(401)
  })

  it('refuses a code of another client, another redirect_uri, and one too old (9.2)', async () => {
    let now = Date.UTC(2027, 0, 1)
    await using app = await startWithRep({ clock: () => now })
    const [client, other] = [await register(app), await register(app)]
    const grant_type = 'authorization_code'
    const code = await allowed(app, client, email)
    expect((await askToken(app, other, { grant_type, code })).body['error']).toBe('invalid_grant')
    const elsewhere = { grant_type, code, redirect_uri: 'http://localhost:9/other' }
    expect((await askToken(app, client, elsewhere)).body['error']).toBe('invalid_grant')
    const late = await allowed(app, client, email)
    now += 600_000
    expect((await askToken(app, client, { grant_type, code: late })).body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'The code has expired.',
    })
  })

  it('holds a public client to PKCE, and lets it refresh without a secret (9.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app, { public: true })
    const { client_id } = client
    expect(client.client_secret).toBeNull()
    const query = { client_id, response_type: 'code' }
    const refused = await fetch(authorizeUrl(app, query), { redirect: 'manual' })
    expect(refused.headers.get('Location')).toMatch(/\?error=invalid_request&/)

    const code_verifier = 'plain-verifier-that-is-long-enough-for-the-rule'
    const code = await allowed(app, client, email, { code_challenge: code_verifier })
    const given = { grant_type: 'authorization_code', code, client_id }
    const exchange = (more: Record<string, string>) =>
      ask(app, '/oauth2/token', { body: new URLSearchParams({ ...given, ...more }) })
    const { status, body } = await exchange({ code_verifier })
    expect(status).toBe(200)
    const refreshed = await exchange({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    })
    expect(refreshed.status).toBe(200)

    for (const more of [{ code_verifier: 'w'.repeat(43) }, {}]) {
      const again = await allowed(app, client, email, { code_challenge: code_verifier })
      const { body: failed } = await exchange({ code: again, ...more })
      expect(failed['error']).toBe('invalid_grant')
    }
  })

  it('makes tokens that end after an hour and are then removed (2.6)', async () => {
    let now = Date.UTC(2027, 0, 1)
    await using app = await startWithRep({ clock: () => now })
    const client = await register(app)
    const code = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    now += 3_599_000
    expect(await statusWith(app, body['access_token'])).toBe(200)
    now += 1_000
    expect(await statusWith(app, body['access_token'])).toBe(401)
    now += 25 * 3_600_000
    expect(await app.store.oauth.drop(app.account, now - 24 * 3_600_000, 1)).toBe(1)
    await app.maintain()
    expect(await app.store.oauth.drop(app.account, now, 10)).toBe(0)
    const refresh_token = String(body['refresh_token'])
    const refreshed = await askToken(app, client, { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.status).toBe(200)
  })

  it('gives fewer scopes on refresh, never more (2.2)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const code = await allowed(app, client, email, { scope: 'read profile' })
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    expect(body['scope']).toBe('read profile')
    const refresh = (scope: string) =>
      askToken(app, client, {
        grant_type: 'refresh_token',
        refresh_token: String(body['refresh_token']),
        scope,
      })
    expect((await refresh('read')).body['scope']).toBe('read')
    expect((await refresh('read write')).body['error']).toBe('invalid_scope')
  })

  it('gives a deactivated user nothing (2.3)', async () => {
    await using app = await startWithRep()
    const client = await register(app)
    const grant_type = 'authorization_code'
    const code = await allowed(app, client, email)
    const unused = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type, code })
    expect((await deactivateRep(app)).status).toBe(200)
    expect(await statusWith(app, body['access_token'])).toBe(401)
    const refresh_token = String(body['refresh_token'])
    for (const given of [
      { grant_type: 'refresh_token', refresh_token },
      { grant_type, code: unused },
    ]) {
      expect((await askToken(app, client, given)).body['error']).toBe('invalid_grant')
    }
  })

  it('takes passwords only where that is on, and counts wrong ones (9.2)', async () => {
    const given = { grant_type: 'password', username: email, password }
    await using off = await startWithRep()
    const refused = await askToken(off, await register(off), given)
    expect([refused.status, refused.body['error']]).toEqual([400, 'unsupported_grant_type'])

    await using on = await startWithRep({ offeredGrants: { password: true, implicit: false } })
    const client = await register(on)
    const { status, body } = await askToken(on, client, given)
    expect(status).toBe(200)
    expect(await statusWith(on, body['access_token'])).toBe(200)
    const wrong = () => askToken(on, client, { ...given, password: 'wrong' })
    expect((await wrong()).body['error']).toBe('invalid_grant')
    for (let attempt = 1; attempt < 10; attempt += 1) await wrong()
    const limited = await wrong()
    expect([limited.status, limited.body['error']]).toEqual([429, 'temporarily_unavailable'])
  })

  it.each([
    [{}, 'invalid_request'],
    [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
    [{ grant_type: 'magic' }, 'unsupported_grant_type'],
    [{ grant_type: 'authorization_code' }, 'invalid_request'],
    [{ grant_type: 'authorization_code', code: 'unknown' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 'invalid_grant'],
  ])('refuses %o as %s (9.2)', async (given, error) => {
    await using app = await startWithRep()
    const { status, body } = await askToken(app, await register(app), given)
    expect([status, body['error']]).toEqual([400, error])
  })

  it('refuses what it cannot read (9.2)', async () => {
    await using app = await startWithRep()
    const headers = { 'Content-Type': 'application/json' }
    const broken = await ask(app, '/oauth2/token', { headers, body: '{"grant_type"' })
    const twice = await ask(app, '/oauth2/token?code=1&code=2', {})
    for (const { status, body } of [broken, twice]) {
      expect([status, body['error']]).toEqual([400, 'invalid_request'])
    }
  })
})
