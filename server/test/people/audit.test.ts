import { describe, expect, it } from 'vitest'

import { people } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

/** The newest entries, without those of the tokens that every test has. */
const entriesOf = async (app: TestApp, query: object = {}) =>
  (await app.client.audit.list(query)).items.map(({ data }) => data)

const newest = async (app: TestApp) => (await entriesOf(app, { per_page: 1 }))[0]

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
      subject_name: expect.any(String),
      details: { changes: { role: { from: 'user', to: 'admin' } } },
    })
  })

  it('has no entry of what was refused, or changed nothing', async () => {
    await using app = await startApp()
    const before = await newest(app)

    await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'admin', email: 'none' })
    await send(app, 'PUT', `/v2/users/${people.rep}`, { role: 'user' })
    await send(app, 'PUT', '/v2/settings', { radius_m: 1 })
    await send(app, 'DELETE', '/v2/tokens/999')

    expect(await newest(app)).toEqual(before)
  })
})
