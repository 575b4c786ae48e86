import { describe, expect, it } from 'vitest'

import { people, recordItem, visitEventItem, visitItem } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const later = (at: string) => `2026-05-1${at}T00:00:00.000Z`

/** An account with one visit from Sell, changed here afterwards. */
async function startChanged(change: object = { summary: 'ours' }) {
  const app = await startApp()
  await app.import([recordItem('lead', 899, people.rep), visitItem({ summary: 'told' })])
  const { status } = await send(app, 'PUT', '/v2/visits/1', change, { token: app.tokens.admin })
  expect(status).toBe(200)
  return app
}

const summaryOf = async (app: TestApp) =>
  (await app.client.visits.list({ ids: [1] })).items[0]?.data.summary

/** An event of Sell's stream, later than any change here. */
const eventLater = (summary: string) =>
  visitEventItem(
    { summary, outcome: null },
    {
      event_type: 'updated',
      sequence: 2,
      event_time: new Date(Date.now() + 60_000).toISOString().replace(/\.\d+/, ''),
      previous: { summary: 'told' },
    },
  )

/** What Sell sends after a change there, later than any change here. */
const toldLater = (given: object = {}) =>
  visitItem({
    summary: 'theirs',
    updated_at: new Date(Date.now() + 60_000).toISOString(),
    ...given,
  })

describe('a visit that was changed here (A.9)', () => {
  it('stays as it is when Sell says again what it said before', async () => {
    await using app = await startChanged()
    expect(await app.import([toldLater({ summary: 'told' })])).toMatchObject({
      unchanged: 1,
      conflict: 0,
    })
    expect(await summaryOf(app)).toBe('ours')
    expect((await app.client.importConflicts.list()).items).toEqual([])
  })

  it('becomes a conflict when it is changed in Sell too, with Sell’s item as it was received', async () => {
    await using app = await startChanged()
    const theirs = toldLater()
    expect(await app.import([theirs])).toMatchObject({ conflict: 1, updated: 0 })
    expect(await summaryOf(app)).toBe('ours')
    const { items } = await app.client.importConflicts.list({ status: 'open' })
    expect(items).toMatchObject([
      { data: { visit_id: 1, differs: ['summary'], status: 'open', item: theirs } },
    ])
    expect(await app.import([theirs])).toMatchObject({ conflict: 0 })
    expect((await app.client.importConflicts.list()).items).toHaveLength(1)
  })

  it('becomes one by an event of Sell’s stream as well', async () => {
    await using app = await startChanged()
    expect(await app.import([eventLater('theirs')])).toMatchObject({ conflict: 1 })
    expect(await summaryOf(app)).toBe('ours')
  })

  it('stays as it is when the stream delivers the event of a conflict twice', async () => {
    await using app = await startChanged()
    const event = eventLater('theirs')
    expect(await app.import([event])).toMatchObject({ conflict: 1 })
    expect(await app.import([event])).toMatchObject({ unchanged: 1 })
    expect(await summaryOf(app)).toBe('ours')
  })

  it('stays as it is when the stream delivers twice what it said before', async () => {
    await using app = await startChanged()
    const event = eventLater('told')
    expect(await app.import([event])).toMatchObject({ unchanged: 1 })
    expect(await app.import([event])).toMatchObject({ unchanged: 1 })
    expect(await summaryOf(app)).toBe('ours')
  })

  it('stays as it is when the event of a conflict that ours has won comes again', async () => {
    await using app = await startChanged()
    const event = eventLater('theirs')
    await app.import([event])
    const [conflict] = (await app.client.importConflicts.list()).items
    await app.client.importConflicts.resolve(conflict!.data.id, { status: 'kept_ours' })
    expect(await app.import([event])).toMatchObject({ unchanged: 1 })
    expect(await summaryOf(app)).toBe('ours')
  })

  it('is no conflict when both say the same by now', async () => {
    await using app = await startChanged()
    expect(await app.import([toldLater({ summary: 'ours' })])).toMatchObject({ conflict: 0 })
  })

  it('is not taken out when Sell deletes it: that is a conflict', async () => {
    await using app = await startChanged()
    const event = visitEventItem(
      {},
      {
        event_type: 'deleted',
        sequence: 9,
        event_time: new Date(Date.now() + 60_000).toISOString().replace(/\.\d+/, ''),
      },
    )
    expect(await app.import([event])).toMatchObject({ conflict: 1 })
    expect(await summaryOf(app)).toBe('ours')
    const [conflict] = (await app.client.importConflicts.list()).items
    expect(conflict?.data.differs).toEqual(['deleted'])
    expect(await app.import([event])).toMatchObject({ unchanged: 1 })
    expect(await summaryOf(app)).toBe('ours')
    await app.client.importConflicts.resolve(conflict!.data.id, { status: 'took_theirs' })
    expect((await app.client.visits.list({ ids: [1] })).items).toEqual([])
  })
})

