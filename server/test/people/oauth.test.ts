import { hash } from '@node-rs/argon2'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it } from 'vitest'

import {
  allowed,
  ask,
  askToken,
  authorizeUrl,
  basic,
  callback,
  openForm,
  password,
  register,
  sendForm,
} from '../support/oauth-flow.ts'
import { emailOf, people } from '../support/sell-items.ts'
import { send } from '../support/sending.ts'
import { startApp, type StartOptions, type TestApp } from '../support/start.ts'

const email = emailOf('rep')
const token64 = expect.stringMatching(/^[0-9a-f]{64}$/)

let passwordHash = ''

beforeAll(async () => {
  passwordHash = await hash(password)
})

/** With a rep who has a password. */
async function start(options: StartOptions = {}): Promise<TestApp> {
  const app = await startApp(options)
  await app.store.write(app.account, (tx) => tx.users.setPassword(people.rep, passwordHash))
  return app
}

const visits = async (app: TestApp, token: unknown): Promise<number> =>
  (await fetch(`${app.url}/v2/visits`, { headers: { Authorization: `Bearer ${token}` } })).status

const deactivate = (app: TestApp) =>
  send(app, 'PUT', `/v2/users/${people.rep}`, { status: 'inactive' })

describe('OAuth 2 through openid-client', () => {
  it('goes from the consent page to tokens that work, refresh and end (9.2, 2.6)', async () => {
    await using app = await start()
    const { client_id, client_secret } = await register(app)
    const config = new openid.Configuration(
      {
        issuer: app.url,
        authorization_endpoint: `${app.url}/oauth2/authorize`,
        token_endpoint: `${app.url}/oauth2/token`,
        revocation_endpoint: `${app.url}/oauth2/revoke`,
      },
      client_id,
      { client_secret: client_secret ?? '' },
      openid.ClientSecretBasic(),
    )
    openid.allowInsecureRequests(config)
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'read write profile sync',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })

    const form = await openForm(url)
    const { status, location } = await sendForm(app, form, { email, password, decision: 'allow' })
    expect([status, location?.host]).toEqual([303, 'localhost:9'])
    const tokens = await openid.authorizationCodeGrant(config, location ?? new URL(app.url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    })
    expect(tokens).toMatchObject({
      access_token: token64,
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: token64,
      scope: 'read write profile sync',
    })
    expect(await visits(app, tokens.access_token)).toBe(200)
    const self = await fetch(`${app.url}/v2/users/self`, {
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    })
    expect(await self.json()).toMatchObject({ data: { id: people.rep } })

    const first = tokens.refresh_token ?? ''
    const second = await openid.refreshTokenGrant(config, first)
    const third = await openid.refreshTokenGrant(config, first)
    expect(second.refresh_token).toBe(first)
    expect(third.access_token).not.toBe(second.access_token)
    expect(await visits(app, third.access_token)).toBe(200)

    await openid.tokenRevocation(config, second.access_token)
    expect(await visits(app, second.access_token)).toBe(401)
    expect(await visits(app, third.access_token)).toBe(200)
    await openid.tokenRevocation(config, first)
    expect(await visits(app, third.access_token)).toBe(401)
    await expect(openid.refreshTokenGrant(config, first)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })
})

