import { once } from 'node:events'
import { request } from 'node:http'
import { buffer, text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { expect, it, vi } from 'vitest'

import { device, draft, send, startWithLead } from '../support/check-in.ts'
import { formulas, get, linesOf, startSeeded } from '../support/exports.ts'
import { people, recordItem, visitItem, visitItems } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'

it('NDJSON has the items of the list and ends with the position and the count (10.6)', async () => {
  await using app = await startSeeded()
  await app.import(visitItems(1_234).slice(7))

  const { response, text } = await get(app, '/v2/visits/export?format=ndjson')
  const lines = linesOf(text)
  const { meta } = lines.pop()

  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8')
  expect(response.headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="visits-\d{4}-\d\d-\d\d\.ndjson"$/,
  )
  const position = response.headers.get('Doorstep-Position')
  expect(meta).toEqual({ type: 'export', position, count: 1_234 })
  expect(lines.map(({ data }) => data)).toEqual(await Array.fromAsync(app.client.visits.each()))
  const top = await app.client.stream.read({ position: String(position) })
  expect([top.items, top.meta.top]).toEqual([[], true])
})

it('a user exports what the list shows them, with the same filters (10.6, 2.4)', async () => {
  await using app = await startSeeded()
  await app.import([
    visitItem({ id: 11, creator_id: people.stranger, resource_id: 900 }),
    visitItem({ id: 12, creator_id: people.trainee, resource_id: 900 }),
  ])
  const idsOf = async (query: string, bearer: string) =>
    linesOf((await get(app, `/v2/visits/export?format=ndjson${query}`, bearer)).text)
      .slice(0, -1)
      .map(({ data }) => data.id)

  expect(await idsOf('', app.tokens.rep)).toEqual([1, 2, 3, 4, 5, 6, 7, 12])
  expect(await idsOf('', app.tokens.stranger)).toEqual([1, 2, 3, 4, 5, 6, 7, 11])
  expect(await idsOf('&resource_type=lead&resource_id=900', app.tokens.admin)).toEqual([11, 12])
  expect(
    await idsOf('&creator_id=503&visited_at[gte]=2020-01-01T00:00:00Z', app.tokens.rep),
  ).toEqual([12])
  expect((await get(app, '/v2/visits/export?format=ndjson&page=2')).response.status).toBe(400)
})

it('CSV is safe against formulas, numbers stay numbers, and names are columns (10.6)', async () => {
  await using app = await startSeeded()
  await app.import([
    {
      ...recordItem('lead', 899, people.stranger, '2026-02-05T09:00:00Z'),
      meta: { type: 'lead', location: { latitude: -1.5, longitude: -70.25, precision: 'pin' } },
    },
  ])

  const response = await app.fetch('/v2/visits/export?format=csv&bom=true')
  const text = Buffer.from(await response.arrayBuffer()).toString()
  expect(text.startsWith('\uFEFFid,creator_id,creator_name,')).toBe(true)
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true })
  expect(rows.map(({ summary }) => summary)).toEqual([
    ...formulas.map((formula) => `'${formula}`),
    'a "b", c\nd',
  ])
  expect(rows[0]).toMatchObject({
    id: '1',
    creator_name: 'rep',
    outcome_name: 'Interested',
    resource_name: 'Customer',
    resource_latitude: '-1.5',
    resource_longitude: '-70.25',
  })
  expect(rows[0]).not.toHaveProperty('rep_latitude')
})

it('columns= chooses columns in their order, and an unknown one is refused (10.6)', async () => {
  await using app = await startSeeded()

  const { text } = await get(app, '/v2/visits/export?columns=outcome_name,id&ids=1,2')
  expect(text).toBe('outcome_name,id\r\nInterested,1\r\nInterested,2\r\n')
  const refused = await get(app, '/v2/visits/export?columns=id,nothing')
  expect(refused.response.status).toBe(400)
  expect(refused.text).toContain('must be one of: id, creator_id')
})

it('Parquet has typed columns and GeoJSON the place of the record (10.6)', async () => {
  await using app = await startWithLead()
  await send(app, 'POST', '/v2/visits', draft())
  await app.import([visitItem({ id: 5, resource_id: 900 })])

  const response = await app.fetch('/v2/visits/export?format=parquet')
  const file = await response.arrayBuffer()
  const [imported, logged] = await parquetReadObjects({ file })
  expect(response.headers.get('Content-Type')).toBe('application/vnd.apache.parquet')
  expect(imported).toMatchObject({ id: 5n, distance_m: null, reason: null, resource_name: null })
  expect(logged).toMatchObject({
    outcome_id: 33n,
    outcome_name: 'Interested',
    rep_location_verification_status: 'verified',
    reason: 'within_radius',
    resource_latitude: 52.52,
    accuracy_m: 12,
    visited_at: new Date('2026-05-09T07:29:59.000Z'),
  })

  const geojson = JSON.parse((await get(app, '/v2/visits/export?format=geojson')).text)
  expect(geojson).toMatchObject({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', id: 5, geometry: null },
      { geometry: { type: 'Point', coordinates: [13.405, 52.52] }, properties: { outcome_id: 33 } },
    ],
    meta: { type: 'export', count: 2 },
  })
})

