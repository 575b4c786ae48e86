import { describe, expect, it } from 'vitest'

import { createAccount } from '../../src/runtime/first-account.ts'
import { addLink } from '../../src/runtime/one-time-links.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const draft = {
  name: 'Ada Lovelace',
  email: 'ada@acme.example',
  password: 'correct horse battery',
  account_name: 'Engines',
}

/** A server as the first start leaves it: one account, whose admin has no password. */
async function startNew() {
  const app = await startApp({ isSingle: true })
  const { id } = (await app.client.users.self()).data
  const link = () => app.store.write(app.account, (tx) => addLink(tx, 'setup', id, app.url))
  const newCode = async () => (await link()).split('#code=')[1] ?? ''
  return { app, id, link, newCode, [Symbol.asyncDispose]: () => app.close() }
}

const setUp = (app: TestApp, given: object) =>
  send(app, 'POST', '/v2/setup', { ...draft, ...given }, { token: '' })

const appInfo = async (app: TestApp, token = '') =>
  (await send(app, 'GET', '/v2/app', undefined, { token })).body.data

describe('setup (10.8)', () => {
  it('gives the admin name, e-mail and password, the account its name, and signs in', async () => {
    await using started = await startNew()
    const { app, id } = started
    expect(await appInfo(app)).toMatchObject({ needs_setup: true, account_name: 'Acme' })
    const code = await started.newCode()
    const { status, body, headers } = await setUp(app, { code })
    expect(status).toBe(200)
    const { name, email } = draft
    expect(body.data).toMatchObject({ user: { id, name, email, role: 'admin' } })
    expect(headers.get('Set-Cookie')).toContain('doorstep_session=')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(await appInfo(app)).toMatchObject({ needs_setup: false, account_name: 'Engines' })
    const { password } = draft
    const signedIn = await send(app, 'POST', '/v2/session', { email, password }, { token: '' })
    expect(signedIn.status).toBe(200)
    for (const later of [code, await started.newCode()]) {
      expect((await setUp(app, { code: later })).status).toBe(404)
    }
  })

  it('refuses wrong codes and leaves the code where the values are wrong', async () => {
    await using started = await startNew()
    const { app } = started
    expect((await setUp(app, { code: '0'.repeat(64) })).status).toBe(401)
    const old = await started.newCode()
    const code = await started.newCode()
    expect((await setUp(app, { code: old })).status).toBe(401)
    const taken = await setUp(app, { code, email: 'rep@acme.example' })
    expect([taken.status, taken.problems]).toEqual([422, [['/email', 'already_exists']]])
    const wrong = await setUp(app, { code, email: 'nothing', password: 'correct horse' })
    expect([wrong.status, wrong.problems]).toEqual([422, [['/email', 'incorrect_value']]])
    expect((await setUp(app, { code, password: 'short' })).status).toBe(422)
    expect((await setUp(app, { code, account_name: undefined })).status).toBe(200)
    expect(await appInfo(app)).toMatchObject({ needs_setup: false, account_name: 'Acme' })
  })

  it('lets one of several in', async () => {
    await using started = await startNew()
    const code = await started.newCode()
    const answers = await Promise.all(
      Array.from({ length: 3 }, (_, n) => setUp(started.app, { code, name: `Ada ${n}` })),
    )
    const statuses = answers.map(({ status }) => status).toSorted()
    expect(statuses.filter((status) => status === 200)).toEqual([200])
    for (const status of statuses.slice(1)) expect([401, 404]).toContain(status)
  })

  it('keeps name and time zone that were given here, whatever an import sends', async () => {
    await using started = await startNew()
    const { app } = started
    await setUp(app, { code: await started.newCode() })
    const { data } = await app.client.account.self()
    await app.import([
      { data: { ...data, id: 5, name: 'Sell’s', currency: 'PLN' }, meta: { type: 'account' } },
    ])
    expect((await app.client.account.self()).data).toMatchObject({
      name: 'Engines',
      currency: 'PLN',
    })
  })
})

describe('GET /v2/app (10.8)', () => {
  it('describes the only account to a stranger, and none where there are several', async () => {
    await using started = await startNew()
    const { app } = started
    expect(await appInfo(app)).toEqual({
      version: '0.0.0',
      account_name: 'Acme',
      needs_setup: true,
      map: { style_url: null, attribution: null, has_streets: false },
      location: { radius_m: 300, days_kept: 60 },
      sign_in: ['password'],
    })
    await createAccount(app.store, 'Second', 'b@b.example', 'correct horse')
    expect(await appInfo(app)).toMatchObject({ account_name: null, needs_setup: false })
    expect(await appInfo(app, app.tokens.admin)).toMatchObject({ account_name: 'Acme' })
    expect((await setUp(app, { code: await started.newCode() })).status).toBe(200)
  })

  it('counts against the limit of the address (8.4)', async () => {
    await using app = await startApp({ requestsPerHour: 120 })
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => send(app, 'GET', '/v2/app', undefined, { token: '' })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429])
  })
})