describe('POST /oauth2/token', () => {
  it('asks neither for a scope nor for redirect_uri, and says no-store (9.2)', async () => {
    await using app = await start()
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

  it('takes the parameters from the query, JSON or a form (9.3)', async () => {
    await using app = await start()
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
    await using app = await start()
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
    await using app = await start()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const exchange = () => askToken(app, client, { grant_type: 'authorization_code', code })
    const first = await exchange()
    expect(await visits(app, first.body['access_token'])).toBe(200)
    const second = await exchange()
    expect([second.status, second.body['error']]).toEqual([400, 'invalid_grant'])
    expect(await visits(app, first.body['access_token'])).toBe(401)
    const refresh_token = String(first.body['refresh_token'])
    const refreshed = await askToken(app, client, { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.body['error']).toBe('invalid_grant')
  })

  it('gives two who use a code at once nothing that lasts (9.2)', async () => {
    await using app = await start()
    const client = await register(app)
    const code = await allowed(app, client, email)
    const exchange = () => askToken(app, client, { grant_type: 'authorization_code', code })
    const answers = await Promise.all([exchange(), exchange(), exchange()])
    const given = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ body }) => body['error'] === 'invalid_grant')
    expect(given.length + refused.length).toBe(3)
    expect(refused.length).toBeGreaterThan(1)
    for (const { body } of given) expect(await visits(app, body['access_token'])).toBe(401)
  })

  it('refuses a code of another client, another redirect_uri, and one too old (9.2)', async () => {
    let now = Date.UTC(2027, 0, 1)
    await using app = await start({ clock: () => now })
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
    await using app = await start()
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
    await using app = await start({ clock: () => now })
    const client = await register(app)
    const code = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    now += 3_599_000
    expect(await visits(app, body['access_token'])).toBe(200)
    now += 1_000
    expect(await visits(app, body['access_token'])).toBe(401)
    now += 25 * 3_600_000
    expect(await app.store.oauth.drop(app.account, now - 24 * 3_600_000, 1)).toBe(1)
    await app.maintain()
    expect(await app.store.oauth.drop(app.account, now, 10)).toBe(0)
    const refresh_token = String(body['refresh_token'])
    const refreshed = await askToken(app, client, { grant_type: 'refresh_token', refresh_token })
    expect(refreshed.status).toBe(200)
  })

  it('gives fewer scopes on refresh, never more (2.2)', async () => {
    await using app = await start()
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
    await using app = await start()
    const client = await register(app)
    const grant_type = 'authorization_code'
    const code = await allowed(app, client, email)
    const unused = await allowed(app, client, email)
    const { body } = await askToken(app, client, { grant_type, code })
    expect((await deactivate(app)).status).toBe(200)
    expect(await visits(app, body['access_token'])).toBe(401)
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
    await using off = await start()
    const refused = await askToken(off, await register(off), given)
    expect([refused.status, refused.body['error']]).toEqual([400, 'unsupported_grant_type'])

    await using on = await start({ offeredGrants: { password: true, implicit: false } })
    const client = await register(on)
    const { status, body } = await askToken(on, client, given)
    expect(status).toBe(200)
    expect(await visits(on, body['access_token'])).toBe(200)
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
    await using app = await start()
    const { status, body } = await askToken(app, await register(app), given)
    expect([status, body['error']]).toEqual([400, error])
  })

  it('refuses what it cannot read (9.2)', async () => {
    await using app = await start()
    const headers = { 'Content-Type': 'application/json' }
    const broken = await ask(app, '/oauth2/token', { headers, body: '{"grant_type"' })
    const twice = await ask(app, '/oauth2/token?code=1&code=2', {})
    for (const { status, body } of [broken, twice]) {
      expect([status, body['error']]).toEqual([400, 'invalid_request'])
    }
  })
})

