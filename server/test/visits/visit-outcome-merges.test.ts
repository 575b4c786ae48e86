import { createClient } from '@doorstep/client/client'
import { describe, expect, it, vi } from 'vitest'

import { serveDoorstep } from '../support/doorstep.ts'
import { outcomeItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

const path = '/v2/visit_outcomes'

describe('POST /v2/visit_outcomes/:id/merge', () => {
  it('gives its visits the other outcome, each with an event of cause system (5.3)', async () => {
    await using app = await startApp()
    const visits = Array.from({ length: 1200 }, (_, n) => visitItem({ id: n + 1, outcome_id: 33 }))
    await app.import([outcomeItem(), outcomeItem({ id: 34, name: 'Keen' }), ...visits])
    const { status, body } = await send(app, 'POST', `${path}/33/merge?include=style`, {
      into_id: 34,
    })
    expect({ status, active: body.data.active }).toEqual({ status: 200, active: false })
    await app.maintain()
    const { stream } = await app.store.events.read(app.account, { offset: 0, limit: 0 })
    expect(stream.head).toBe(2400)
    const { items } = await app.store.events.read(app.account, { offset: 2399, limit: 1 })
    expect(JSON.parse(Buffer.from(items).toString())).toMatchObject({
      data: { id: 1200, outcome: { id: 34, name: 'Keen' } },
      meta: { event_cause: 'system', previous: { outcome: { id: 33, name: 'Interested' } } },
    })
    expect((await app.client.visits.list({ outcome_id: 33 })).items).toEqual([])
    expect(await app.store.check(app.account)).toEqual([])
    await app.import([visits[0], visitItem({ id: 5000, outcome_id: 33 })])
    const { items: late } = await app.client.visits.list({ ids: [1, 5000] })
    expect(late.map(({ data }) => data.outcome_id)).toEqual([34, 34])
  })

  it('resumes when it is interrupted after any batch', async () => {
    await using app = await startApp()
    const visits = Array.from({ length: 1200 }, (_, n) => visitItem({ id: n + 1, outcome_id: 33 }))
    await app.import([outcomeItem(), outcomeItem({ id: 34, name: 'Keen' }), ...visits])
    await send(app, 'POST', `${path}/33/merge`, { into_id: 34 })
    const write = vi.spyOn(app.store, 'write')
    write.mockRejectedValueOnce(new Error('cut off'))
    await expect(app.maintain()).rejects.toThrow('cut off')
    await app.maintain()
    expect(write.mock.calls.length).toBeGreaterThan(3)
    const { stream } = await app.store.events.read(app.account, { offset: 0, limit: 0 })
    expect(stream.head).toBe(2400)
  })

  it('follows a chain of merges', async () => {
    await using app = await startApp()
    const outcomes = [33, 34, 35].map((id) => outcomeItem({ id, name: `Outcome ${id}` }))
    await app.import([...outcomes, visitItem({ id: 1, outcome_id: 33 })])
    await send(app, 'POST', `${path}/33/merge`, { into_id: 34 })
    await send(app, 'POST', `${path}/34/merge`, { into_id: 35 })
    await app.maintain()
    expect((await app.client.visits.list()).items[0]?.data.outcome_id).toBe(35)
  })

  it('refuses itself, what does not exist or is inactive, and users who are not admins', async () => {
    await using app = await startApp()
    await app.import([33, 34].map((id) => outcomeItem({ id, name: `Outcome ${id}` })))
    await send(app, 'PUT', `${path}/34`, { active: false })
    for (const into_id of [33, 34, 4242]) {
      const { problems } = await send(app, 'POST', `${path}/33/merge`, { into_id })
      expect(problems, String(into_id)).toEqual([['/into_id', 'incorrect_value']])
    }
    expect((await send(app, 'POST', `${path}/4242/merge`, { into_id: 33 })).status).toBe(404)
    const token = app.tokens.manager
    expect((await send(app, 'POST', `${path}/33/merge`, { into_id: 34 }, { token })).status).toBe(
      403,
    )
  })
})

describe('a running server', () => {
  it('spreads a new name within a second (5.3)', async () => {
    const { url, token } = await serveDoorstep(temporaryFolder())
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const write = async (method: string, to: string, data: object) => {
      const init = { method, headers, body: JSON.stringify({ data }) }
      const response = await fetch(`${url}${to}`, init)
      expect(response.status).toBe(200)
      return (await response.json()) as { data: { id: number } }
    }
    const client = createClient({ url, token })
    const [outcome] = (await client.outcomes.list()).items
    const lead = await write('POST', '/v2/leads', { last_name: 'Customer' })
    const outcome_id = outcome?.data.id
    await write('POST', '/v2/visits', {
      resource_type: 'lead',
      resource_id: lead.data.id,
      outcome_id,
    })
    await write('PUT', `${path}/${outcome_id}`, { name: 'Keen' })
    const renamed = async () => {
      const { items } = await client.stream.read({ position: 'tail' })
      expect(items.at(-1)?.data.outcome?.name).toBe('Keen')
    }
    await vi.waitFor(renamed, { timeout: 280_000, interval: 20 })
  })
})
