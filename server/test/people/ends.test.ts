import { describe, expect, it } from 'vitest'

import { makeToken } from '../../src/runtime/new-token.ts'
import { ask, basic, deactivateRep, email, password } from '../support/oauth-flow.ts'
import { people, peopleItems } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { bearer, madeWith, signIn, startSignedIn, statusOf } from '../support/signed-in.ts'
import { startApp } from '../support/start.ts'

type SignedIn = Awaited<ReturnType<typeof startSignedIn>>

const repItem = (given: object) =>
  peopleItems()
    .filter(({ data }) => data.id === people.rep)
    .map((item) => ({ ...item, data: { ...item.data, ...given } }))

describe('a user who was inactive comes back with nothing (2.1)', () => {
  const inactive = { status: 'inactive', updated_at: '2026-02-05T09:00:00Z' }
  const ways: [string, (app: SignedIn['app']) => Promise<unknown>][] = [
    ['an admin', deactivateRep],
    ['an import', (app) => app.import(repItem(inactive))],
  ]
  it.each(ways)('when %s made them inactive', async (_, deactivate) => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(200)
    await deactivate(app)
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(401)
    const made = makeToken(app.store, app.account, {
      email,
      scopes: ['read'],
      description: '',
      expiresAt: null,
    })
    await expect(made).rejects.toThrow('not active')
    await send(app, 'PUT', `/v2/users/${people.rep}`, { status: 'active' })
    expect(await left()).toEqual([401, 401, 401, 400, 400])
    expect(await statusOf(app, bearer(app.tokens.rep))).toBe(401)
    expect(await statusOf(app, bearer(app.tokens.manager))).toBe(200)
    expect((await signIn(app, password)).status).toBe(200)
  })
})

const grantsOf = async (app: SignedIn['app'], token: string, query = '') => {
  const { body, status } = await send(app, 'GET', `/v2/grants${query}`, undefined, { token })
  const items: { data: { id: number; user_id: number; client_id: string } }[] = body.items ?? []
  return { status, grants: items.map(({ data }) => data) }
}

const removeGrant = async (app: SignedIn['app'], id: number | string, token: string) =>
  (await send(app, 'DELETE', `/v2/grants/${id}`, undefined, { token })).status

describe('what was made with an OAuth token ends with its grant (9.4)', () => {
  const ends: [string, (setup: SignedIn) => Promise<unknown>][] = [
    [
      'the client that revokes it',
      ({ app, client, refresh }) =>
        ask(app, '/oauth2/revoke', {
          headers: { Authorization: basic(client) },
          body: new URLSearchParams({ token: refresh }),
        }),
    ],
    [
      'the removal of the client',
      ({ app, client }) => send(app, 'DELETE', `/v2/oauth_clients/${client.id}`),
    ],
    [
      'a new password',
      ({ app }) => send(app, 'PUT', `/v2/users/${people.rep}/password`, { new: 'another one' }),
    ],
    [
      'its user',
      async ({ app }) => {
        const { grants } = await grantsOf(app, app.tokens.rep)
        for (const { id } of grants) await removeGrant(app, id, app.tokens.rep)
      },
    ],
  ]
  it.each(ends)('by %s', async (_, end) => {
    await using setup = await startSignedIn()
    const { app, access, made } = setup
    const of = async (token: string) => statusOf(app, bearer(token))
    expect([await of(access), await of(made)]).toEqual([200, 200])
    await end(setup)
    expect([await of(access), await of(made), await of(app.tokens.rep)]).toEqual([401, 401, 200])
    expect((await grantsOf(app, app.tokens.rep)).grants).toEqual([])
    const [, , , refreshing] = await setup.left()
    expect([400, 401]).toContain(refreshing)
  })

  it('whoever it is for', async () => {
    await using setup = await startSignedIn()
    const { app, access } = setup
    await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'admin' })
    const forManager = await madeWith(app, access, { user_id: people.manager })
    expect(await statusOf(app, bearer(forManager))).toBe(200)
    await send(app, 'PUT', `/v2/users/${people.rep}/password`, { new: 'another one' })
    expect(await statusOf(app, bearer(forManager))).toBe(401)
    expect(await statusOf(app, bearer(app.tokens.manager))).toBe(200)
  })
})

describe('/v2/grants (9.4.1)', () => {
  it('lists what one has allowed, admins what anybody has', async () => {
    await using setup = await startSignedIn()
    const { app, client } = setup
    const own = await grantsOf(app, app.tokens.rep)
    expect(own.grants).toEqual([
      {
        id: expect.any(Number),
        user_id: people.rep,
        client_id: client.client_id,
        client_name: 'Zap & <Co>',
        scopes: ['read', 'write', 'profile', 'sync'],
        created_at: expect.stringMatching(/Z$/),
        expires_at: null,
      },
    ])
    const query = `?user_id=${people.rep}`
    expect(await grantsOf(app, app.tokens.admin, query)).toEqual(own)
    expect((await grantsOf(app, app.tokens.admin)).grants).toEqual([])
    expect((await grantsOf(app, app.tokens.otherAdmin, query)).grants).toEqual([])
    expect((await grantsOf(app, app.tokens.manager, query)).status).toBe(403)
  })

  it('ends one, for its user or an admin, and knows none of others (2.3)', async () => {
    await using setup = await startSignedIn()
    const { app, left } = setup
    const id = (await grantsOf(app, app.tokens.rep)).grants[0]?.id ?? 0
    for (const token of [app.tokens.manager, app.tokens.otherAdmin]) {
      expect(await removeGrant(app, id, token)).toBe(404)
    }
    expect(await removeGrant(app, 'abc', app.tokens.rep)).toBe(404)
    expect((await left()).slice(0, 4)).toEqual([200, 200, 200, 200])
    expect(await removeGrant(app, id, app.tokens.admin)).toBe(204)
    expect(await removeGrant(app, id, app.tokens.admin)).toBe(404)
    expect((await left()).slice(0, 4)).toEqual([200, 401, 401, 400])
  })

  it('drops one that nothing is left of', async () => {
    let now = Date.now()
    await using app = await startApp({ clock: () => now })
    const grant = { hash: 'g', clientId: 1, userId: people.rep, scopes: ['read'] } as const
    await app.store.write(app.account, (tx) =>
      tx.oauth.addGrant({ ...grant, createdAt: now, expiresAt: now + 1_000 }),
    )
    expect((await grantsOf(app, app.tokens.rep)).grants).toHaveLength(1)
    now += 1_000
    expect((await grantsOf(app, app.tokens.rep)).grants).toHaveLength(0)
    now += 25 * 3_600_000
    await app.maintain()
    const found = await app.store.write(app.account, (tx) => tx.oauth.findGrant(1))
    expect(found).toBeUndefined()
  })
})
