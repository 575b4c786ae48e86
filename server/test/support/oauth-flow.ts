import { hash } from '@node-rs/argon2'

import { emailOf, people } from './sell-items.ts'
import { send } from './send.ts'
import { startApp, type StartOptions, type TestApp } from './start.ts'

export const password = 'correct horse battery'
export const callback = 'http://localhost:9/callback'
export const email = emailOf('rep')

type Reached = Pick<TestApp, 'url'>

let passwordHash: Promise<string> | undefined

/** A server whose rep has a password. */
export async function startWithRep(options: StartOptions = {}): Promise<TestApp> {
  const app = await startApp(options)
  const hashed = await (passwordHash ??= hash(password))
  await app.store.write(app.account, (tx) => tx.users.setPassword(people.rep, hashed))
  return app
}

/** How a list answers with this token. */
export const statusWith = async (app: TestApp, token: unknown): Promise<number> =>
  (await fetch(`${app.url}/v2/visits`, { headers: { Authorization: `Bearer ${token}` } })).status

export const deactivateRep = (app: TestApp) =>
  send(app, 'PUT', `/v2/users/${people.rep}`, { status: 'inactive' })

export interface RegisteredClient {
  readonly id: number
  readonly client_id: string
  readonly client_secret: string | null
}

/** Registers a client as the admin. */
export async function register(app: TestApp, given: object = {}): Promise<RegisteredClient> {
  const response = await app.fetch('/v2/oauth_clients', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ data: { name: 'Zap & <Co>', redirect_uris: [callback], ...given } }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return JSON.parse(text).data
}

export interface Form {
  readonly html: string
  readonly fields: Record<string, string>
  readonly cookie: string
  readonly headers: Headers
}

/** Opens the consent page as a browser does. */
export async function openForm(url: string | URL, cookie = ''): Promise<Form> {
  const response = await fetch(url, { redirect: 'manual', headers: { Cookie: cookie } })
  const html = await response.text()
  if (response.status !== 200) throw new Error(`${response.status} ${html}`)
  const set = response.headers.getSetCookie().map((each) => each.split(';')[0])
  const fields: Record<string, string> = {}
  for (const [, name = '', value = ''] of html.matchAll(
    /type="hidden" name="(\w+)" value="(.*?)"/g,
  )) {
    fields[name] = unescaped(value)
  }
  return {
    html,
    fields,
    cookie: [cookie, ...set].filter(Boolean).join('; '),
    headers: response.headers,
  }
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** Sends the form; answers where the browser is sent, and what it is shown where it is not. */
export async function sendForm(
  app: Reached,
  form: Pick<Form, 'fields' | 'cookie'>,
  filled: Record<string, string>,
) {
  const response = await fetch(`${app.url}/oauth2/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: form.cookie },
    body: new URLSearchParams({ ...form.fields, ...filled }),
  })
  const location = response.headers.get('Location')
  return {
    status: response.status,
    html: await response.text(),
    location: location === null ? null : new URL(location),
  }
}

export const authorizeUrl = (app: Reached, query: Record<string, string>): URL =>
  new URL(`${app.url}/oauth2/authorize?${new URLSearchParams(query)}`)

/** The whole way of a person who signs in and allows it. */
export async function allowed(
  app: Reached,
  { client_id }: RegisteredClient,
  email: string,
  query: Record<string, string> = {},
): Promise<string> {
  const url = authorizeUrl(app, { client_id, response_type: 'code', state: 'x', ...query })
  const { location, html } = await sendForm(app, await openForm(url), {
    email,
    password,
    decision: 'allow',
  })
  const code = location?.searchParams.get('code')
  if (!code) throw new Error(location?.href ?? html)
  return code
}

export const basic = ({ client_id, client_secret }: RegisteredClient): string =>
  `Basic ${btoa(`${client_id}:${client_secret}`)}`

/** A request to an endpoint of the protocol, and its answer. */
export async function ask(
  app: TestApp,
  path: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${app.url}${path}`, { method: 'POST', ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}

/** Asks for a token with a form and HTTP Basic, as Zapier does. */
export const askToken = (
  app: TestApp,
  client: RegisteredClient,
  parameters: Record<string, string>,
) =>
  ask(app, '/oauth2/token', {
    headers: { Authorization: basic(client) },
    body: new URLSearchParams(parameters),
  })
