import { expect, it } from 'vitest'

import type { CodePurpose } from '../../src/domain/one-time-codes.ts'
import { hashToken } from '../../src/http/access/auth.ts'
import { addCode } from '../../src/rules/one-time-codes.ts'
import { newSecret } from '../../src/runtime/secrets.ts'
import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { statusOf } from '../support/signed-in.ts'
import { startApp, type TestApp } from '../support/start.ts'

/** The code of a new link for the rep. */
async function newCode(
  app: TestApp,
  purpose: CodePurpose = 'sign_in',
  { account = app.account, userId = people.rep as number, now = Date.now() } = {},
): Promise<string> {
  const code = newSecret()
  await app.store.write(account, (tx) =>
    addCode(tx, { hash: hashToken(code), purpose, userId }, now),
  )
  return code
}

const signIn = (app: TestApp, code: string, headers: Record<string, string> = {}) =>
  send(app, 'POST', '/v2/session/code', { code }, { token: '', headers })

it('signs in once, with a session like any other (10.8)', async () => {
  await using app = await startApp()
  const code = await newCode(app)
  const { status, body, headers } = await signIn(app, code)
  expect(status).toBe(200)
  expect(body.data).toMatchObject({ user: { id: people.rep }, csrf_token: expect.any(String) })
  expect(headers.get('Cache-Control')).toBe('no-store')
  const [Cookie = ''] = (headers.get('Set-Cookie') ?? '').split(';')
  expect(await statusOf(app, { Cookie })).toBe(200)
  expect((await signIn(app, code)).status).toBe(401)
})

it('a code has one purpose, a lifetime, and one successor (10.8)', async () => {
  let now = Date.UTC(2026, 0, 5)
  await using app = await startApp({ clock: () => now })
  const day = 24 * 3_600_000
  for (const purpose of ['setup', 'invitation'] as const) {
    expect((await signIn(app, await newCode(app, purpose, { now }))).status, purpose).toBe(401)
  }
  const first = await newCode(app, 'sign_in', { now })
  const second = await newCode(app, 'sign_in', { now })
  expect((await signIn(app, first)).status).toBe(401)
  now += day - 1
  const third = await newCode(app, 'sign_in', { now, userId: people.manager })
  expect((await signIn(app, second)).status).toBe(200)
  now += day
  expect((await signIn(app, third)).status).toBe(401)
  await app.maintain()
  expect(await app.store.oneTimeCodes.find(hashToken(third))).toBeUndefined()
})

it('of two who use a code at once, one gets in (10.8)', async () => {
  await using app = await startApp()
  for (let round = 0; round < 5; round++) {
    const code = await newCode(app)
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(app, code)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401])
  }
})

it('signs in to the account of the code only (10.8)', async () => {
  await using app = await startApp()
  const [other] = (
    await app.store.users.list(
      app.otherAccount,
      {},
      { offset: 0, limit: 1, sort: { field: 'id', descending: false } },
    )
  ).rows
  const code = await newCode(app, 'sign_in', { account: app.otherAccount, userId: other?.id ?? 0 })
  const { headers } = await signIn(app, code)
  const [Cookie = ''] = (headers.get('Set-Cookie') ?? '').split(';')
  const { body } = await send(app, 'GET', '/v2/accounts/self', undefined, {
    token: '',
    headers: { Cookie },
  })
  expect(body.data.name).toBe('Other')
})

it('a code ends with the access or the password of its user (10.8, 2.1, 9.5.3)', async () => {
  await using app = await startApp()
  const before = await newCode(app)
  await app.client.users.setPassword(people.rep, { new: 'correct horse battery' })
  expect((await signIn(app, before)).status).toBe(401)
  const code = await newCode(app)
  await app.client.users.update(people.rep, { status: 'inactive' })
  await app.client.users.update(people.rep, { status: 'active' })
  expect((await signIn(app, code)).status).toBe(401)
})

it('thirty wrong codes from one address are the last, and right ones do not count (10.8, 9.5.1)', async () => {
  await using app = await startApp({ trustedProxies: ['127.0.0.1'] })
  const from = { 'X-Forwarded-For': '192.0.2.1' }
  for (let round = 0; round < 12; round++) {
    expect((await signIn(app, await newCode(app), from)).status).toBe(200)
  }
  const paths = ['/v2/session/code', '/v2/invitations/accept']
  for (let wrong = 0; wrong < 30; wrong++) {
    const data = { code: newSecret(), ...(wrong % 2 === 1 && { password: 'correct horse' }) }
    const sent = await send(app, 'POST', paths[wrong % 2] ?? '', data, { token: '', headers: from })
    expect(sent.status).toBe(401)
  }
  const code = await newCode(app)
  const refused = await signIn(app, code, from)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/)
  expect((await signIn(app, code, { 'X-Forwarded-For': '192.0.2.2' })).status).toBe(200)
})

it('neither the log nor an error contains a code (10.8)', async () => {
  await using app = await startApp()
  const code = await newCode(app)
  await signIn(app, code)
  const again = await signIn(app, code)
  const wrong = await send(app, 'POST', '/v2/session/code', { code: [code] }, { token: '' })
  expect([again.status, wrong.status]).toEqual([401, 422])
  expect(again.text + app.log.join('')).not.toContain(code)
})
