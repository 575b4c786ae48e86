import { NotFoundError } from '@doorstep/client/errors'
import type { UserCollection, UserQuery } from '@doorstep/contract/users'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { emailOf, people, userItem } from '../support/sell-items.ts'
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
  it('lists everyone by id (9.1)', async () => {
    const everyone = [manager, rep, trainee, stranger, leaver, 600, admin]

    expect(idsOf(await app.client.users.list())).toEqual(everyone)
  })

  it('is the same for everyone of the account, and another in another (2.3, 9.1)', async () => {
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
  ])('%j leaves %j (9.1)', async (query, expected) => {
    expect(idsOf(await app.client.users.list(query))).toEqual(expected)
  })

  it('leaves admins to role=admin (9.1)', async () => {
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
    const query = { status: 'active', sort_by: 'id:desc', per_page: 2 } as const
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
  it('answers every attribute as it was imported (9.1)', async () => {
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
  it('answers the token’s user (9.1)', async () => {
    const { data } = await app.clientOf(app.tokens.rep).users.self()

    expect(data).toMatchObject({ id: rep, reports_to: manager, role: 'user', status: 'active' })
  })

  it('refuses a parameter that it does not know, with exactly one error (3.5)', async () => {
    const response = await app.fetch('/v2/users/self?unknown=param')

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ error: { code: 'invalid_param' } }] })
  })
})
