import { UnauthorizedError } from '@doorstep/client/errors'
import { describe, expect, it } from 'vitest'

import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const now = Date.UTC(2027, 0, 1)

const create = (app: TestApp, given: object = {}, token = app.tokens.rep) =>
  send(app, 'POST', '/v2/tokens', { description: 'phone', scopes: ['read'], ...given }, { token })

async function list(app: TestApp, query = '', token = app.tokens.rep) {
  const { body } = await send(app, 'GET', `/v2/tokens${query}`, undefined, { token })
  const items: { data: { id: number; description: string; last_used_at: string | null } }[] =
    body.items
  return items.map(({ data }) => data)
}

describe('POST /v2/tokens', () => {
  it('creates a token that works, and shows it once (2.1)', async () => {
    await using app = await startApp({ clock: () => now })
    const { status, body } = await create(app, { expires_at: '2027-06-01T00:00:00+02:00' })
    expect(status).toBe(200)
    const { token, ...listed } = body.data
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(listed).toMatchObject({
      user_id: people.rep,
      description: 'phone',
      scopes: ['read'],
      expires_at: '2027-05-31T22:00:00Z',
      last_used_at: null,
    })
    await app.clientOf(token).visits.list()
    expect((await list(app)).at(-1)).toEqual(listed)
    expect(JSON.stringify(await list(app))).not.toContain(token)
  })

  it('gives no more scopes than the token has that asks (2.2)', async () => {
    await using app = await startApp()
    const writing = await create(app, { scopes: ['profile', 'write'] })
    const more = await create(app, { scopes: ['read', 'write'] }, writing.body.data.token)
    expect(more.problems).toEqual([['/scopes', 'incorrect_value']])
    const same = await create(app, { scopes: ['write'] }, writing.body.data.token)
    expect(same.status).toBe(200)
  })

  it('reports all errors at once (6.5)', async () => {
    await using app = await startApp({ clock: () => now })
    const { status, problems } = await create(app, {
      description: 7,
      scopes: ['all'],
      expires_at: '2026-12-31T00:00:00Z',
    })
    expect(status).toBe(422)
    expect(problems).toEqual([
      ['/description', 'invalid_type'],
      ['/scopes/0', 'incorrect_value'],
      ['/expires_at', 'incorrect_value'],
    ])
    expect((await create(app, { scopes: [] })).problems).toEqual([['/scopes', 'blank']])
  })

  it('makes tokens for others where an admin asks', async () => {
    await using app = await startApp()
    const forRep = { user_id: people.rep, scopes: ['profile'] }
    const { body } = await create(app, forRep, app.tokens.admin)
    const { data } = await app.clientOf(body.data.token).users.self()
    expect(data.id).toBe(people.rep)
    expect((await create(app, forRep, app.tokens.stranger)).problems).toEqual([
      [undefined, 'forbidden'],
    ])
    for (const user_id of [people.leaver, 4242]) {
      const { problems } = await create(app, { user_id }, app.tokens.admin)
      expect(problems).toEqual([['/user_id', 'incorrect_value']])
    }
  })
})

describe('GET /v2/tokens', () => {
  it('lists one’s own; an admin those of anybody in the account (2.3)', async () => {
    await using app = await startApp()
    const { body } = await create(app, { description: 'mine' })
    expect((await list(app)).map(({ description }) => description)).toEqual(['', 'mine'])
    const asked = `?user_id=${people.rep}`
    expect(await list(app, asked, app.tokens.admin)).toHaveLength(2)
    expect(await list(app, asked, app.tokens.otherAdmin)).toHaveLength(0)
    const { status } = await send(app, 'GET', `/v2/tokens${asked}`, undefined, {
      token: app.tokens.stranger,
    })
    expect(status).toBe(403)
    const page = await list(app, '?per_page=1&sort_by=id:desc')
    expect(page.map(({ id }) => id)).toEqual([body.data.id])
  })

  it('shows when each was last used, to the minute, saved in the background', async () => {
    let time = now
    await using app = await startApp({ clock: () => time })
    const { body } = await create(app)
    const { id, token } = body.data
    const lastUse = async () => (await list(app)).find((each) => each.id === id)?.last_used_at
    const use = async (later: number) => {
      time = now + later
      await app.clientOf(token).visits.list()
    }
    await use(1000)
    expect(await lastUse()).toBeNull()
    await app.maintain()
    expect(await lastUse()).toBe('2027-01-01T00:00:01Z')
    await use(59_000)
    await app.maintain()
    expect(await lastUse()).toBe('2027-01-01T00:00:01Z')
    await use(61_000)
    await app.maintain()
    expect(await lastUse()).toBe('2027-01-01T00:01:01Z')
  })
})

describe('DELETE /v2/tokens/:id', () => {
  const remove = async (app: TestApp, id: number | string, token: string) =>
    (await send(app, 'DELETE', `/v2/tokens/${id}`, undefined, { token })).status

  it('ends it at once, for its owner or an admin (2.1)', async () => {
    await using app = await startApp()
    for (const by of [app.tokens.rep, app.tokens.admin]) {
      const { id, token } = (await create(app)).body.data
      await app.clientOf(token).visits.list()
      expect(await remove(app, id, by)).toBe(204)
      await expect(app.clientOf(token).visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
      expect(await remove(app, id, by)).toBe(404)
      expect((await list(app)).map((each) => each.id)).not.toContain(id)
    }
  })

  it('does not know the tokens of others (2.3)', async () => {
    await using app = await startApp()
    const { id, token } = (await create(app)).body.data
    for (const by of [app.tokens.stranger, app.tokens.otherAdmin]) {
      expect(await remove(app, id, by)).toBe(404)
    }
    expect(await remove(app, 'abc', app.tokens.rep)).toBe(404)
    await app.clientOf(token).visits.list()
  })
})
