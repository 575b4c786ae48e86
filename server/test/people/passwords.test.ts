import { ForbiddenError, NotFoundError, UnprocessableError } from '@doorstep/client/errors'
import { describe, expect, it } from 'vitest'

import { allowed, askToken, password, register } from '../support/oauth-flow.ts'
import { emailOf, people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const email = emailOf('rep')
const renewed = { new: 'another password' }

const signIn = (app: TestApp, given: string) =>
  send(app, 'POST', '/v2/session', { email, password: given }, { token: '' })

const statusOf = async (app: TestApp, headers: Record<string, string>) =>
  (await fetch(`${app.url}/v2/session`, { headers })).status

const bearer = (token: unknown) => ({ Authorization: `Bearer ${token}` })

/** All that a rep can have: a session, OAuth's two tokens, a code not yet used, a personal token. */
async function startSignedIn() {
  const app = await startApp()
  await app.client.users.setPassword(people.rep, { new: password })
  const session = await signIn(app, password)
  const [Cookie = ''] = (session.headers.get('Set-Cookie') ?? '').split(';')
  const client = await register(app)
  const grant_type = 'authorization_code'
  const { body } = await askToken(app, client, {
    grant_type,
    code: await allowed(app, client, email),
  })
  const code = await allowed(app, client, email)
  /** Of the session, of the access token, and what refresh token and code are answered. */
  const left = async () => [
    await statusOf(app, { Cookie }),
    await statusOf(app, bearer(body['access_token'])),
    (
      await askToken(app, client, {
        grant_type: 'refresh_token',
        refresh_token: String(body['refresh_token']),
      })
    ).status,
    (await askToken(app, client, { grant_type, code })).status,
  ]
  const { csrf_token: csrf } = session.body.data
  return { app, Cookie, csrf: String(csrf), left, [Symbol.asyncDispose]: () => app.close() }
}

describe('PUT /v2/users/:id/password (9.5)', () => {
  it('gives a first password, with which one signs in', async () => {
    await using app = await startApp()
    expect((await signIn(app, renewed.new)).status).toBe(401)
    await app.client.users.setPassword(people.rep, renewed)
    expect((await signIn(app, renewed.new)).body.data.user.id).toBe(people.rep)
  })

  it('ends sessions and what OAuth gave, and leaves personal tokens', async () => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    await app.client.users.setPassword(people.rep, renewed)
    expect(await left()).toEqual([401, 401, 400, 400])
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(200)
    expect((await signIn(app, password)).status).toBe(401)
    expect((await signIn(app, renewed.new)).status).toBe(200)
  })

  it('touches nobody else, and refuses what it cannot take', async () => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    const { users } = app.client
    await users.setPassword(people.manager, renewed)
    expect(await statusOf(app, bearer(app.tokens.manager))).toBe(200)
    const self = await users.self()
    await expect(users.setPassword(self.data.id, renewed)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(users.setPassword(4242, renewed)).rejects.toBeInstanceOf(NotFoundError)
    const foreign = app.clientOf(app.tokens.otherAdmin).users.setPassword(people.rep, renewed)
    await expect(foreign).rejects.toBeInstanceOf(NotFoundError)
    const short = users.setPassword(people.rep, { new: '1234567' })
    await expect(short).rejects.toBeInstanceOf(UnprocessableError)
    expect(await left()).toEqual([200, 200, 200, 200])
  })
})

describe('PUT /v2/users/self/password (9.5)', () => {
  it('keeps the session that asks, and ends what OAuth gave', async () => {
    await using setup = await startSignedIn()
    const { app, Cookie, csrf, left } = setup
    const change = { old: password, ...renewed }
    const headers = { Cookie, 'X-CSRF-Token': csrf }
    const path = '/v2/users/self/password'
    expect((await send(app, 'PUT', path, change, { token: '', headers })).status).toBe(204)
    expect(await left()).toEqual([200, 401, 400, 400])
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(200)
  })
})
