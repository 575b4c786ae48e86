import { expect, it } from 'vitest'

import { createAccount } from '../../src/runtime/first-account.ts'
import { emailOf, people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const email = 'ada@acme.example'
const password = 'correct horse battery'
const proxied = { trustedProxies: ['127.0.0.1'] }

const signIn = (app: TestApp, given: object = {}, headers: Record<string, string> = {}) =>
  send(app, 'POST', '/v2/session', { email, password, ...given }, { token: '', headers })

const guess = (app: TestApp, given: object = {}, forwarded?: string) =>
  signIn(
    app,
    { password: 'wrong', ...given },
    forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded },
  )

async function statuses(count: number, one: (index: number) => Promise<{ status: number }>) {
  const found: number[] = []
  for (let index = 0; index < count; index++) found.push((await one(index)).status)
  return found
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status)

it('a sign-in to another account does not forgive wrong passwords, one to the same does (9.5)', async () => {
  await using app = await startApp()
  await createAccount(app.store, 'Victim', email, password)
  await createAccount(app.store, 'Own', email, 'of the attacker')
  const wrong = { account: 'Victim' }
  expect(await statuses(9, () => guess(app, wrong))).toEqual(times(9, 401))
  const own = { account: 'Own', password: 'of the attacker' }
  expect((await signIn(app, own)).status).toBe(200)
  expect((await signIn(app, wrong)).status).toBe(200)
  expect(await statuses(9, () => guess(app, wrong))).toEqual(times(9, 401))
  for (const given of [own, { password: 'of the attacker' }, own]) {
    expect((await signIn(app, given)).status).toBe(200)
  }
  expect(await statuses(2, () => guess(app, wrong))).toEqual([429, 429])
  expect((await signIn(app, own)).status).toBe(200)
})

it('an account that does not exist makes room for no further guess (9.5)', async () => {
  await using app = await startApp()
  await createAccount(app.store, 'Victim', email, password)
  for (const one of [email, 'nobody@acme.example']) {
    const attempt = (index: number) =>
      guess(app, { email: one, ...(index % 2 === 1 && { account: `${index}` }) })
    expect(await statuses(11, attempt), one).toEqual([...times(10, 401), 429])
  }
})

it('takes thirty wrong passwords from one address, for whomever (9.5)', async () => {
  await using app = await startApp()
  await app.client.users.setPassword(people.rep, { new: password })
  const attempt = (index: number) => guess(app, { email: `${index}@acme.example` })
  expect(await statuses(15, attempt)).toEqual(times(15, 401))
  expect((await signIn(app, { email: emailOf('rep') })).status).toBe(200)
  expect(await statuses(16, (index) => attempt(index + 15))).toEqual([...times(15, 401), 429])
})

it('takes no more from an address that writes itself in many ways (9.5)', async () => {
  await using app = await startApp(proxied)
  const spellings = [
    (n: number) => `198.51.100.${n}, 192.0.2.1:${5000 + n}`,
    (n: number) => `192.0.2.1, junk-${n}, 192.0.2.1`,
    (n: number) => `::ffff:192.0.2.1%${n}`,
  ]
  const attempt = (index: number) =>
    guess(app, { email: `${index}@acme.example` }, spellings[index % 3]?.(index))
  expect(await statuses(31, attempt)).toEqual([...times(30, 401), 429])
  const host = (index: number) => `2001:db8::${index.toString(16)}:1`
  const inOneNetwork = (index: number) =>
    guess(app, { email: `${index}@acme.example` }, host(index))
  expect(await statuses(31, inOneNetwork)).toEqual([...times(30, 401), 429])
  expect((await guess(app, {}, '2001:db8:0:1::1')).status).toBe(401)
  const junk = (index: number) => guess(app, { email: `${index}@acme.example` }, `junk-${index}`)
  expect(await statuses(31, junk)).toEqual([...times(30, 401), 429])
})

it('checks two passwords at once and lets twenty wait; the others come again (9.5)', async () => {
  await using app = await startApp(proxied)
  const attempts = Array.from({ length: 60 }, (_, index) =>
    guess(app, { email: `${index}@acme.example` }, `198.51.100.${index}`),
  )
  const answers = await Promise.all(attempts)
  const refused = answers.filter(({ status }) => status !== 401)
  expect(refused.length).toBeGreaterThan(0)
  for (const { problems, headers } of refused) {
    expect(problems).toEqual([[undefined, 'rate_limit_exceeded']])
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
  }
})

it('anonymous requests do not use up the bucket of sign-in (8.4)', async () => {
  await using app = await startApp({ requestsPerHour: 300 })
  await createAccount(app.store, 'Own', email, password)
  const visits = () => send(app, 'GET', '/v2/visits', undefined, { token: '' })
  expect(await statuses(6, visits)).toEqual([...times(5, 401), 429])
  expect((await signIn(app)).status).toBe(200)
  const page = () => fetch(`${app.url}/oauth2/authorize`)
  expect((await page()).status).toBe(400)
})

const ignored = (app: TestApp) =>
  app.log.filter((line) => line.includes('X-Forwarded-For') && line.includes('TRUSTED_PROXIES'))

it('warns once where an address is forwarded by who is not trusted (8.4)', async () => {
  for (const trustedProxies of [[], ['10.0.0.1']]) {
    await using app = await startApp({ trustedProxies })
    await app.fetch('/v2/visits')
    expect(ignored(app)).toHaveLength(0)
    const headers = { 'X-Forwarded-For': '192.0.2.7' }
    await app.fetch('/v2/visits', { headers })
    await app.fetch('/v2/visits', { headers })
    expect(ignored(app)).toHaveLength(1)
    expect(ignored(app).join()).not.toContain('192.0.2.7')
  }
  await using app = await startApp(proxied)
  await app.fetch('/v2/visits', { headers: { 'X-Forwarded-For': '192.0.2.7' } })
  expect(ignored(app)).toHaveLength(0)
})
