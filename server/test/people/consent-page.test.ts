import { once } from 'node:events'
import { createServer } from 'node:http'

import * as openid from 'openid-client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { findChromium, openChromium } from '../support/chromium.ts'
import { authorizeUrl, password, register } from '../support/oauth-flow.ts'
import { emailOf, people } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const chromium = findChromium()
if (chromium === undefined) {
  console.error(
    '\nNOT TESTED: the consent page in a browser. There is no Chromium on the PATH; install it, ' +
      'or name one in CHROMIUM.\n',
  )
}

const email = emailOf('rep')

/** Another origin's server, which answers a page, or sends on to where `onward` says. */
async function startSite(onward?: (url: URL) => string) {
  const seen: URL[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://site.invalid')
    if (url.pathname !== '/favicon.ico') seen.push(url)
    if (onward) response.writeHead(302, { Location: onward(url) }).end()
    else response.setHeader('Content-Type', 'text/html').end('<!doctype html><h1>Connected</h1>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

describe.skipIf(chromium === undefined)('the consent page in Chromium (9.2)', () => {
  let browser: Browser
  let app: TestApp
  beforeAll(async () => {
    browser = await openChromium(chromium ?? '')
    app = await startApp()
    await app.client.users.setPassword(people.rep, { new: password })
  })
  afterAll(async () => {
    await browser.close()
    await app.close()
  })

  /** A page the size of a phone, in a browser without cookies; and what its console said. */
  async function openPage(): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    context.setDefaultTimeout(5_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, complaints }
  }

  async function fillIn(page: Page, given = password): Promise<void> {
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(given)
  }

  it('lets a person sign in and allow, and the client get tokens with PKCE', async () => {
    await using site = await startSite()
    const redirectUri = `${site.origin}/callback`
    const { client_id } = await register(app, {
      name: 'Route Planner',
      redirect_uris: [redirectUri],
      public: true,
    })
    const config = new openid.Configuration(
      { issuer: app.url, token_endpoint: `${app.url}/oauth2/token` },
      client_id,
      undefined,
      openid.None(),
    )
    openid.allowInsecureRequests(config)
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const { page, complaints } = await openPage()
    const query = {
      client_id,
      response_type: 'code',
      redirect_uri: redirectUri,
      state: 'a b&c',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    }

    await page.goto(authorizeUrl(app, query).href)
    expect(await page.getByRole('heading').innerText()).toBe('Allow Route Planner?')
    await fillIn(page, 'not the password')
    await page.getByRole('button', { name: 'Allow' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('password is wrong')
    expect(complaints.splice(0)).toEqual([expect.stringContaining('403')])
    await fillIn(page)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()

    const answer = new URL(page.url())
    expect(answer.origin).toBe(site.origin)
    const tokens = await openid.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier,
      expectedState: query.state,
    })
    const { data } = await app.clientOf(tokens.access_token).users.self()
    expect(data.id).toBe(people.rep)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('lets a person deny without a password', async () => {
    await using site = await startSite()
    const { client_id } = await register(app, { redirect_uris: [`${site.origin}/callback`] })
    const { page, complaints } = await openPage()

    await page.goto(authorizeUrl(app, { client_id, response_type: 'code', state: 's' }).href)
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()

    const { searchParams } = new URL(page.url())
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 's'])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('does not hold up a client that sends on to an origin of its own', async () => {
    await using last = await startSite()
    await using site = await startSite(({ search }) => `${last.origin}/done${search}`)
    const { client_id } = await register(app, { redirect_uris: [`${site.origin}/callback`] })
    const { page, complaints } = await openPage()

    await page.goto(authorizeUrl(app, { client_id, response_type: 'code', state: 's' }).href)
    await fillIn(page)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()

    expect(last.seen.map(({ pathname }) => pathname)).toEqual(['/done'])
    expect(site.seen).toHaveLength(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('fits the screen of a phone, and has buttons that a thumb hits', async () => {
    await using site = await startSite()
    const { client_id } = await register(app, { redirect_uris: [`${site.origin}/callback`] })
    const { page } = await openPage()
    await page.goto(authorizeUrl(app, { client_id, response_type: 'code' }).href)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(390)
    for (const button of await page.getByRole('button').all()) {
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
    await page.context().close()
  })
})
