import { describe, expect, it } from 'vitest'

import { createAccount } from '../../src/runtime/first-account.ts'
import { argonPasswords } from '../../src/runtime/passwords.ts'
import { newSecret } from '../../src/runtime/secrets.ts'
import { engine } from '../support/engine.ts'
import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type StartOptions, type TestApp } from '../support/start.ts'

const password = 'correct horse battery'
const email = 'ada@acme.example'

/** With Ada, an admin of a third account who has a password. */
async function startWithAda(options: StartOptions = {}): Promise<TestApp> {
  const app = await startApp(options)
  await createAccount(app.store, 'Ada’s', email, password)
  return app
}

const signIn = (app: TestApp, given: object = {}, headers: Record<string, string> = {}) =>
  send(app, 'POST', '/v2/session', { email, password, ...given }, { token: '', headers })

async function signedIn(app: TestApp, headers: Record<string, string> = {}) {
  const answer = await signIn(app, {}, headers)
  const [Cookie = ''] = (answer.headers.get('Set-Cookie') ?? '').split(';')
  const csrf = String(answer.body.data.csrf_token)
  const as = (method: string, path: string, data?: unknown, more: Record<string, string> = {}) =>
    send(app, method, path, data, { token: '', headers: { Cookie, ...more } })
  return { answer, Cookie, csrf, as }
}

describe('POST /v2/session', () => {
  it('signs in: the cookie stands for a token with all scopes (2.2)', async () => {
    await using app = await startWithAda()
    const { answer, as } = await signedIn(app)
    expect(answer.status).toBe(200)
    expect(answer.body.data.user).toMatchObject({ email, role: 'admin' })
    const cookie = answer.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^doorstep_session=[0-9a-f]{64}\.\S+; Max-Age=2592000; Path=\/; /)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    for (const path of ['/v2/visits', '/v2/users/self', '/v3/visits/stream?position=tail']) {
      expect((await as('GET', path)).status, path).toBe(200)
    }
    expect((await as('GET', '/v2/session')).body.data).toEqual(answer.body.data)
  })

  it('sets a cookie for https only where the client speaks https', async () => {
    await using app = await startWithAda({ trustedProxies: ['127.0.0.1'] })
    const { answer } = await signedIn(app, { 'X-Forwarded-Proto': 'https' })
    expect(answer.headers.get('Set-Cookie')).toMatch(/; Secure/)
  })

  it('refuses a wrong password as it refuses an e-mail that nobody has', async () => {
    await using app = await startWithAda()
    const wrong = await signIn(app, { password: 'wrong' })
    const unknown = await signIn(app, { email: 'nobody@acme.example' })
    const without = await signIn(app, { email: 'rep@acme.example' })
    for (const { status, body, headers } of [wrong, unknown, without]) {
      expect(status).toBe(401)
      expect(body.errors).toEqual(wrong.body.errors)
      expect(headers.get('Set-Cookie')).toBeNull()
    }
    expect((await signIn(app, { email: 7, password: undefined })).problems).toEqual([
      ['/email', 'invalid_type'],
      ['/password', 'missing'],
    ])
  })

  it('asks for the account where e-mail and password fit several', async () => {
    await using app = await startWithAda()
    const { userId } = await createAccount(app.store, 'Second', email, password)
    expect((await signIn(app)).problems).toEqual([['/account', 'missing']])
    const { status, body } = await signIn(app, { account: 'Second' })
    expect({ status, id: body.data.user.id }).toEqual({ status: 200, id: userId })
    expect((await signIn(app, { account: 'Third' })).status).toBe(401)
  })

  it('takes ten wrong passwords in a quarter of an hour, not eleven (8.2)', async () => {
    let now = Date.now()
    await using app = await startWithAda({ clock: () => now })
    const attempts = Array.from({ length: 10 }, () => signIn(app, { password: 'wrong' }))
    for (const { status } of await Promise.all(attempts)) expect(status).toBe(401)
    const refused = await signIn(app)
    expect(refused.problems).toEqual([[undefined, 'rate_limit_exceeded']])
    // Buckets that processes share fill bit by bit.
    const waitS = engine === 'postgres' ? 90 : 900
    expect(refused.headers.get('Retry-After')).toBe(String(waitS))
    expect((await signIn(app, { email: 'other@acme.example' })).status).toBe(401)
    now += waitS * 1000
    expect((await signIn(app)).status).toBe(200)
  })
})

