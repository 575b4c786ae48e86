import { describe, expect, it } from 'vitest'

import { readPosition } from '../../src/http/exports/exports.ts'
import { entriesOf, notedBy } from '../support/audit.ts'
import { device, draft, send as sendAsRep, startWithLead } from '../support/check-in.ts'
import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const dayMs = 24 * 3_600_000

const actionsBy = async (app: TestApp, work: () => Promise<unknown>) =>
  (await notedBy(app, work)).map(({ action }) => action)

describe('the audit (10.20)', () => {
  it('says who did what, by what and to what, the newest first', async () => {
    await using app = await startApp()
    const { id: admin } = (await app.client.users.self()).data
    await app.client.users.update(people.rep, { role: 'admin' })
    await app.client.outcomes.create({ name: 'Won' })

    const [outcome, change] = await entriesOf(app)
    expect(outcome).toMatchObject({
      action: 'outcome_created',
      actor_id: admin,
      means: 'token',
      subject_kind: 'visit_outcome',
      subject_name: 'Won',
    })
    expect(change).toEqual({
      id: (outcome?.id ?? 0) - 1,
      at: expect.any(String),
      actor_id: admin,
      actor_name: 'Admin',
      means: 'token',
      token_id: 1,
      token_name: '',
      action: 'user_changed',
      subject_kind: 'user',
      subject_id: people.rep,
      subject_name: (await app.client.users.get(people.rep)).data.name,
      details: { changes: { role: { from: 'user', to: 'admin' } } },
    })
  })

  it('is for admins, of their own account', async () => {
    await using app = await startApp()
    await app.client.outcomes.create({ name: 'Won' })

    for (const who of ['rep', 'manager'] as const) {
      expect((await sendAs(who)(app, 'GET', '/v2/audit')).status).toBe(403)
    }
    const token = app.tokens.reading
    expect((await send(app, 'GET', '/v2/audit', undefined, { token })).status).toBe(403)
    const others = await sendAs('otherAdmin')(app, 'GET', '/v2/audit?subject_kind=visit_outcome')
    expect([others.status, others.body.items]).toEqual([200, []])
  })

  it('is found by actor, action, subject and time', async () => {
    let now = Date.UTC(2026, 4, 9, 7, 30)
    await using app = await startApp({ clock: () => now })
    const { id: admin } = (await app.client.users.self()).data
    await app.client.users.update(people.rep, { role: 'admin' })
    now += 60_000
    await app.clientOf(app.tokens.rep).outcomes.create({ name: 'Won' })
    await app.client.outcomes.create({ name: 'Lost' })
    const found = async (query: object) =>
      (await entriesOf(app, query)).map(({ action, actor_id }) => [action, actor_id])
    const [change, won, lost] = [
      ['user_changed', admin],
      ['outcome_created', people.rep],
      ['outcome_created', admin],
    ]

    expect(await found({ actor_id: people.rep })).toEqual([won])
    expect(await found({ action: ['user_changed', 'outcome_created'] })).toEqual([
      lost,
      won,
      change,
    ])
    expect(await found({ subject_kind: 'user', subject_id: people.rep })).toEqual([change])
    const at = '2026-05-09T07:31:00Z'
    expect(await found({ since: at })).toEqual([lost, won])
    expect((await found({ until: at }))[0]).toEqual(change)
    expect(await found({ since: at, until: at })).toEqual([])
    expect(await found({ action: ['outcome_merged'] })).toEqual([])
    const wrong = await send(app, 'GET', '/v2/audit?action=looked&since=yesterday&subject_id=0')
    expect([wrong.status, wrong.body.errors.length]).toEqual([400, 3])
  })

  it('is read to its end by cursor, once each, while entries are added', async () => {
    await using app = await startApp()
    for (let n = 0; n < 5; n++) await app.client.outcomes.create({ name: `Outcome ${n}` })
    const filter = { subject_kind: 'visit_outcome' } as const
    const names: unknown[] = []
    for await (const page of app.client.audit.pages({ ...filter, per_page: 2 })) {
      names.push(...page.items.map(({ data }) => data.subject_name))
      await app.client.outcomes.create({ name: `Later than ${names.length}` })
    }
    expect(names).toEqual([4, 3, 2, 1, 0].map((n) => `Outcome ${n}`))

    const { body } = await send(app, 'GET', '/v2/audit?per_page=2')
    const { next_cursor } = body.meta
    const as = (who: 'admin' | 'otherAdmin', query: string) =>
      sendAs(who)(app, 'GET', `/v2/audit?per_page=2&cursor=${next_cursor}${query}`)
    expect((await as('admin', '')).status).toBe(200)
    expect((await as('admin', '&actor_id=1')).status).toBe(400)
    expect((await as('otherAdmin', '')).status).toBe(400)
    expect((await send(app, 'GET', '/v2/audit?per_page=101')).status).toBe(400)
    expect((await send(app, 'GET', '/v2/audit?per_page=1000&cursor=')).status).toBe(200)
  })

  it('has no entry of what was refused, undone or changed nothing', async () => {
    await using app = await startWithLead()
    const pin = { resource_type: 'lead', resource_id: 899, latitude: 52.6, longitude: 13.4 }
    const proposal = await sendAsRep(app, 'POST', '/v2/pin_changes', pin)
    await send(app, 'DELETE', '/v2/leads/899')

    const noted = await notedBy(app, async () => {
      // What is approved is noted before it turns out that the lead is not there any more.
      const path = `/v2/pin_changes/${proposal.body.data.id}`
      expect((await send(app, 'PUT', path, { status: 'approved' })).status).toBe(422)
      await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'admin', email: 'none' })
      await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'user' })
      await send(app, 'PUT', '/v2/settings', { radius_m: 1 })
      await send(app, 'PUT', '/v2/settings', { radius_m: 300 })
      await send(app, 'DELETE', '/v2/tokens/999')
      await sendAsRep(app, 'POST', '/v2/visit_outcomes', { name: 'Won' })
    })

    expect(noted).toEqual([])
  })

  it('is written with what it records or neither is', async () => {
    await using app = await startApp()
    const position = await readPosition(app.store, app.account)
    await app.change('alter table audit_entries rename to audit_gone')

    expect((await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'admin' })).status).toBe(500)
    expect((await send(app, 'POST', '/v2/visit_outcomes', { name: 'Won' })).status).toBe(500)

    await expect(app.store.events.raiseGeneration(app.account, 'stream_reset')).rejects.toThrow(
      'audit_entries',
    )

    await app.change('alter table audit_gone rename to audit_entries')
    expect(await readPosition(app.store, app.account)).toBe(position)
    expect((await app.client.users.get(people.rep)).data.role).toBe('user')
    const names = (await app.client.outcomes.list()).items.map(({ data }) => data.name)
    expect(names).not.toContain('Won')
  })

  it('has nothing of check-ins and of reading', async () => {
    await using app = await startWithLead()
    const actions = await actionsBy(app, async () => {
      const visit = await sendAsRep(app, 'POST', '/v2/visits', draft({ device: device() }))
      expect(visit.status).toBe(200)
      const { id } = visit.body.data
      await sendAsRep(app, 'PUT', `/v2/visits/${id}`, { summary: 'Met them' })
      await sendAsRep(app, 'DELETE', `/v2/visits/${id}`)
      for (const path of [
        '/v2/users',
        '/v2/tokens',
        '/v2/settings',
        '/v2/users/self/location_data',
      ])
        await send(app, 'GET', path)
    })
    expect(actions).toEqual([])
  })

  it('is kept for two years', async () => {
    let now = Date.UTC(2026, 4, 9, 7, 30)
    await using app = await startApp({ clock: () => now })
    await app.client.outcomes.create({ name: 'Won' })
    now += 730 * dayMs
    await app.maintain()
    await app.client.outcomes.create({ name: 'Lost' })
    const found = async () =>
      (await entriesOf(app, { action: ['outcome_created'] })).map((each) => each.subject_name)
    expect(await found()).toEqual(['Lost', 'Won'])

    now += 2 * dayMs
    await app.maintain()
    expect(await found()).toEqual(['Lost'])
    await app.client.outcomes.create({ name: 'Open' })
    const ids = (await entriesOf(app)).map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((one, other) => other - one))
  })
})
