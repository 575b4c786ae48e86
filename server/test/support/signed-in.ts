import { allowed, askToken, email, password, register } from './oauth-flow.ts'
import { people } from './sell-items.ts'
import { send } from './send.ts'
import { startApp, type TestApp } from './start.ts'

export const signIn = (app: TestApp, given: string) =>
  send(app, 'POST', '/v2/session', { email, password: given }, { token: '' })

export const statusOf = async (app: TestApp, headers: Record<string, string>) =>
  (await fetch(`${app.url}/v2/session`, { headers })).status

export const bearer = (token: unknown) => ({ Authorization: `Bearer ${token}` })

/** Makes a personal token with this one, which may be of OAuth. */
export const madeWith = async (app: TestApp, token: unknown, given: object = {}) => {
  const data = { description: '', scopes: ['profile', 'write'], ...given }
  const { body, text } = await send(app, 'POST', '/v2/tokens', data, { token: String(token) })
  if (!body?.data) throw new Error(text)
  return String(body.data.token)
}

/**
 * All that a rep can have: a session, OAuth's two tokens, a personal token made with one of them, a
 * code not yet used, a personal token.
 */
export async function startSignedIn() {
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
  const access = String(body['access_token'])
  const refresh = String(body['refresh_token'])
  const made = await madeWith(app, await madeWith(app, access))
  const refreshing = () =>
    askToken(app, client, { grant_type: 'refresh_token', refresh_token: refresh })
  /** Of the session, the access token, what was made with it; what refresh token and code give. */
  const left = async () => [
    await statusOf(app, { Cookie }),
    await statusOf(app, bearer(access)),
    await statusOf(app, bearer(made)),
    (await refreshing()).status,
    (await askToken(app, client, { grant_type, code })).status,
  ]
  const csrf = String(session.body.data.csrf_token)
  const more = { client, access, refresh, made, Cookie, csrf, left }
  return { app, ...more, [Symbol.asyncDispose]: () => app.close() }
}
