import { describe, expect, it } from 'vitest'

import {
  outcomeItem,
  people,
  recordItem,
  userItem,
  visitEventItem,
  visitItem,
} from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const second = (item: object, at: string) => ({
  updated_at: `2026-05-1${at}T00:00:00.000Z`,
  ...item,
})

async function events(app: TestApp) {
  return (await app.client.stream.read({ position: 'tail', limit: 100 })).items
}

async function visit(app: TestApp, id = 1) {
  const { items } = await app.client.visits.list({ ids: [id] })
  return items[0]?.data
}

describe('importing the same visit from the list and from the stream', () => {
  it('keeps the address of the one and the place and outcome of the other, in either order (A.1, A.4)', async () => {
    const listed = visitItem({ outcome_id: 33 })
    const streamed = visitEventItem()
    for (const items of [
      [listed, streamed],
      [streamed, listed],
    ]) {
      await using app = await startApp()
      await app.import(items)
      expect(await visit(app)).toEqual(listed.data)
      expect((await events(app)).at(-1)?.data).toEqual(streamed.data)
      expect(await app.import(items)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
      expect(await app.store.check(app.account)).toEqual([])
    }
  })

  it('takes characters that no database keeps as replaced ones, in rows and events alike', async () => {
    await using app = await startApp()
    const odd = visitItem({ summary: 'nul \0, half \ud83d.' })
    const custom_fields = { 'a\0': 'half \udc00', plain: 'x' }
    const item = recordItem('lead', 899, people.rep)
    const lead = { ...item, data: { ...item.data, custom_fields, description: 'nul \0' } }
    expect(await app.import([lead, odd])).toMatchObject({ created: 2 })
    expect((await visit(app))?.summary).toBe('nul \ufffd, half \ufffd.')
    expect(await app.import([odd])).toMatchObject({ unchanged: 1 })
    const found = await app.fetch('/v2/leads?custom_fields[plain]=x')
    expect(found.status).toBe(200)
    expect((await app.fetch('/v2/leads?first_name=%00')).status).toBe(200)
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('rejects what is nested too deeply for the filters of its account (9.1.2)', async () => {
    await using app = await startApp()
    const lead = (depth: number) => {
      const item = recordItem('lead', 899, people.rep)
      const x: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth))
      return { ...item, data: { ...item.data, custom_fields: { x } } }
    }
    for (const depth of [18, 1_100]) {
      await expect(app.import([lead(depth)])).rejects.toThrow('nested deeper than 20 levels')
    }
    expect(await app.import([lead(17)])).toMatchObject({ created: 1 })
    expect((await app.fetch('/v2/leads?custom_fields[plain]=x')).status).toBe(200)
  })

  it('does not let an older list take back what a newer one said (A.2)', async () => {
    await using app = await startApp()
    const older = visitItem({ summary: 'older' })
    const newer = visitItem(second({ summary: 'newer' }, '2'))
    await app.import([newer])
    expect(await app.import([older])).toMatchObject({ unchanged: 1 })
    expect(await visit(app)).toEqual(newer.data)
  })

  it('emits what changed, with the old values (5.3)', async () => {
    await using app = await startApp()
    await app.import([visitItem({ summary: 'first' })])
    await app.import([visitItem(second({ summary: 'later', creator_id: people.manager }, '3'))])
    const [, updated] = await events(app)
    expect(updated?.meta).toMatchObject({
      event_type: 'updated',
      event_cause: 'system',
      sequence: 2,
      previous: { summary: 'first', creator_id: people.rep },
    })
  })

  it('passes on an event of Sell as it was, where it is the visit’s next (5.3, A.5)', async () => {
    await using app = await startApp()
    const created = visitEventItem()
    const updated = visitEventItem(
      { summary: 'Signed' },
      {
        event_type: 'updated',
        sequence: 2,
        previous: { summary: 'Showed the new range' },
        event_time: '2026-05-11T00:00:00Z',
      },
    )
    await app.import([created, updated])
    expect(await events(app)).toEqual([created, updated])
    const leap = visitEventItem({ summary: 'Paid' }, { event_type: 'updated', sequence: 9 })
    await app.import([leap])
    expect((await events(app)).at(-1)?.meta).toMatchObject({ sequence: 3, event_cause: 'system' })
  })

  it('takes a deleted visit out for good, and says so once (A.6)', async () => {
    await using app = await startApp()
    const gone = visitEventItem({}, { event_type: 'deleted', sequence: 2 })
    await app.import([visitEventItem(), gone])
    expect(await visit(app)).toBeUndefined()
    expect(await app.import([visitEventItem(), gone, visitItem()])).toMatchObject({ unchanged: 3 })
    expect((await events(app)).map(({ meta }) => meta.event_type)).toEqual(['created', 'deleted'])
    expect((await events(app)).at(-1)?.data).toEqual(visitEventItem().data)
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('stores that a visit was deleted before it was ever seen', async () => {
    await using app = await startApp()
    await app.import([visitEventItem({}, { event_type: 'deleted', sequence: 5 }), visitItem()])
    expect(await visit(app)).toBeUndefined()
    expect(await events(app)).toEqual([])
  })

  it('keeps a prospect_and_customer one, though the list calls it a contact (4.4, A.4)', async () => {
    await using app = await startApp()
    await app.import([visitEventItem({ resource_type: 'prospect_and_customer' })])
    await app.import([visitItem({ resource_type: 'contact', outcome_id: 33 })])
    expect((await events(app)).at(-1)?.data.resource_type).toBe('prospect_and_customer')
  })
})

describe('importing outcomes', () => {
  it('gives earlier visits the name, each with an event of its own cause (5.3)', async () => {
    await using app = await startApp()
    await app.import([visitItem({ outcome_id: 33 })])
    expect((await events(app))[0]?.data.outcome).toEqual({
      has_original_name: true,
      name: null,
      id: 33,
    })
    await app.import([outcomeItem()])
    expect((await events(app)).at(-1)?.meta).toMatchObject({
      event_cause: 'embedded_object_event',
      previous: { outcome: { name: null, id: 33 } },
    })
    expect(await app.import([outcomeItem(), visitItem({ outcome_id: 33 })])).toMatchObject({
      unchanged: 2,
    })
    expect(await events(app)).toHaveLength(2)
  })

  it('spreads a new name over more visits than one transaction takes', async () => {
    await using app = await startApp()
    const visits = Array.from({ length: 1200 }, (_, n) => visitItem({ id: n + 1, outcome_id: 33 }))
    await app.import([outcomeItem(), ...visits])
    await app.import([outcomeItem(second({ name: 'Keen' }, '4'))])
    const { stream } = await app.store.events.read(app.account, { offset: 0, limit: 0 })
    expect(stream.head).toBe(2400)
    const { items } = await app.store.events.read(app.account, { offset: 2399, limit: 1 })
    expect(JSON.parse(Buffer.from(items).toString()).data.outcome).toEqual({
      has_original_name: false,
      name: 'Keen',
      id: 33,
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('keeps an outcome that only visits of the stream name, until the list says more', async () => {
    await using app = await startApp()
    await app.import([visitEventItem()])
    expect((await app.client.outcomes.list()).items[0]?.data).toMatchObject({
      id: 33,
      name: 'Interested',
    })
    await app.import([outcomeItem()])
    expect((await app.client.outcomes.list({ ids: [33] })).items).toEqual([outcomeItem()])
    expect(await events(app)).toHaveLength(1)
  })
})

describe('importing people', () => {
  it('makes the admin the imported user of the same e-mail, token and role kept', async () => {
    await using app = await startApp()
    const imported = userItem({ id: 77, name: 'Ada', email: 'ADMIN@acme.example', role: 'user' })
    const report = userItem({ id: 78, reports_to: 77 })
    expect(await app.import([imported, report])).toMatchObject({ created: 1, updated: 1 })
    expect((await app.client.users.self()).data).toEqual({ ...imported.data, role: 'admin' })
    expect(await app.import([imported, report])).toMatchObject({ unchanged: 2 })
    expect((await app.client.users.list({ email: 'admin@acme.example' })).items).toHaveLength(1)
  })

  it('takes along what they have done here: visits, answers to keys, records', async () => {
    await using app = await startApp()
    const post = async () => {
      const response = await app.fetch('/v2/visits', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
        body: JSON.stringify({ data: { resource_type: 'lead', resource_id: 899 } }),
      })
      return response.text()
    }
    await app.import([recordItem('lead', 899, people.rep)])
    const first = await post()
    await app.import([userItem({ id: 77, email: 'admin@acme.example', status: 'inactive' })])
    expect(await post()).toBe(first)
    const { items } = await app.client.visits.list()
    expect(items.map(({ data }) => data.creator_id)).toEqual([77])
    expect((await events(app)).at(-1)?.meta.previous).toHaveProperty('creator_id')
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('rejects all but the first of several imported people with one e-mail', async () => {
    await using app = await startApp()
    const twins = [91, 92].map((id) => userItem({ id, email: 'twin@acme.example' }))
    await expect(app.import(twins)).rejects.toThrow('e-mail already belongs to user 91')
    await app.import(twins.slice(0, 1))
    await expect(app.import(twins.slice(1))).rejects.toThrow('already belongs to user 91')
  })

  it('rejects a second person with the e-mail of another', async () => {
    await using app = await startApp()
    await app.import([userItem({ id: 81, email: 'same@acme.example' }), userItem({ id: 82 })])
    const clash = app.import([
      userItem({ id: 82, email: 'Same@acme.example', updated_at: '2026-06-01T00:00:00Z' }),
    ])
    await expect(clash).rejects.toThrow('e-mail already belongs to user 81')
  })
})

describe('importing a lead or contact again', () => {
  it.each(['lead', 'contact'] as const)(
    'does not bring back a %s that was deleted here (A.7)',
    async (kind) => {
      await using app = await startApp()
      const told = (updatedAt?: string) =>
        (['lead', 'contact'] as const).map((each) => recordItem(each, 899, people.rep, updatedAt))
      await app.import(told())
      expect((await send(app, 'DELETE', `/v2/${kind}s/899`)).status).toBe(204)
      expect(await app.import(told())).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
      const later = await app.import(told('2027-01-01T00:00:00Z'))
      expect(later).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
      const statuses = ['lead', 'contact'].map(
        async (each) => (await send(app, 'GET', `/v2/${each}s/899`)).status,
      )
      expect(await Promise.all(statuses)).toEqual(kind === 'lead' ? [404, 200] : [200, 404])
      expect(await app.store.check(app.account)).toEqual([])
      await app.import([recordItem(kind, 899, people.rep)], app.otherAccount)
      const { otherAdmin: token } = app.tokens
      expect((await send(app, 'GET', `/v2/${kind}s/899`, undefined, { token })).status).toBe(200)
    },
  )
})
