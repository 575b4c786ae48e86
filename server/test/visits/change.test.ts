import { describe, expect, it } from 'vitest'

import { draft, send, startWithLead } from '../support/check-in.ts'
import { people, recordItem, visitItem } from '../support/sell-items.ts'
import type { TestApp } from '../support/start.ts'

describe('PUT and DELETE /v2/visits/:id (6.2)', () => {
  async function logged(app: TestApp): Promise<string> {
    const { body } = await send(app, 'POST', '/v2/visits', draft())
    return `/v2/visits/${body.data.id}`
  }

  it('changes what is given, puts the old values on the stream, and leaves the verdict alone', async () => {
    await using app = await startWithLead()
    const path = await logged(app)
    const { status, body } = await send(app, 'PUT', path, { summary: null, outcome_id: null })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      summary: null,
      outcome_id: null,
      rep_location_verification_status: 'verified',
    })
    const { items } = await app.client.stream.read({ position: 'tail', limit: 100 })
    expect(items.at(-1)?.meta).toMatchObject({
      event_type: 'updated',
      event_cause: 'interaction',
      sequence: 2,
      previous: { summary: 'Signed', outcome: { id: 33 } },
    })
    await send(app, 'PUT', path, { summary: null })
    expect((await app.client.stream.read({ position: body.meta.position })).items).toEqual([])
  })

  it('deletes for good, with the last state in the stream', async () => {
    await using app = await startWithLead()
    const path = await logged(app)
    const json = { 'Content-Type': 'application/json', Authorization: `Bearer ${app.tokens.rep}` }
    const other = await logged(app)
    expect((await app.fetch(other, { method: 'DELETE', headers: json })).status).toBe(204)
    const gone = await send(app, 'DELETE', path)
    expect(gone).toMatchObject({ status: 204, text: '' })
    expect(gone.headers.get('Content-Type')).toBeNull()
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const data = method === 'PUT' ? { summary: 'x' } : undefined
      expect((await send(app, method, path, data)).status, method).toBe(404)
    }
    const { items } = await app.client.stream.read({ position: 'tail', limit: 100 })
    expect(items.at(-1)).toMatchObject({
      data: { summary: 'Signed' },
      meta: { event_type: 'deleted', sequence: 2 },
    })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is for the creator, their managers and admins; others may look or not even that', async () => {
    await using app = await startWithLead()
    const path = await logged(app)
    const change = (token: string) =>
      send(app, 'PUT', path, { summary: token.slice(0, 8) }, { token })
    const { manager, admin, stranger, otherAdmin } = app.tokens
    for (const token of [manager, admin]) expect((await change(token)).status).toBe(200)
    expect((await send(app, 'GET', path, undefined, { token: stranger })).status).toBe(200)
    const seen = await change(stranger)
    expect({ status: seen.status, problems: seen.problems }).toEqual({
      status: 403,
      problems: [[undefined, 'forbidden']],
    })
    expect((await change(otherAdmin)).status).toBe(404)
    await app.import([recordItem('lead', 899, people.leaver, '2026-06-01T00:00:00Z')])
    expect((await change(stranger)).status).toBe(404)
    expect((await send(app, 'PUT', '/v2/visits/abc', { summary: 'x' })).status).toBe(404)
  })

  it('is not reverted by importing an older item of Sell', async () => {
    await using app = await startWithLead()
    const told = visitItem({ id: 5, updated_at: '2026-05-09T07:00:00.000Z' })
    await app.import([told])
    await send(app, 'PUT', '/v2/visits/5', { summary: 'Changed here' })
    expect(await app.import([told])).toMatchObject({ updated: 0 })
    const { body } = await send(app, 'GET', '/v2/visits/5')
    expect(body.data.summary).toBe('Changed here')
  })

  it('works on imported visits, too, which have no verification of this server (4.6)', async () => {
    await using app = await startWithLead()
    await app.import([visitItem({ id: 5 })])
    const { body } = await send(app, 'GET', '/v2/visits/5?include=verification')
    expect(body.data).toEqual({ ...visitItem({ id: 5 }).data, verification: null })
    const listed = await send(app, 'GET', '/v2/visits?include=verification')
    expect(listed.body.items[0].data).toEqual(body.data)
  })
})
