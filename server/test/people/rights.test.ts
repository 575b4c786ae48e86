import { operations } from '@doorstep/contract/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Scope, scopes as allScopes } from '../../src/domain/scopes.ts'
import { askToken, allowed, password, register } from '../support/oauth-flow.ts'
import { emailOf, people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

/** Operations that change who may do what, and a body that each would take. */
const changing: Readonly<Record<string, object | undefined>> = {
  createUser: { name: 'Bo', email: 'bo@acme.example', role: 'admin' },
  updateUser: { role: 'admin' },
  updatePassword: { old: password, new: 'a new password' },
  setPassword: { new: 'a new password' },
  createToken: { description: '', scopes: ['write'], user_id: people.rep },
  deleteToken: undefined,
  createOAuthClient: { name: 'Zap', redirect_uris: ['https://zap.example/'] },
  deleteOAuthClient: undefined,
  createImport: { source: 'sell', token: 'of-sell' },
  createFileImport: undefined,
  previewFileImport: undefined,
  deleteGrant: undefined,
}
const ownToo = ['updatePassword', 'createToken', 'deleteToken', 'deleteGrant']

const cases = operations
  .filter(({ id }) => Object.hasOwn(changing, id))
  .map(({ id, method, path }) => ({ id, method, path: path.replace(':id', '4242') }))

const tooFew: readonly (readonly Scope[])[] = [
  ['read', 'write', 'sync'],
  ['read', 'profile', 'sync'],
  ['read', 'sync'],
]

describe('who may change people (2.2)', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())

  it('covers all the operations that do', () => {
    expect(cases.map(({ id }) => id).toSorted()).toEqual(Object.keys(changing).toSorted())
  })

  it.each(cases)('$id takes profile and write together', async ({ id, method, path }) => {
    const attempt = async (scopes: readonly Scope[], email = 'admin@acme.example') =>
      send(app, method, path, changing[id], { token: await app.token(email, scopes) })
    for (const scopes of tooFew) {
      const refused = await attempt(scopes)
      expect([refused.status, refused.problems], scopes.join()).toEqual([
        403,
        [[undefined, 'insufficient_scope']],
      ])
      expect(refused.text).toContain("'profile' and 'write'")
    }
    expect((await attempt(['profile', 'write'])).status).not.toBe(403)
    const rep = await attempt(allScopes, emailOf('rep'))
    expect(rep.status === 403).toBe(!ownToo.includes(id))
  })

  it.each(operations.filter(({ scopes }) => scopes?.length === 1))(
    '$id takes its scope alone, and no other for it',
    async ({ id, method, path, scopes }) => {
      const query = id === 'streamVisits' ? '?position=tail' : ''
      const attempt = async (given: readonly Scope[]) =>
        send(app, method, `${path.replace(':id', '4242')}${query}`, undefined, {
          token: await app.token('admin@acme.example', given),
        })
      expect((await attempt(scopes ?? [])).status).not.toBe(403)
      const others = allScopes.filter((scope) => !scopes?.includes(scope))
      expect((await attempt(others)).problems).toEqual([[undefined, 'insufficient_scope']])
    },
  )
})

describe('a token makes none that can do more than itself (9.4)', () => {
  const now = Date.UTC(2027, 0, 1)
  const make = (app: TestApp, token: string, given: object) =>
    send(app, 'POST', '/v2/tokens', { description: '', scopes: ['write'], ...given }, { token })

  it('whoever it is for, in scopes and in time', async () => {
    await using app = await startApp({ clock: () => now })
    const token = await app.token('admin@acme.example', ['profile', 'write'], now + 60_000)
    for (const given of [{}, { user_id: people.rep }]) {
      const more = await make(app, token, { ...given, scopes: ['read', 'write'] })
      expect(more.problems).toEqual([['/scopes', 'incorrect_value']])
      for (const expires_at of [undefined, null, '2030-01-01T00:00:00Z']) {
        const { body } = await make(app, token, { ...given, expires_at })
        expect(body.data.expires_at).toBe('2027-01-01T00:01:00Z')
      }
      const sooner = await make(app, token, { ...given, expires_at: '2027-01-01T00:00:30Z' })
      expect(sooner.body.data.expires_at).toBe('2027-01-01T00:00:30Z')
    }
  })

  it('nor does one by OAuth, or one that such a token has created', async () => {
    await using app = await startApp({ clock: () => now })
    const hash = await app.passwords.hash(password)
    await app.store.write(app.account, (tx) => tx.users.setPassword(people.rep, hash))
    const client = await register(app)
    const code = await allowed(app, client, emailOf('rep'), { scope: 'profile write' })
    const { body } = await askToken(app, client, { grant_type: 'authorization_code', code })
    const first = await make(app, String(body['access_token']), { scopes: ['profile', 'write'] })
    const second = await make(app, first.body.data.token, { expires_at: '2030-01-01T00:00:00Z' })
    for (const made of [first, second]) {
      expect(made.body.data.expires_at).toBe('2027-01-01T01:00:00Z')
    }
  })
})
