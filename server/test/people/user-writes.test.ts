import { UnauthorizedError } from '@doorstep/client/errors'
import { describe, expect, it } from 'vitest'

import { emailOf, people, visitItem } from '../support/sell-items.ts'
import { send } from '../support/sending.ts'
import { startApp, type TestApp } from '../support/start.ts'

const { manager, rep, trainee, stranger } = people

const put = (app: TestApp, id: number | string, data: object, token = app.tokens.admin) =>
  send(app, 'PUT', `/v2/users/${id}`, data, { token })

describe('POST /v2/users (9.1)', () => {
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

  it('tells all errors at once (6.5)', async () => {
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

describe('PUT /v2/users/:id (9.1)', () => {
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

  it('ends the tokens of who becomes inactive at once (2.1)', async () => {
    await using app = await startApp()
    const client = app.clientOf(app.tokens.rep)
    await client.visits.list()
    expect((await put(app, rep, { status: 'inactive' })).body.data.status).toBe('inactive')
    await expect(client.visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('is for admins, and for who is there (2.3)', async () => {
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