describe('a session', () => {
  it('writes only with its own X-CSRF-Token (8.2)', async () => {
    await using app = await startWithAda()
    const { as, csrf } = await signedIn(app)
    const other = await signedIn(app)
    const create = (headers: Record<string, string>) =>
      as('POST', '/v2/visit_outcomes', { name: 'New' }, headers)
    for (const headers of [{}, { 'X-CSRF-Token': 'x' }, { 'X-CSRF-Token': other.csrf }]) {
      const { status, problems } = await create(headers)
      expect({ status, problems }).toEqual({ status: 403, problems: [[undefined, 'forbidden']] })
    }
    expect((await create({ 'X-CSRF-Token': csrf })).status).toBe(200)
  })

  it('is refused when the cookie was changed, and gives way to a bearer token', async () => {
    await using app = await startWithAda()
    const { Cookie } = await signedIn(app)
    const get = (headers: Record<string, string>, token = '') =>
      send(app, 'GET', '/v2/users/self', undefined, { token, headers })
    const last = Cookie.endsWith('A') ? 'B' : 'A'
    expect((await get({ Cookie: `${Cookie.slice(0, -1)}${last}` })).status).toBe(401)
    expect((await get({ Cookie: 'doorstep_session=%zz' })).status).toBe(401)
    expect((await get({ Cookie }, app.tokens.rep)).body.data.id).toBe(people.rep)
    expect((await get({ Cookie }, 'unknown')).status).toBe(401)
  })

  it('ends when signed out', async () => {
    await using app = await startWithAda()
    const { as, csrf } = await signedIn(app)
    expect((await as('DELETE', '/v2/session')).status).toBe(403)
    const out = await as('DELETE', '/v2/session', undefined, { 'X-CSRF-Token': csrf })
    expect(out.status).toBe(204)
    expect(out.headers.get('Set-Cookie')).toMatch(/^doorstep_session=; Max-Age=0; /)
    expect((await as('GET', '/v2/session')).status).toBe(401)
    expect((await send(app, 'DELETE', '/v2/session')).status).toBe(404)
  })

  it('ends after 30 days without use, and not before', async () => {
    const day = 24 * 3_600_000
    let now = Date.now()
    await using app = await startWithAda({ clock: () => now })
    const { as } = await signedIn(app)
    now += 29 * day
    expect((await as('GET', '/v2/session')).status).toBe(200)
    await app.maintain()
    now += 29 * day
    expect((await as('GET', '/v2/session')).status).toBe(200)
    now += 31 * day
    expect((await as('GET', '/v2/session')).status).toBe(401)
  })

  it('ends when its user becomes inactive, also when they come back (2.1)', async () => {
    await using app = await startWithAda()
    const { as, csrf } = await signedIn(app)
    const given = { name: 'Bo', email: 'bo@acme.example', role: 'admin' }
    const headers = { 'X-CSRF-Token': csrf }
    const { body } = await as('POST', '/v2/users', given, headers)
    const stored = await argonPasswords(newSecret).hash(password)
    const third = (await app.store.accounts.list()).at(-1)?.key ?? 0
    await app.store.write(third, (tx) => tx.users.setPassword(body.data.id, stored))
    const bo = await send(app, 'POST', '/v2/session', { email: given.email, password })
    const [Cookie = ''] = (bo.headers.get('Set-Cookie') ?? '').split(';')
    const status = async () =>
      (await send(app, 'GET', '/v2/session', undefined, { token: '', headers: { Cookie } })).status
    expect(await status()).toBe(200)
    await as('PUT', `/v2/users/${body.data.id}`, { status: 'inactive' }, headers)
    expect(await status()).toBe(401)
    await as('PUT', `/v2/users/${body.data.id}`, { status: 'active' }, headers)
    expect(await status()).toBe(401)
  })

  it('names the user of a bearer token, without a CSRF token', async () => {
    await using app = await startWithAda()
    const { body } = await send(app, 'GET', '/v2/session', undefined, { token: app.tokens.rep })
    const { timezone } = (await app.client.settings.get()).data
    expect(body).toMatchObject({ data: { user: { id: people.rep }, timezone, csrf_token: null } })
  })

  it('keeps neither its id nor its cookie in the store', async () => {
    await using app = await startWithAda()
    const { Cookie } = await signedIn(app)
    const id = Cookie.slice('doorstep_session='.length).slice(0, 64)
    expect(await app.store.sessions.findActor(id, 0)).toBeUndefined()
    expect(app.log.join()).not.toContain(id)
  })
})

describe('PUT /v2/users/self/password', () => {
  const change = (
    session: Awaited<ReturnType<typeof signedIn>>,
    given: object = {},
    headers: Record<string, string> = { 'X-CSRF-Token': session.csrf },
  ) =>
    session.as(
      'PUT',
      '/v2/users/self/password',
      { old: password, new: 'a new one', ...given },
      headers,
    )

  it('changes it and ends the other sessions', async () => {
    await using app = await startWithAda()
    const [one, other] = [await signedIn(app), await signedIn(app)]
    expect((await change(one)).status).toBe(204)
    expect((await one.as('GET', '/v2/session')).status).toBe(200)
    expect((await other.as('GET', '/v2/session')).status).toBe(401)
    expect((await signIn(app)).status).toBe(401)
    expect((await signIn(app, { password: 'a new one' })).status).toBe(200)
  })

  it('takes 8 to 1024 characters, and the old one (6.5)', async () => {
    await using app = await startWithAda()
    const session = await signedIn(app)
    const problems = async (given: object) => (await change(session, given)).problems
    expect(await problems({ new: '1234567' })).toEqual([['/new', 'incorrect_value']])
    expect(await problems({ new: 'x'.repeat(1025) })).toEqual([['/new', 'incorrect_value']])
    expect(await problems({ old: 'wrong' })).toEqual([['/old', 'incorrect_value']])
    expect((await change(session, {}, {})).status).toBe(403)
    for (let n = 0; n < 9; n++) await change(session, { old: 'wrong' })
    expect((await change(session)).status).toBe(429)
  })
})
