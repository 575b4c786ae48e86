import { NotFoundError, UnauthorizedError } from '@doorstep/client/errors'
import type { UserCollection, UserQuery } from '@doorstep/contract/users'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { emailOf, people, userItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const { manager, rep, trainee, stranger, leaver } = people

const robot = userItem({
  id: 600,
  name: 'Robot',
  email: 'Robot@Acme.example',
  invited: false,
  confirmed: false,
  phone_number: '+49 30 1234567',
  roles: [{ id: 71, name: 'Sync' }],
  team_name: 'Back office',
  group: { id: 81, name: 'North' },
  reports_to: manager,
  timezone: 'UTC+01:00',
  created_at: '2025-01-05T09:00:00Z',
  updated_at: '2026-02-05T09:00:00Z',
  zendesk_user_id: '361234567890',
  identity_type: 'integration',
})

let app: TestApp
let admin: number

beforeAll(async () => {
  app = await startApp()
  await app.import([robot])
  admin = (await app.client.users.self()).data.id
})

afterAll(() => app.close())

const idsOf = ({ items }: UserCollection) => items.map(({ data }) => data.id)

describe('GET /v2/users', () => {
  it('lists everyone by id (9.1.1)', async () => {
    const everyone = [manager, rep, trainee, stranger, leaver, 600, admin]

    expect(idsOf(await app.client.users.list())).toEqual(everyone)
  })

  it('is the same for everyone of the account, and another in another (2.3, 9.1.1)', async () => {
    const { items } = await app.clientOf(app.tokens.otherAdmin).users.list()

    expect(idsOf(await app.clientOf(app.tokens.rep).users.list())).toHaveLength(7)
    expect(items.map(({ data }) => data.email)).toEqual(['admin@acme.example'])
  })

  it.each<[UserQuery, readonly number[]]>([
    [{ ids: [rep, 600, 999] }, [rep, 600]],
    [{ name: 'Robot' }, [600]],
    [{ name: 'robo' }, []],
    [{ email: emailOf('rep') }, [rep]],
    [{ email: 'robot@acme.example' }, [600]],
    [{ email: 'ROBOT@ACME.EXAMPLE' }, [600]],
    [{ role_id: 71 }, [600]],
    [{ role_id: 7 }, []],
    [{ status: 'inactive' }, [leaver]],
    [{ confirmed: false }, [600]],
    [{ zendesk_user_ids: [361234567890] }, [600]],
    [{ identity_type: 'integration' }, [600]],
    [{ role: 'user', identity_type: 'person', status: 'active', ids: [rep, leaver] }, [rep]],
  ])('%j leaves %j (9.1.1)', async (query, expected) => {
    expect(idsOf(await app.client.users.list(query))).toEqual(expected)
  })

  it('leaves admins to role=admin (9.1.1)', async () => {
    expect(idsOf(await app.client.users.list({ role: 'admin' }))).toEqual([admin])
  })

  it.each(['false', 'False', 'FALSE'])('reads confirmed=%s (9.3)', async (text) => {
    const response = await app.fetch(`/v2/users?confirmed=${text}`)

    expect(idsOf((await response.json()) as UserCollection)).toEqual([600])
  })

  it('breaks ties of every sort by id, in the same direction (3.4)', async () => {
    const ids = [manager, rep, trainee, stranger, leaver, 600]
    const sorted = async (sort_by: UserQuery['sort_by']) =>
      idsOf(await app.client.users.list({ sort_by, ids }))

    expect(await sorted('id:desc')).toEqual(ids.toReversed())
    expect(await sorted('name')).toEqual([600, leaver, manager, rep, stranger, trainee])
    expect(await sorted('created_at')).toEqual([600, manager, rep, trainee, stranger, leaver])
    expect(await sorted('updated_at:desc')).toEqual([600, leaver, stranger, trainee, rep, manager])
  })

  it('goes page by page, with the filters in its links (3.3)', async () => {
    const query = { status: 'active', sort_by: 'id:desc', page: 1, per_page: 2 } as const
    const pages = await Array.fromAsync(app.client.users.pages(query))

    expect(pages.flatMap(idsOf)).toEqual([admin, 600, stranger, trainee, rep, manager])
    expect(pages[0]?.meta.links.next_page).toBe(
      `${app.url}/v2/users?page=2&per_page=2&status=active&sort_by=id:desc`,
    )
  })

  it('writes what a filter was given so that a link can carry it (3.3)', async () => {
    const name = 'Ann & Bob = 100%, says #1+2'
    const { meta } = await app.client.users.list({ name })

    expect(new URL(meta.links.self).searchParams.get('name')).toBe(name)
  })

  it.each(['role=boss', 'status=gone', 'confirmed=1', 'ids=x', 'name=', 'sort_by=email', 'team=1'])(
    'refuses %s (3.5)',
    async (query) => {
      expect((await app.fetch(`/v2/users?${query}`)).status).toBe(400)
    },
  )
})

describe('GET /v2/users/:id', () => {
  it('answers every attribute as it was imported (9.1.1)', async () => {
    expect(await app.client.users.get(600)).toEqual(robot)
  })

  it.each(['999', '0', '-1', 'rep', '1.5', '9007199254740993', '%00', '9'.repeat(50)])(
    'answers 404 for %s (8.2)',
    async (id) => {
      expect((await app.fetch(`/v2/users/${id}`)).status).toBe(404)
    },
  )

  it('answers 404 for what is longer than any id (8.2)', async () => {
    expect((await app.fetch(`/v2/users/${'9'.repeat(101)}`)).status).toBe(404)
  })

  it('is a NotFoundError in the SDK (8.2)', async () => {
    await expect(app.client.users.get(999)).rejects.toBeInstanceOf(NotFoundError)
  })
})

describe('GET /v2/users/self', () => {
  it('answers the token’s user (9.1.1)', async () => {
    const { data } = await app.clientOf(app.tokens.rep).users.self()

    expect(data).toMatchObject({ id: rep, reports_to: manager, role: 'user', status: 'active' })
  })

  it('refuses a parameter that it does not know, with exactly one error (3.5)', async () => {
    const response = await app.fetch('/v2/users/self?unknown=param')

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ error: { code: 'invalid_param' } }] })
  })
})