describe('/oauth2/authorize', () => {
  const query = { response_type: 'code', state: 'a b&c' }

  it('shows what is asked, escaped, under a policy of its own (9.2)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const { html, headers, fields } = await openForm(authorizeUrl(app, { ...query, client_id }))
    expect(html).toContain('Zap &amp; &lt;Co&gt;')
    expect(html).not.toContain('<Co>')
    expect(html).not.toContain('<script')
    expect(html.match(/<li>/g)).toHaveLength(5)
    expect(fields['state']).toBe('a b&c')
    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("form-action 'self' https: http:;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
    expect(headers.get('Cache-Control')).toBe('no-store')
  })

  it('tells the client when the person denies (9.2)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const { location } = await sendForm(app, form, { decision: 'deny' })
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      error: 'access_denied',
      state: 'a b&c',
    })
  })

  it.each([
    [{ scope: 'read everything' }, 'invalid_scope'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S1' }, 'invalid_request'],
  ])('tells the client of %o: %s (9.2)', async (given, error) => {
    await using app = await start()
    const uri = `${callback}?kept=1`
    const { client_id } = await register(app, { redirect_uris: [uri] })
    const url = authorizeUrl(app, { ...query, client_id, ...given })
    const { headers } = await fetch(url, { redirect: 'manual' })
    const location = new URL(headers.get('Location') ?? '')
    expect(location.href.startsWith(uri)).toBe(true)
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, state: 'a b&c' })
  })

  it('sends nobody to an address that is not registered (9.2)', async () => {
    await using app = await start()
    const two = [callback, `${callback}/2`]
    const { client_id } = await register(app, { redirect_uris: two })
    for (const given of [
      { client_id, redirect_uri: 'https://evil.example/' },
      { client_id, redirect_uri: `${callback}/` },
      { client_id, redirect_uri: `${callback}?more=1` },
      { client_id },
      { client_id: 'nobody', redirect_uri: callback },
    ]) {
      const opened = await fetch(authorizeUrl(app, { ...query, ...given }), { redirect: 'manual' })
      const fields = { ...query, ...given }
      const sent = await sendForm(app, { fields, cookie: '' }, { decision: 'deny' })
      for (const { status } of [opened, sent]) expect(status).toBe(400)
      expect(opened.headers.get('Location')).toBeNull()
      expect(sent.location).toBeNull()
    }
  })

  it('takes no decision from a form that it did not show to this browser (9.2)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const other = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const foreign = await openForm(authorizeUrl(app, { ...query, client_id }))
    const filled = { email, password, decision: 'allow' }
    const { form_token: _, ...without } = form.fields
    for (const forged of [
      { ...form, cookie: '' },
      { ...form, cookie: foreign.cookie },
      { ...form, cookie: 'doorstep_consent=forged' },
      { ...form, fields: without },
      { ...form, fields: { ...form.fields, client_id: other.client_id } },
    ]) {
      const { status, location } = await sendForm(app, forged, filled)
      expect([status, location]).toEqual([403, null])
    }
    expect((await sendForm(app, form, filled)).status).toBe(303)
  })

  it('refuses a wrong password, and after ten any (9.2)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const attempt = (given: string) =>
      sendForm(app, form, { email, password: given, decision: 'allow' })
    const wrong = await attempt('wrong')
    expect([wrong.status, wrong.location]).toEqual([403, null])
    expect(wrong.html).toContain('password is wrong')
    expect(wrong.html.match(/name="form_token"/g)).toHaveLength(1)
    for (let count = 1; count < 10; count += 1) await attempt('wrong')
    expect((await attempt(password)).status).toBe(429)
  })

  it('only asks for consent where somebody is signed in, as them (9.2)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const session = await send(app, 'POST', '/v2/session', { email, password }, { token: '' })
    const [cookie = ''] = (session.headers.get('Set-Cookie') ?? '').split(';')
    const url = authorizeUrl(app, { ...query, client_id })
    const form = await openForm(url, cookie)
    expect(form.html).not.toContain('type="password"')
    expect(form.html).toContain(email)
    const stranger = await openForm(url)
    const mixed = { fields: stranger.fields, cookie: `${stranger.cookie}; ${cookie}` }
    expect((await sendForm(app, mixed, { decision: 'allow' })).status).toBe(403)
    expect((await sendForm(app, form, { decision: 'allow' })).location?.search).toContain('code=')
  })

  it('signs nobody in of another account than the client’s (2.3)', async () => {
    await using app = await start()
    const { client_id } = await register(app)
    const others = 'admin@acme.example'
    await app.store.write(app.otherAccount, async (tx) => {
      const admin = (await tx.users.findByEmail([others])).get(others)
      await tx.users.setPassword(admin?.id ?? 0, passwordHash)
    })
    const form = await openForm(authorizeUrl(app, { ...query, client_id }))
    const filled = { email: others, password, decision: 'allow' }
    expect((await sendForm(app, form, filled)).status).toBe(403)

    const session = { email: others, password }
    const signedIn = await send(app, 'POST', '/v2/session', session, { token: '' })
    const [cookie = ''] = (signedIn.headers.get('Set-Cookie') ?? '').split(';')
    const { html } = await openForm(authorizeUrl(app, { ...query, client_id }), cookie)
    expect(html).toContain('type="password"')
  })

  it('answers with a token in the fragment where that is on (9.2)', async () => {
    await using app = await start({ offeredGrants: { password: false, implicit: true } })
    const { client_id } = await register(app)
    const url = authorizeUrl(app, { client_id, response_type: 'token', state: 's' })
    const filled = { email, password, decision: 'allow' }
    const { location } = await sendForm(app, await openForm(url), filled)
    expect(location?.search).toBe('')
    const answer = Object.fromEntries(new URLSearchParams(location?.hash.slice(1)))
    expect(answer).toMatchObject({ token_type: 'bearer', expires_in: '3600', state: 's' })
    expect(await visits(app, answer['access_token'])).toBe(200)
  })
})

describe('the endpoints of OAuth', () => {
  it.each([
    ['DELETE', '/oauth2/authorize', 'GET, POST, HEAD'],
    ['GET', '/oauth2/token', 'POST'],
    ['PUT', '/oauth2/revoke', 'POST'],
    ['POST', '/oauth2/token/info', 'GET, HEAD'],
  ])('refuse %s %s (1.6)', async (method, path, allow) => {
    await using app = await start()
    const { status, headers } = await ask(app, path, { method })
    expect([status, headers.get('Allow')]).toEqual([405, allow])
  })

  it('count requests for the address that they come from (8.4)', async () => {
    await using app = await start({ requestsPerHour: 1 })
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
    await using app = await start()
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
    expect(await visits(app, token)).toBe(200)
    expect(await visits(app, app.tokens.rep)).toBe(200)
    expect((await revoke({ ...client, client_secret: 'wrong' }, { token })).status).toBe(401)
    expect((await revoke(client, {})).body['error']).toBe('invalid_request')
    expect((await revoke(client, { token })).status).toBe(200)
    expect(await visits(app, token)).toBe(401)
  })

  it('tells about the token that asks (9.2)', async () => {
    const now = Date.UTC(2027, 0, 1)
    await using app = await start({ clock: () => now })
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
    await using app = await start()
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
    expect(await visits(app, body['access_token'])).toBe(401)
    expect((await askToken(app, client, { grant_type: 'refresh_token' })).status).toBe(401)
  })

  it.each(['javascript:alert(1)', '/callback', `${callback}#here`, 'https://a:b@c.example/'])(
    'refuses to send anybody to %s (6.5)',
    async (uri) => {
      await using app = await start()
      const given = { name: 'x', redirect_uris: [callback, uri] }
      const { status, problems } = await send(app, 'POST', '/v2/oauth_clients', given)
      expect([status, problems]).toEqual([422, [['/redirect_uris/1', 'incorrect_value']]])
    },
  )
})