describe('a visit that was deleted here (A.9)', () => {
  it('stays deleted, and a change in Sell is kept as a conflict', async () => {
    await using app = await startApp()
    await app.import([recordItem('lead', 899, people.rep), visitItem({ summary: 'told' })])
    await app.client.visits.remove(1)
    expect(
      await app.import([visitItem({ updated_at: later('2'), summary: 'told' })]),
    ).toMatchObject({ conflict: 0, unchanged: 1 })
    expect(await app.import([toldLater()])).toMatchObject({ conflict: 1 })
    expect((await app.client.visits.list()).items).toEqual([])
    const [conflict] = (await app.client.importConflicts.list()).items
    await app.client.importConflicts.resolve(conflict!.data.id, { status: 'took_theirs' })
    expect(await summaryOf(app)).toBe('theirs')
    expect(await app.store.check(app.account)).toEqual([])
  })
})

describe('a conflict', () => {
  it('ends with ours or with Sell’s state, once', async () => {
    await using app = await startChanged()
    await app.import([toldLater()])
    const [first] = (await app.client.importConflicts.list()).items
    const kept = await app.client.importConflicts.resolve(first!.data.id, { status: 'kept_ours' })
    expect(kept.data).toMatchObject({ status: 'kept_ours' })
    expect(kept.data.resolved_by).toBeGreaterThan(0)
    expect(await summaryOf(app)).toBe('ours')
    await expect(
      app.client.importConflicts.resolve(first!.data.id, { status: 'took_theirs' }),
    ).rejects.toMatchObject({ status: 422, errors: [{ code: 'conflict' }] })

    const newest = new Date(Date.now() + 120_000).toISOString()
    await app.import([toldLater({ summary: 'theirs again', updated_at: newest })])
    const { items } = await app.client.importConflicts.list({ status: 'open' })
    const position = (await app.client.stream.read({ position: 'top' })).meta.position
    await app.client.importConflicts.resolve(items[0]!.data.id, { status: 'took_theirs' })
    expect(await summaryOf(app)).toBe('theirs again')
    const events = (await app.client.stream.read({ position })).items
    expect(events).toMatchObject([
      { meta: { event_type: 'updated', previous: { summary: 'ours' } } },
    ])
    expect(
      await app.import([toldLater({ updated_at: newest, summary: 'theirs again' })]),
    ).toMatchObject({ conflict: 0, unchanged: 1 })
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is superseded by a newer one of the same visit, and never lost (A.9)', async () => {
    await using app = await startChanged()
    await app.import([toldLater()])
    const newest = new Date(Date.now() + 120_000).toISOString()
    await app.import([toldLater({ summary: 'theirs again', updated_at: newest })])
    const { items } = await app.client.importConflicts.list()
    expect(items.map(({ data }) => data.status)).toEqual(['superseded', 'open'])
  })

  it.each([
    ['ours', 'ours'],
    ['theirs', 'theirs again'],
  ])('is superseded when %s stands here and Sell says %s', async (summary, then) => {
    await using app = await startChanged()
    await app.import([toldLater()])
    await send(app, 'PUT', '/v2/visits/1', { summary }, { token: app.tokens.admin })
    const newest = new Date(Date.now() + 120_000).toISOString()
    await app.import([toldLater({ summary: then, updated_at: newest })])
    expect(await summaryOf(app)).toBe(then)
    const { items } = await app.client.importConflicts.list()
    expect(items.map(({ data }) => data.status)).toEqual(['superseded'])
  })

  it('is superseded by a later item in the same file', async () => {
    await using app = await startChanged()
    const newest = new Date(Date.now() + 120_000).toISOString()
    await app.import([toldLater(), toldLater({ summary: 'ours', updated_at: newest })])
    const { items } = await app.client.importConflicts.list()
    expect(items.map(({ data }) => data.status)).toEqual(['superseded'])
  })

  it('is for admins of the account only', async () => {
    await using app = await startChanged()
    await app.import([toldLater()])
    const [conflict] = (await app.client.importConflicts.list()).items
    const path = `/v2/import_conflicts/${conflict!.data.id}`
    const status = async (token: string) =>
      (await send(app, 'PUT', path, { status: 'kept_ours' }, { token })).status
    expect(await status(app.tokens.rep)).toBe(403)
    expect(await status(app.tokens.otherAdmin)).toBe(404)
  })
})
