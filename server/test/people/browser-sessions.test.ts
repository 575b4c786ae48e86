import { createClient } from '@doorstep/client/client'
import { ForbiddenError, UnauthorizedError, UnprocessableError } from '@doorstep/client/errors'
import { describe, expect, it } from 'vitest'

import { createAccount } from '../../src/runtime/first-account.ts'
import { startApp } from '../support/start.ts'

const email = 'ada@acme.example'
const password = 'correct horse battery'
const credentials = { email, password }

/** A browser's: it has cookies, and so one client and another can share them. */
function cookieJar() {
  const cookies = new Map<string, string>()
  const seen: { readonly method: string; readonly csrf: string | null }[] = []
  return {
    cookies,
    seen,
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const headers = new Headers(init.headers)
      seen.push({ method: init.method ?? 'GET', csrf: headers.get('X-CSRF-Token') })
      headers.set('Cookie', [...cookies].map((each) => each.join('=')).join('; '))
      const response = await fetch(url, { ...init, headers })
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^(\w+)=([^;]*)/.exec(set) ?? []
        if (set.includes('Max-Age=0')) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
  }
}

/** A server with Ada, who has a password, and her browser. */
async function startBrowser() {
  const app = await startApp()
  await createAccount(app.store, 'Ada’s', email, password)
  const jar = cookieJar()
  const open = () =>
    createClient({ url: app.url, token: null, fetch: jar.fetch, retry: { attemptsMax: 1 } })
  return { app, jar, open, [Symbol.asyncDispose]: () => app.close() }
}

describe('the SDK with a browser’s session (9.5)', () => {
  it('signs in, reads, writes and signs out', async () => {
    await using browser = await startBrowser()
    const client = browser.open()
    await expect(client.session.get()).rejects.toBeInstanceOf(UnauthorizedError)

    const { data } = await client.session.create(credentials)
    expect(data).toMatchObject({ user: { email }, csrf_token: expect.any(String) })
    expect((await client.session.get()).data).toEqual(data)
    const outcome = await client.outcomes.create({ name: 'Signed' })
    await client.outcomes.update(outcome.data.id, { active: false })
    expect(browser.jar.seen.slice(-2)).toEqual([
      { method: 'POST', csrf: data.csrf_token },
      { method: 'PUT', csrf: data.csrf_token },
    ])

    await client.session.remove()
    expect(browser.jar.cookies.size).toBe(0)
    await expect(client.users.self()).rejects.toBeInstanceOf(UnauthorizedError)
    await client.session.remove()
  })

  it('asks for the CSRF token before the first write after the page was loaded', async () => {
    await using browser = await startBrowser()
    const { data } = await browser.open().session.create(credentials)

    const reloaded = browser.open()
    await reloaded.outcomes.create({ name: 'Signed' })
    await reloaded.outcomes.create({ name: 'Refused' })

    expect(browser.jar.seen.slice(1)).toEqual([
      { method: 'GET', csrf: null },
      { method: 'POST', csrf: data.csrf_token },
      { method: 'POST', csrf: data.csrf_token },
    ])
    browser.jar.cookies.clear()
    const signedOut = browser.open().outcomes.create({ name: 'Nobody’s' })
    await expect(signedOut).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('writes in a session that the same person began elsewhere in the browser', async () => {
    await using browser = await startBrowser()
    const [one, other] = [browser.open(), browser.open()]
    await one.session.create(credentials)
    await other.session.create(credentials)
    await one.outcomes.create({ name: 'A' })
    await other.session.create(credentials)
    await one.session.remove()
    await expect(other.session.get()).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('writes nothing as another person who signed in elsewhere in the browser', async () => {
    await using browser = await startBrowser()
    const [one, other] = [browser.open(), browser.open()]
    await createAccount(browser.app.store, 'Ben’s', 'ben@acme.example', password)
    await one.session.create(credentials)
    await other.session.create({ email: 'ben@acme.example', password })
    for (const name of ['A', 'B']) {
      await expect(one.outcomes.create({ name })).rejects.toBeInstanceOf(UnauthorizedError)
    }
    expect((await other.outcomes.list()).items.map(({ data }) => data.name)).not.toContain('A')
  })

  it('does not take for a matter of the session what may not be done', async () => {
    await using browser = await startBrowser()
    const client = browser.open()
    await client.session.create(credentials)
    const { id } = (await client.users.self()).data
    const refused = client.users.setPassword(id, { new: 'staple battery horse' })
    await expect(refused).rejects.toBeInstanceOf(ForbiddenError)
  })

  it('distinguishes a wrong password from an account that has to be named', async () => {
    await using browser = await startBrowser()
    const { session } = browser.open()
    const wrong = session.create({ email, password: 'wrong' })
    await expect(wrong).rejects.toBeInstanceOf(UnauthorizedError)
    await createAccount(browser.app.store, 'Second', email, password)
    await expect(session.create(credentials)).rejects.toBeInstanceOf(UnprocessableError)
    const { data } = await session.create({ ...credentials, account: 'Second' })
    expect(data.user.email).toBe(email)
  })

  it('names the user of a token', async () => {
    await using app = await startApp()
    const { data } = await app.client.session.get()
    expect(data).toMatchObject({ user: { email: 'admin@acme.example' }, csrf_token: null })
    await app.client.outcomes.create({ name: 'Signed' })
  })
})
