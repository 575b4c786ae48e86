import { describe, expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { logCheckIn } from '../../src/rules/check-ins.ts'
import { newEventId } from '../../src/runtime/secrets.ts'
import { newStore } from '../support/engine.ts'
import { people, recordItem, userItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type StartOptions, type TestApp } from '../support/start.ts'

const email = 'bo@acme.example'
const sellId = 610
const leadId = 899
const visit = { resource_type: 'lead', resource_id: leadId }

/** A server whose store another process has open, too, and a rep who was added here. */
async function startWithLocal(
  options: StartOptions = {},
  change: (store: Store) => Store = (store) => store,
) {
  const made = await newStore(options.clock ?? Date.now)
  const app = await startApp({
    ...options,
    newStore: async () => ({ ...made, store: change(made.store) }),
  })
  await app.import([recordItem('lead', leadId, people.manager)])
  const { body } = await send(app, 'POST', '/v2/users', { name: 'Bo', email })
  const token = await app.token(email)
  const other = await made.openAgain()
  return { app, id: Number(body.data.id), token, other }
}

/** Each lookup of a token answers what its first one did. */
function findingFirst(store: Store): Store {
  const found = new Map<string, ReturnType<Store['tokens']['findActor']>>()
  const findActor: Store['tokens']['findActor'] = (hash, ...given) => {
    const first = found.get(hash) ?? store.tokens.findActor(hash, ...given)
    found.set(hash, first)
    return first
  }
  return { ...store, tokens: { ...store.tokens, findActor } }
}

/** Each lookup of an e-mail address answers what the first one did. */
function signingInFirst(store: Store): Store {
  let first: ReturnType<Store['users']['findSignIns']> | undefined
  const findSignIns: Store['users']['findSignIns'] = (...given) =>
    (first ??= store.users.findSignIns(...given))
  return { ...store, users: { ...store.users, findSignIns } }
}

/** Everything that a user of the API creates, with what names them in it. */
const creations = [
  ['/v2/visits', visit, 'creator_id'],
  ['/v2/leads', { last_name: 'New' }, 'creator_id'],
  ['/v2/leads', { last_name: 'New' }, 'owner_id'],
  ['/v2/contacts', { last_name: 'New' }, 'creator_id'],
  ['/v2/tokens', { description: 'x', scopes: ['read'] }, 'user_id'],
  [
    '/v2/pin_changes',
    { resource_type: 'lead', resource_id: leadId, latitude: 1, longitude: 1, note: '' },
    'creator_id',
  ],
] as const

const firstPage = {
  offset: 0,
  limit: 1,
  sort: { field: 'id', descending: false },
} as const

describe('a user who is given the id of Sell', () => {
  it.each(creations)(
    'creates as that at once, whatever this server has cached of them: %s (A.8)',
    async (path, data, attribute) => {
      const { app, token, other } = await startWithLocal()
      await using _app = app
      await using _other = other
      // The server now caches who the token belongs to.
      expect((await send(app, 'GET', '/v2/users/self', undefined, { token })).status).toBe(200)
      // As another process imports, whose changes this server hears of late.
      await app.import([userItem({ id: sellId, email })], app.account, other)
      const { status, body, text } = await send(app, 'POST', path, data, { token })
      expect(status, text).toBe(200)
      expect(body.data[attribute]).toBe(sellId)
    },
  )

  it('is found, and their visits changed, at once (6.2, A.8)', async () => {
    const { app, token, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    const made = await send(app, 'POST', '/v2/visits', visit, { token, key: 'k' })
    // As another process imports, whose changes this server hears of late.
    await app.import([userItem({ id: sellId, email })], app.account, other)
    const path = `/v2/visits/${made.body.data.id}`
    const changed = await send(app, 'PUT', path, { summary: 'x' }, { token })
    expect(changed.body).toMatchObject({ data: { creator_id: sellId, summary: 'x' } })
    const replayed = await send(app, 'POST', '/v2/visits', visit, { token, key: 'k' })
    expect(replayed.text, 'the answer to a key moves along').toBe(made.text)
  })

  it('logs no check-in of a thread that knew the former id (A.8)', async () => {
    const { app, id, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    await app.import([userItem({ id: sellId, email })])
    const draft = {
      resourceKind: 'lead',
      resourceId: leadId,
      outcomeId: null,
      summary: null,
      visitedAt: undefined,
      device: null,
    } as const
    const actor = {
      accountKey: app.account,
      userId: id,
      isAdmin: false,
      expiresAt: null,
      grantHash: null,
      tokenId: null,
    }
    const checkIn = {
      actor: { ...actor, scopes: ['write'] as const },
      draft,
      once: { key: 'k', fingerprint: '' },
      includesVerification: false,
      now: Date.now(),
    }
    const logged = logCheckIn(app.store, newEventId, checkIn)
    await expect(logged).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('another id'),
    })
    expect((await send(app, 'GET', '/v2/visits')).body.items).toEqual([])
  })

  it.each([
    ['/v2/visits', visit],
    ['/v2/leads', { last_name: 'New' }],
  ])(
    'is asked to try again where a lookup still finds the former id: %s (8.2)',
    async (path, data) => {
      const { app, token, other } = await startWithLocal({}, findingFirst)
      await using _app = app
      await using _other = other
      expect((await send(app, 'GET', '/v2/users/self', undefined, { token })).status).toBe(200)
      await app.import([userItem({ id: sellId, email })], app.account, other)
      const { status, headers, body } = await send(app, 'POST', path, data, { token })
      expect([status, headers.get('Retry-After')]).toEqual([503, '1'])
      expect(body.errors[0].error.code).toBe('temporarily_unavailable')
      expect((await send(app, 'GET', '/v2/visits/7', undefined, { token })).status).toBe(404)
    },
  )

  it('is asked to sign in again where the lookup of the address found the former id (8.2, 9.5)', async () => {
    const { app, id, other } = await startWithLocal({}, signingInFirst)
    await using _app = app
    await using _other = other
    const password = 'a long password of Bo'
    const signIn = () => send(app, 'POST', '/v2/session', { email, password }, { token: '' })
    await app.client.users.setPassword(id, { new: password })
    expect((await signIn()).status).toBe(200)
    await app.import([userItem({ id: sellId, email })], app.account, other)

    const { status, headers, body } = await signIn()

    expect([status, headers.get('Retry-After'), headers.get('Set-Cookie')]).toEqual([
      503,
      '1',
      null,
    ])
    expect(body.errors[0].error).toMatchObject({
      code: 'temporarily_unavailable',
      details: 'Your account has just changed. Sign in again.',
    })
  })

  it('is named so by all that they made before, in lists, filters and the stream (A.8)', async () => {
    const { app, id, token, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    for (const [path, data] of creations) await send(app, 'POST', path, data, { token })
    const { text: before } = await send(app, 'GET', '/v2/leads')
    expect(before).toContain(`_id":${id}`)
    await app.import([userItem({ id: sellId, email })])
    for (const path of ['/v2/visits', '/v2/leads', '/v2/contacts', '/v2/pin_changes']) {
      const { text } = await send(app, 'GET', path)
      expect(text, path).not.toContain(`_id":${id}`)
      expect(text, path).toContain(`"creator_id":${sellId}`)
    }
    for (const kind of ['visits', 'leads', 'contacts']) {
      const { body } = await send(app, 'GET', `/v2/${kind}?creator_id=${sellId}`)
      expect(body.items.length, kind).toBeGreaterThan(0)
    }
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is the one whom the audit names, in what they did and what was done to them (A.8, 10.20)', async () => {
    const { app, id, token, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    await send(app, 'POST', '/v2/tokens', { description: 'x', scopes: ['read'] }, { token })
    const idsOf = async () => {
      const { items } = await app.client.audit.list({ action: ['token_created', 'user_created'] })
      const [made, , added] = items.map(({ data }) => data)
      return [made?.actor_id, added?.subject_id, added?.subject_name]
    }
    expect(await idsOf()).toEqual([id, id, 'Bo'])
    await app.import([userItem({ id: sellId, email, name: 'Bo Tan' })])
    expect(await idsOf()).toEqual([sellId, sellId, 'Bo Tan'])
  })

  it('gets nothing of a user who has the former id now (A.8)', async () => {
    const { app, token, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    const item = userItem({ id: sellId, email })
    await app.import([item])
    const { text: before } = await send(app, 'GET', '/v2/visits', undefined, { token })
    const [some] = (await app.store.users.list(app.account, {}, firstPage)).rows
    await app.change(`update users set former_id = ${some?.id} where id = ${sellId}`)
    await app.import([item])
    expect((await app.store.tokens.list(app.account)).some((it) => it.userId === some?.id)).toBe(
      true,
    )
    expect((await send(app, 'GET', '/v2/visits', undefined, { token })).text).toBe(before)
  })

  it('gets with the next import what still has the former id (A.8)', async () => {
    const { app, id, token, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    for (const [path, data] of creations) await send(app, 'POST', path, data, { token })
    const item = userItem({ id: sellId, email })
    await app.import([item])
    await app.change(
      `update visits set creator_id = ${id}, item = replace(item, ':${sellId},', ':${id},')`,
    )
    await app.change(
      `update leads set creator_id = ${id}, owner_id = ${id},
         attributes = replace(attributes, ':${sellId}', ':${id}') where creator_id = ${sellId}`,
    )
    expect((await send(app, 'GET', '/v2/visits')).body.items[0].data.creator_id).toBe(id)
    await app.import([item])
    for (const path of ['/v2/visits', '/v2/leads']) {
      expect((await send(app, 'GET', path)).text, path).not.toContain(`_id":${id}`)
    }
    const { body } = await send(app, 'GET', '/v3/visits/stream?position=tail')
    const { length } = body.items
    expect(body.items.at(-1)).toMatchObject({
      data: { creator_id: sellId },
      meta: { event_cause: 'system', previous: { creator_id: id } },
    })
    await app.import([item])
    expect((await send(app, 'GET', '/v3/visits/stream?position=tail')).body.items).toHaveLength(
      length,
    )
  })
})

describe('the status of a user', () => {
  const statusOf = async (app: TestApp, id: number) =>
    (await send(app, 'GET', `/v2/users/${id}`)).body.data.status

  it('stays when they are given the id of Sell, and when that item comes again (A.8)', async () => {
    const { app, id, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    await send(app, 'PUT', `/v2/users/${id}`, { status: 'inactive' })
    const item = userItem({ id: sellId, email })
    for (let n = 0; n < 2; n++) {
      await app.import([item])
      expect(await statusOf(app, sellId)).toBe('inactive')
    }
    await app.import([userItem({ id: sellId, email, updated_at: '2099-01-01T00:00:00Z' })])
    expect(await statusOf(app, sellId)).toBe('inactive')
  })

  it('stays active for one who was added here and left Sell, until Sell says something new', async () => {
    const { app, other } = await startWithLocal()
    await using _app = app
    await using _other = other
    const left = { id: sellId, email, status: 'inactive' } as const
    for (let n = 0; n < 2; n++) {
      await app.import([userItem(left)])
      expect(await statusOf(app, sellId)).toBe('active')
    }
    await app.import([userItem({ ...left, updated_at: '2099-01-01T00:00:00Z' })])
    expect(await statusOf(app, sellId)).toBe('inactive')
  })

  it('is not made active by an import once somebody is shut out (A.8)', async () => {
    await using app = await startApp()
    await send(app, 'PUT', `/v2/users/${people.rep}`, { status: 'inactive' })
    const item = userItem({ id: people.rep, email: 'rep@acme.example' })
    await app.import([
      { ...item, data: { ...item.data, updated_at: '2099-01-01T00:00:00Z' } },
      visitItem(),
    ])
    expect(await statusOf(app, people.rep)).toBe('inactive')
    await send(app, 'PUT', `/v2/users/${people.rep}`, { status: 'active' })
    expect(await statusOf(app, people.rep)).toBe('active')
  })
})
