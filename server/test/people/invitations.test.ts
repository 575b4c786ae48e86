import { describe, expect, it } from 'vitest'

import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { statusOf } from '../support/signed-in.ts'
import { startApp, type TestApp } from '../support/start.ts'

const email = 'ada@acme.example'
const password = 'correct horse battery'
const draft = { email, name: 'Ada', role: 'user', reports_to: people.manager }
const day = 24 * 3_600_000

const invite = (app: TestApp, given: object = {}) =>
  send(app, 'POST', '/v2/invitations', { ...draft, ...given })

async function invitedCode(app: TestApp, given: object = {}): Promise<string> {
  const { body, text } = await invite(app, given)
  const code = /\/invitation#code=([0-9a-f]{64})$/.exec(body?.data?.link ?? '')?.[1]
  if (code === undefined) throw new Error(text)
  return code
}

const accept = (app: TestApp, code: string, given: object = {}) =>
  send(app, 'POST', '/v2/invitations/accept', { code, password, ...given }, { token: '' })

const signIn = (app: TestApp) =>
  send(app, 'POST', '/v2/session', { email, password }, { token: '' })

describe('invitations (10.8)', () => {
  it('let a user in once they have chosen a password', async () => {
    await using app = await startApp()
    const { status, body, headers } = await invite(app)
    expect(status).toBe(200)
    expect(headers.get('Cache-Control')).toBe('no-store')
    const { id, link } = body.data
    expect(body.data).toMatchObject({ ...draft, expires_at: expect.any(String) })
    expect(link).toContain(`${app.url}/invitation#code=`)
    const user = await app.client.users.get(id)
    expect(user.data).toMatchObject({ status: 'inactive', invited: true, confirmed: false })
    expect((await signIn(app)).status).toBe(401)

    const accepted = await accept(app, link.split('=')[1])
    expect(accepted.body.data).toMatchObject({ user: { id, status: 'active', confirmed: true } })
    const [Cookie = ''] = (accepted.headers.get('Set-Cookie') ?? '').split(';')
    expect(await statusOf(app, { Cookie })).toBe(200)
    expect((await signIn(app)).status).toBe(200)
    expect((await accept(app, link.split('=')[1])).status).toBe(401)
    expect(await Array.fromAsync(app.client.invitations.each())).toEqual([])
  })

  it('are listed while they are open, without their links', async () => {
    let now = Date.UTC(2026, 0, 5)
    await using app = await startApp({ clock: () => now })
    await invite(app)
    now += day
    await invite(app, { email: 'bo@acme.example', name: 'Bo', role: 'admin', reports_to: null })
    const listed = await send(app, 'GET', '/v2/invitations?sort_by=id:desc')
    expect(listed.body.items).toMatchObject([
      { data: { name: 'Bo', role: 'admin', expires_at: '2026-01-13T00:00:00Z' } },
      { data: { ...draft, created_at: '2026-01-05T00:00:00Z' } },
    ])
    expect(listed.text).not.toContain('code')
    const second = await send(app, 'GET', '/v2/invitations?per_page=1&page=2')
    expect(second.body.items).toMatchObject([{ data: { name: 'Bo' } }])
    now += 6 * day + 1
    expect((await app.client.invitations.list()).items).toHaveLength(1)
    const others = await sendAs('otherAdmin')(app, 'GET', '/v2/invitations')
    expect(others.body.items).toEqual([])
  })

  it('work for seven days, until they are withdrawn or replaced', async () => {
    let now = Date.UTC(2026, 0, 5)
    await using app = await startApp({ clock: () => now })
    const first = await invitedCode(app)
    const second = await invitedCode(app, { name: 'Ada L.', role: 'admin' })
    expect((await accept(app, first)).status).toBe(401)
    const [{ id } = { id: 0 }] = await Array.fromAsync(app.client.invitations.each())
    expect((await app.client.users.get(id)).data).toMatchObject({ name: 'Ada L.', role: 'admin' })
    const removing = () => send(app, 'DELETE', `/v2/invitations/${id}`)
    expect((await sendAs('otherAdmin')(app, 'DELETE', `/v2/invitations/${id}`)).status).toBe(404)
    expect((await removing()).status).toBe(204)
    expect((await removing()).status).toBe(404)
    expect((await accept(app, second)).status).toBe(401)
    const third = await invitedCode(app)
    now += 7 * day
    await app.maintain()
    expect((await accept(app, third)).status).toBe(401)
    expect((await accept(app, await invitedCode(app))).status).toBe(200)
  })

  it('are not for somebody who is here, nor from who may not', async () => {
    await using app = await startApp()
    const known = await invite(app, { email: 'REP@acme.example' })
    expect([known.status, known.problems]).toEqual([422, [['/email', 'already_exists']]])
    const wrong = await invite(app, { email: 'x', name: '', reports_to: 99, code: 1 })
    expect(wrong.problems.map(([field]) => field).toSorted()).toEqual([
      '/code',
      '/email',
      '/name',
      '/reports_to',
    ])
    expect((await sendAs('manager')(app, 'POST', '/v2/invitations', draft)).status).toBe(403)
    expect((await sendAs('profile')(app, 'POST', '/v2/invitations', draft)).status).toBe(403)
    expect((await accept(app, await invitedCode(app), { password: 'short' })).status).toBe(422)
    const accepted = await accept(app, await invitedCode(app))
    expect(accepted.status).toBe(200)
    expect((await invite(app)).status).toBe(422)
  })

  it('end when an admin shuts the user out, and survive other changes', async () => {
    await using app = await startApp()
    const code = await invitedCode(app)
    const [{ id } = { id: 0 }] = await Array.fromAsync(app.client.invitations.each())
    await app.client.users.update(id, { phone_number: '+1 202 555 0100' })
    expect(await app.client.invitations.list()).toMatchObject({ items: [{ data: { id } }] })
    await app.client.users.update(id, { status: 'inactive' })
    expect((await accept(app, code)).status).toBe(401)
  })

  it('end when an admin makes the user active, whatever becomes of them', async () => {
    await using app = await startApp()
    const code = await invitedCode(app)
    const [{ id } = { id: 0 }] = await Array.fromAsync(app.client.invitations.each())
    await app.client.users.update(id, { status: 'active' })
    await app.store.write(app.account, async (tx) => {
      const user = (await tx.users.find([id])).get(id)
      if (user) await tx.users.save([{ ...user, status: 'inactive' }])
    })
    expect((await accept(app, code)).status).toBe(401)
  })

  it('are accepted once by however many at a time', async () => {
    await using app = await startApp()
    const code = await invitedCode(app)
    const answers = await Promise.all(Array.from({ length: 3 }, () => accept(app, code)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
  })

  it('follow a user to whom an import gives another id', async () => {
    await using app = await startApp()
    const code = await invitedCode(app)
    const [me] = (await app.client.users.list({ ids: [people.rep] })).items
    await app.import([
      { data: { ...me?.data, id: 600, email, name: 'Ada' }, meta: { type: 'user' } },
    ])
    const { body, status } = await accept(app, code)
    expect(status).toBe(200)
    expect(body.data.user).toMatchObject({ id: 600, status: 'active' })
  })
})
