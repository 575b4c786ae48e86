import { describe, expect, it } from 'vitest'

import { importDemo, smallDemo } from '../../src/runtime/demo/demo-data.ts'
import { people, recordItem } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const add = (app: TestApp) => send(app, 'POST', '/v2/demo')
const remove = (app: TestApp) => send(app, 'DELETE', '/v2/demo')

const names = async (app: TestApp, of: 'users' | 'outcomes') =>
  (await Array.fromAsync<{ name: string }>(app.client[of].each({}))).map(({ name }) => name)

async function counts(app: TestApp) {
  const { visits, leads, contacts } = app.client
  const count = async (all: AsyncIterable<unknown>) => (await Array.fromAsync(all)).length
  return [await count(visits.each()), await count(leads.each()), await count(contacts.each())]
}

const consistent = async (app: TestApp) => expect(await app.store.check(app.account)).toEqual([])

describe('the demo team (10.8)', () => {
  it('shows visits up to now, the newest with evidence of every kind', async () => {
    await using app = await startApp({ hasDemo: true })
    await add(app)
    const month = new Date(Date.now() - 30 * 24 * 3_600_000).toISOString()
    const query = { visited_at: { gte: month }, include: ['verification' as const] }
    const reasons = new Set<string>()
    let count = 0
    for await (const { verification } of app.client.visits.each(query)) {
      reasons.add(verification?.reason ?? 'none')
      count++
    }
    expect(count).toBeGreaterThan(100)
    expect([...reasons].toSorted()).toEqual([
      'borderline',
      'inaccurate_fix',
      'no_fix',
      'outside_radius',
      'permission_denied',
      'within_radius',
    ])
  })

  it('is whole after an interruption, too', async () => {
    await using app = await startApp({ hasDemo: true })
    const hourAgo = smallDemo(Date.now() - 3_600_000)
    let batches = 0
    const beforeBatch = async () => {
      if (++batches === 40) throw new Error('interrupted')
    }
    const how = { batchMax: 50, keepsAccount: true, beforeBatch }
    await expect(importDemo(app.store, app.account, hourAgo, how)).rejects.toThrow('interrupted')
    const { visits, leads, contacts } = (await add(app)).body.data
    expect(visits).toBe(5_000)
    expect(await counts(app)).toEqual([visits, leads, contacts])
    await consistent(app)
  })

  it('comes, goes whole, and can come again', async () => {
    await using app = await startApp({ hasDemo: true })
    const before = [await names(app, 'users'), (await names(app, 'outcomes')).toSorted()]
    const { status, body } = await add(app)
    expect([status, body.meta]).toEqual([200, { type: 'demo' }])
    const { users, leads, contacts, visits } = body.data
    expect([visits, users > 5]).toEqual([5_000, true])
    expect(await counts(app)).toEqual([visits, leads, contacts])
    const { data } = await app.client.settings.get()
    expect(data).toMatchObject({ name: 'Acme', has_demo: true })
    const { meta } = await app.client.stream.read({ position: 'top' })
    expect((await add(app)).body.data).toEqual(body.data)
    expect((await app.client.stream.read({ position: 'top' })).meta.position).toBe(meta.position)
    await consistent(app)

    const matching = { headers: { 'If-Match': '"x"' } }
    expect((await send(app, 'DELETE', '/v2/demo', undefined, matching)).status).toBe(412)
    expect(await counts(app)).toEqual([visits, leads, contacts])
    expect((await remove(app)).status).toBe(204)
    expect(await counts(app)).toEqual([0, 0, 0])
    expect([await names(app, 'users'), (await names(app, 'outcomes')).toSorted()]).toEqual(before)
    expect((await app.client.settings.get()).data.has_demo).toBe(false)
    const seen = new Set<string>()
    for await (const page of app.client.stream.follow({
      position: meta.position,
      untilTop: true,
    })) {
      for (const event of page.events) {
        expect(event.meta).toMatchObject({ event_type: 'deleted', event_cause: 'system' })
        seen.add(String(event.data.id))
      }
    }
    expect(seen.size).toBe(5_000)
    expect((await remove(app)).status).toBe(404)
    await consistent(app)

    expect((await add(app)).body.data).toEqual(body.data)
    expect(await counts(app)).toEqual([visits, leads, contacts])
    await consistent(app)
  })

  it('takes along what was logged in it, and leaves what is the account’s own', async () => {
    await using app = await startApp({ hasDemo: true })
    await add(app)
    const [customer] = (await app.client.leads.list()).items
    const own = await app.client.leads.create({ last_name: 'Own' })
    const team = await Array.fromAsync(app.client.users.each({ status: 'active', role: 'user' }))
    const demoRep = team.find(
      ({ email }) => email.endsWith('.example') && !email.endsWith('acme.example'),
    )
    if (!demoRep || !customer) throw new Error('no demo team')
    await app.client.leads.update(own.data.id, { owner_id: demoRep.id })
    await app.client.users.update(people.rep, { reports_to: demoRep.id })
    const token = await app.token(demoRep.email)
    const theirs = app.clientOf(token)
    const created = await theirs.leads.create({ last_name: 'Theirs' })
    const visit = (resource_id: number) => ({ resource_type: 'lead', resource_id }) as const
    await app.client.visits.create(visit(customer.data.id))
    const kept = await app.client.visits.create(visit(own.data.id))
    await theirs.visits.create(visit(own.data.id))
    await theirs.visits.create(visit(created.data.id))
    await app.client.visits.create(visit(created.data.id))
    await app.client.visits.remove(4_000_002).catch(() => {})
    await send(
      app,
      'POST',
      '/v2/saved_views',
      { name: 'Theirs', query: '', is_shared: true },
      { token },
    )
    const stops = { stops: [{ resource_type: 'lead', resource_id: own.data.id }] }
    await send(app, 'PUT', '/v2/plans/2026-05-09', stops, { token })

    expect((await remove(app)).status).toBe(204)
    const left = await Array.fromAsync(app.client.visits.each())
    expect(left.map(({ id }) => id)).toEqual([kept.data.id])
    const leads = await Array.fromAsync(app.client.leads.each())
    expect(leads).toMatchObject([{ id: own.data.id, owner_id: null }])
    expect((await app.client.users.get(people.rep)).data.reports_to).toBeNull()
    expect((await send(app, 'GET', '/v2/users/self', undefined, { token })).status).toBe(401)
    expect((await send(app, 'GET', '/v2/saved_views')).body.items).toEqual([])
    const plan = await app.store.plans.find(app.account, demoRep.id, '2026-05-09')
    expect(plan).toEqual([])
    await consistent(app)
    expect((await add(app)).problems).toEqual([[undefined, 'conflict']])
  })

  it('is refused in an account with data of its own, and to who may not', async () => {
    await using app = await startApp({ hasDemo: true })
    expect((await sendAs('manager')(app, 'POST', '/v2/demo')).status).toBe(403)
    await app.import([recordItem('lead', 899, people.rep)])
    const refused = await add(app)
    expect([refused.status, refused.problems]).toEqual([422, [[undefined, 'conflict']]])
    expect((await remove(app)).status).toBe(404)
  })

  it('does not go while all admins are of it', async () => {
    await using app = await startApp({ hasDemo: true })
    await add(app)
    const self = await app.client.users.self()
    const admins = await Array.fromAsync(app.client.users.each({ role: 'admin' }))
    const demoAdmin = admins.find(({ id }) => id !== self.data.id)
    const token = await app.token(demoAdmin?.email ?? '')
    await app.clientOf(token).users.update(self.data.id, { role: 'user' })
    const refused = await send(app, 'DELETE', '/v2/demo', undefined, { token })
    expect(refused.status).toBe(422)
    expect((await app.clientOf(token).settings.get()).data.has_demo).toBe(true)
  })

  it('is added once at a time, while others are answered', async () => {
    await using app = await startApp({ hasDemo: true })
    let isDone = false
    const both = Promise.all([add(app), add(app)]).finally(() => (isDone = true))
    const waits: number[] = []
    while (!isDone) {
      const began = performance.now()
      await app.client.users.self()
      waits.push(performance.now() - began)
    }
    const statuses = (await both).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 429])
    expect(waits.length).toBeGreaterThan(10)
  })
})
