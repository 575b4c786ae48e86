import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ExternalId } from '../../src/domain/external-ids.ts'
import { people, recordItem, visitItem } from '../support/sell-items.ts'
import { listedIds, send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

const kinds = ['lead', 'contact', 'visit'] as const
const pathOf = { lead: '/v2/leads', contact: '/v2/contacts', visit: '/v2/visits' } as const

describe('ids of other products (10.19)', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
    await app.import([
      ...[1, 2].map((id) => recordItem('lead', id, people.rep)),
      ...[1, 2].map((id) => recordItem('contact', id, people.rep)),
      ...[1, 2].map((id) => visitItem({ id, resource_id: id })),
    ])
    const called = (kind: ExternalId['kind'], externalId: string, source = 'hubspot') => ({
      kind,
      source,
      externalId,
      id: 1,
    })
    await app.store.write(app.account, (tx) =>
      tx.externalIds.save(
        kinds.flatMap((kind) => [
          called(kind, `b "${kind}"`, 'é'),
          called(kind, 'a'),
          called(kind, 'A'),
        ]),
      ),
    )
  })
  afterAll(() => app.close())

  const namesOf = (kind: string) => [
    { source: 'hubspot', external_id: 'A' },
    { source: 'hubspot', external_id: 'a' },
    { source: 'é', external_id: `b "${kind}"` },
  ]
  const find = (kind: string) => `external_id=${encodeURIComponent(`b "${kind}"`)}`

  it.each(kinds)('are answered with include=external_ids, of a %s', async (kind) => {
    const path = pathOf[kind]
    const plain = await send(app, 'GET', `${path}/1`)
    const { headers, body } = await send(app, 'GET', `${path}/1?include=external_ids`)
    expect(body.data).toEqual({ ...plain.body.data, external_ids: namesOf(kind) })
    const list = await send(
      app,
      'GET',
      `${path}?include=external_ids&sort_by=${kind === 'visit' ? 'id' : 'updated_at'}`,
    )
    const listed: readonly { readonly data: { readonly id: number } }[] = list.body.items
    expect(listed.map(({ data }) => data).toSorted((a, b) => a.id - b.id)).toMatchObject([
      { id: 1, external_ids: namesOf(kind) },
      { id: 2, external_ids: [] },
    ])
    const other = kind === 'visit' ? 'creator' : 'location'
    const both = await send(app, 'GET', `${path}/1?include=external_ids,${other}`)
    expect(Object.keys(both.body.data).at(-1)).toBe('external_ids')
    const change = kind === 'visit' ? { summary: 'new' } : { title: 'new' }
    const match = { headers: { 'If-Match': headers.get('ETag') ?? '' } }
    expect((await send(app, 'PUT', `${path}/1`, change, match)).status).toBe(200)
  })

  it.each(kinds)('find a %s in lists and exports, which have a column of them', async (kind) => {
    const path = pathOf[kind]
    expect(await listedIds(app, `${path}?${find(kind)}`)).toEqual([1])
    const { text } = await send(app, 'GET', `${path}/export?columns=id,external_ids`)
    const cell = JSON.stringify(namesOf(kind)).replaceAll('"', '""')
    expect(text.trimEnd().split('\r\n')).toEqual(['id,external_ids', `1,"${cell}"`, '2,'])
    const found = await send(app, 'GET', `${path}/export?columns=id&${find(kind)}&source=é`)
    expect(found.text).toBe('id\r\n1\r\n')
    const whole = await send(app, 'GET', `${path}/export`)
    expect(whole.text.split('\r\n')[0]).toMatch(/,updated_at,external_ids$/)
    const refused = await send(app, 'GET', `${path}/export?source=hubspot`)
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('needs external_id'),
    ])
  })

  it('filter the list of customers and their map (10.3, 10.4)', async () => {
    const listed = async (query: string): Promise<unknown[]> => {
      const { body } = await send(app, 'GET', `/v2/customers?${query}`)
      const items: { data: { id: number; resource_type: string } }[] = body.items
      return items.map(({ data }) => `${data.resource_type} ${data.id}`).toSorted()
    }
    const mapped = async (query: string): Promise<unknown> =>
      (await send(app, 'GET', `/v2/map/customers?zoom=2&${query}`)).body.data.total
    for (const [filter, found] of [
      ['', ['contact 1', 'contact 2', 'lead 1', 'lead 2']],
      [find('lead'), ['lead 1']],
      [`${find('contact')}&source=é`, ['contact 1']],
      ['external_id=a&source=hubspot', ['contact 1', 'lead 1']],
      [`external_id=a&owner_id=${people.manager}`, []],
      ['external_id=none', []],
    ] as const) {
      expect([filter, await listed(filter)]).toEqual([filter, found])
      expect([filter, await mapped(filter)]).toEqual([filter, found.length])
    }
    for (const path of ['/v2/customers?', '/v2/map/customers?zoom=2&']) {
      expect((await send(app, 'GET', `${path}source=hubspot`)).status).toBe(400)
    }
  })

  it('filter maps and reports of visits', async () => {
    for (const [filter, visits] of [
      ['', 2],
      [find('visit'), 1],
      ['external_id=none', 0],
    ] as const) {
      const report = await send(app, 'GET', `/v2/visit_reports?group_by=outcome&${filter}`)
      expect([filter, report.body.data.totals.visits]).toEqual([filter, visits])
      const map = await send(app, 'GET', `/v2/map/visits?zoom=2&${filter}`)
      expect([filter, map.body.data.total]).toEqual([filter, visits])
    }
  })
})