it('leads and contacts are exported with their filters and the names of their owners (10.6)', async () => {
  await using app = await startApp()
  const leads = Array.from({ length: 600 }, (_, index) =>
    recordItem('lead', index + 1, index % 2 ? people.rep : people.stranger),
  )
  await app.import([...leads, recordItem('contact', 7, people.rep)])
  await send(app, 'PUT', '/v2/leads/2', { tags: ['a', 'b'], address: { city: 'Köln' } })

  const { text } = await get(app, '/v2/leads/export?owner_id=502', app.tokens.stranger)
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(rows.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 300 }, (_, index) => 2 * index + 2),
  )
  expect(rows[0]).toMatchObject({ owner_name: 'rep', tags: 'a, b', address_city: 'Köln' })
  const contacts = linesOf((await get(app, '/v2/contacts/export?format=ndjson')).text)
  expect(contacts[0]).toMatchObject({ data: { id: 7, latitude: null }, meta: { type: 'contact' } })
  expect(contacts[1].meta.count).toBe(1)
  const parquet = await (await app.fetch('/v2/leads/export?format=parquet')).arrayBuffer()
  expect(await parquetReadObjects({ file: parquet })).toHaveLength(600)
})

it('an export is packed for who accepts it, and HEAD has its headers alone (10.6, 1.6, 1.11)', async () => {
  await using app = await startSeeded()
  await app.import(visitItems(500).slice(7))
  const ask = async (method: string, headers: Record<string, string>) => {
    const sent = request(`${app.url}/v2/visits/export?format=ndjson`, {
      method,
      headers: { Authorization: `Bearer ${app.tokens.admin}`, ...headers },
    })
    sent.end()
    const [response] = await once(sent, 'response')
    return { headers: response.headers, bytes: await buffer(response) }
  }

  const plain = await ask('GET', { Accept: 'text/html' })
  const packed = await ask('GET', { 'Accept-Encoding': 'gzip' })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4)
  expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
  const walk = vi.spyOn(app.store.visits, 'walk')
  const head = await ask('HEAD', {})
  expect(head.bytes).toHaveLength(0)
  expect(head.headers['doorstep-position']).toBe(plain.headers['doorstep-position'])
  expect(walk).not.toHaveBeenCalled()
})
it('where the rep was is a column for who asks for it, and counts as a look (10.6, 10.11.1)', async () => {
  await using app = await startWithLead()
  await send(app, 'POST', '/v2/visits', draft({ device: device() }))
  const looks = async () => {
    await app.maintain()
    const { data } = await app.clientOf(app.tokens.rep).locationData.get()
    return data.looks.length
  }

  await get(app, '/v2/visits/export')
  expect(await looks()).toBe(0)
  const { text } = await get(app, '/v2/visits/export?columns=id,rep_latitude,rep_longitude')
  expect(text).toMatch(/,52\.5201,13\.405\r\n$/)
  expect(await looks()).toBe(1)
})

it('the SDK hands out the bytes, or each object and then the position (10.6)', async () => {
  await using app = await startSeeded()
  const { visits, leads } = app.client

  const file = await visits.export({ format: 'csv', columns: ['id'], ids: [1, 2] })
  expect(await text(file.body)).toBe('id\r\n1\r\n2\r\n')
  expect(file).toMatchObject({ type: 'text/csv; charset=utf-8' })
  expect(file.fileName).toMatch(/^visits-.*\.csv$/)
  const each = visits.exportEach({ outcome_id: [33] })
  const ids: number[] = []
  let step = await each.next()
  for (; !step.done; step = await each.next()) ids.push(step.value.id)
  expect(step.value).toEqual({ type: 'export', position: file.position, count: 7 })
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(await Array.fromAsync(leads.exportEach({ owner_id: people.stranger }))).toHaveLength(1)
  await expect(visits.export({ ids: [0] })).rejects.toThrow('400 invalid_param')
  let calls = 0
  const { walk } = app.store.visits
  vi.spyOn(app.store.visits, 'walk').mockImplementation(async (account, asked) => {
    calls += 1
    if (calls === 1_000) throw new Error('the disk is gone')
    return { ...(await walk(account, { ...asked, fromId: 0 })), nextId: 1 }
  })
  await expect(Array.fromAsync(visits.exportEach())).rejects.toThrow(/GET \/v2\/visits\/export/)
})

it('a sparse filter finds all of its visits, however far apart they are (10.6)', async () => {
  await using app = await startApp()
  const items = visitItems(21_000).map((item) => ({
    ...item,
    data: { ...item.data, id: item.data.id * 3 },
  }))
  await app.import(items.map((item) => at7000(item)))

  const idsAs = async (bearer: string) =>
    linesOf((await get(app, `/v2/visits/export?format=ndjson&${sparse}`, bearer)).text)
      .slice(0, -1)
      .map(({ data }) => data.id)
  const wanted = [21_000, 42_000, 63_000]
  expect(await idsAs(app.tokens.admin)).toEqual(wanted)
  expect(await idsAs(app.tokens.manager)).toEqual(wanted)
  expect(await idsAs(app.tokens.stranger)).toEqual([])
})

const sparse = 'visited_at[lt]=2020-01-01T00:00:00Z'

const at7000 = ({ data }: ReturnType<typeof visitItem>) =>
  visitItem({
    ...data,
    ...(data.id % 21_000 === 0 && { visited_at: '2019-05-09T07:30:16.000Z' }),
  })