const put = (app: TestApp, id: number | string, data: object, token = app.tokens.admin) =>
  send(app, 'PUT', `/v2/users/${id}`, data, { token })

describe('POST /v2/users (9.1.1)', () => {
  it('adds a user, who is then listed', async () => {
    await using app = await startApp()
    const given = {
      name: 'Ada',
      email: 'Ada@acme.example',
      reports_to: manager,
      phone_number: '+49 30 1234567',
      timezone: 'UTC+01:00',
      team_name: 'North',
    }
    const { status, body } = await send(app, 'POST', '/v2/users', given)
    expect(status).toBe(200)
    expect(body.data).toMatchObject({ ...given, role: 'user', status: 'active', confirmed: true })
    expect(body.data.id).toBeGreaterThan(2_000_000_000)
    expect(await app.client.users.get(body.data.id)).toEqual(body)
  })

  it('reports all errors at once (6.5)', async () => {
    await using app = await startApp()
    const wrong = { email: emailOf('rep').toUpperCase(), reports_to: 4242, role: 'boss', age: 7 }
    const { status, problems } = await send(app, 'POST', '/v2/users', wrong)
    expect(status).toBe(422)
    expect(problems).toEqual([
      ['/role', 'incorrect_value'],
      ['/age', 'unknown'],
      ['/name', 'missing'],
      ['/email', 'already_exists'],
      ['/reports_to', 'incorrect_value'],
    ])
    const email = { name: 'X', email: 'nowhere' }
    expect((await send(app, 'POST', '/v2/users', email)).problems).toEqual([
      ['/email', 'incorrect_value'],
    ])
  })

  it('is for admins (2.2)', async () => {
    await using app = await startApp()
    const data = { name: 'X', email: 'x@acme.example' }
    const as = async (token: string) =>
      (await send(app, 'POST', '/v2/users', data, { token })).problems
    expect(await as(app.tokens.manager)).toEqual([[undefined, 'forbidden']])
  })
})

describe('PUT /v2/users/:id (9.1.1)', () => {
  it('changes what is given and nothing else', async () => {
    await using app = await startApp()
    const before = await app.client.users.get(rep)
    const { status, body } = await put(app, rep, { name: 'Bo', reports_to: null })
    expect(status).toBe(200)
    const { updated_at } = body.data
    expect(body.data).toEqual({ ...before.data, name: 'Bo', reports_to: null, updated_at })
    expect(updated_at > before.data.updated_at).toBe(true)
  })

  it('changes at once what a manager sees (2.4)', async () => {
    await using app = await startApp()
    const { visits } = app.clientOf(app.tokens.manager)
    await app.import([visitItem()])
    expect((await visits.list()).items).toHaveLength(1)
    await put(app, rep, { reports_to: stranger })
    expect((await visits.list()).items).toHaveLength(0)
  })

  it.each([
    ['oneself', rep, rep],
    ['someone below', manager, trainee],
    ['nobody', rep, 4242],
  ])('refuses a report to %s (6.5)', async (_, id, reports_to) => {
    await using app = await startApp()
    const { status, problems } = await put(app, id, { reports_to })
    expect({ status, problems }).toEqual({
      status: 422,
      problems: [['/reports_to', 'incorrect_value']],
    })
  })

  it('keeps one active admin', async () => {
    await using app = await startApp()
    const self = (await app.client.users.self()).data.id
    expect((await put(app, self, { role: 'user' })).problems).toEqual([
      ['/role', 'incorrect_value'],
    ])
    expect((await put(app, self, { status: 'inactive' })).problems).toEqual([
      ['/status', 'incorrect_value'],
    ])
    expect((await put(app, rep, { role: 'admin' })).status).toBe(200)
    expect((await put(app, self, { role: 'user' })).status).toBe(200)
    expect((await put(app, rep, { role: 'user' })).status).toBe(403)
    const last = await put(app, rep, { role: 'user' }, app.tokens.rep)
    expect(last.problems).toEqual([['/role', 'incorrect_value']])
  })

  it('ends the tokens of a user who becomes inactive at once (2.1)', async () => {
    await using app = await startApp()
    const client = app.clientOf(app.tokens.rep)
    await client.visits.list()
    expect((await put(app, rep, { status: 'inactive' })).body.data.status).toBe('inactive')
    await expect(client.visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('is for admins, and for existing users (2.3)', async () => {
    await using app = await startApp()
    expect((await put(app, rep, { name: 'X' }, app.tokens.manager)).status).toBe(403)
    expect((await put(app, rep, { name: 'X' }, app.tokens.otherAdmin)).status).toBe(404)
    for (const id of [4242, 'abc']) expect((await put(app, id, { name: 'X' })).status).toBe(404)
    expect((await put(app, rep, { email: emailOf('stranger') })).problems).toEqual([
      ['/email', 'already_exists'],
    ])
    expect((await put(app, rep, { email: emailOf('rep').toUpperCase() })).status).toBe(200)
  })
})
