import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Cursors } from '../../src/http/request/cursors.ts'
import { people, recordItem, visitItem, visitItems } from '../support/sell-items.ts'
import { listedIds, send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { walkOn } from '../support/walk.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import([
    ...visitItems(30),
    ...[1, 2, 3, 4, 5].map((id) => {
      const { data, meta } = recordItem('lead', id, people.rep, `2026-04-0${id}T00:00:00Z`)
      return { data: { ...data, created_at: `2026-03-0${id}T00:00:00Z` }, meta }
    }),
  ])
})

afterAll(() => app.close())

const page = async (query: string, as: keyof TestApp['tokens'] = 'admin') =>
  (await sendAs(as)(app, 'GET', query)).body

const cursorOf = async (query: string): Promise<string> =>
  (await page(`${query}${query.includes('?') ? '&' : '?'}cursor=`)).meta.next_cursor

describe.each(['/v2/visits', '/v2/leads', '/v2/contacts', '/v2/users'])('%s', (path) => {
  it('takes a cursor instead of a page (4.5, 10.1)', async () => {
    const { status, body } = await send(app, 'GET', `${path}?page=1&cursor=`)

    expect(status).toBe(400)
    expect(body.errors[0].error).toMatchObject({
      code: 'invalid_param',
      details: expect.stringContaining("'cursor'"),
    })
  })

  it('answers up to 1,000 rows by a cursor, and 100 without (3.1, 10.1)', async () => {
    const statusOf = async (query: string) => (await send(app, 'GET', `${path}?${query}`)).status

    expect(await statusOf('per_page=1000&cursor=')).toBe(200)
    expect(await statusOf('per_page=1001&cursor=')).toBe(400)
    expect(await statusOf('per_page=101')).toBe(400)
    expect((await send(app, 'GET', `${path}?per_page=101`)).text).toContain('between 1 and 100')
  })

  it('counts all rows on demand (10.1)', async () => {
    const all = await walkOn(app, path, {})
    const counted = await page(`${path}?include_total=true&per_page=2`)
    const walked = await page(`${path}?include_total=true&per_page=2&cursor=`)

    expect(counted.meta.total_count).toBe(all.length)
    expect(walked.meta.total_count).toBe(all.length)
    expect((await page(path)).meta).not.toHaveProperty('total_count')
  })

  it('refuses a cursor that is none (4.5, 10.1)', async () => {
    for (const cursor of ['x', 'null', '%00', 'a'.repeat(200), 'AAAA'.repeat(30)]) {
      const { status, text } = await send(app, 'GET', `${path}?cursor=${cursor}`)
      expect([cursor, status]).toEqual([cursor, 400])
      expect(text).toContain("'cursor'")
    }
  })
})

describe('a walk', () => {
  it('names its next page in meta, in links and in the header Link (4.5)', async () => {
    const { body, headers } = await send(app, 'GET', '/v2/visits?cursor=&per_page=20&sort_by=id')
    const { next_cursor: next, links } = body.meta
    const url = `${app.url}/v2/visits?cursor=${next}&per_page=20&sort_by=id`

    expect(links).toEqual({
      self: `${app.url}/v2/visits?cursor=&per_page=20&sort_by=id`,
      next_page: url,
    })
    expect(headers.get('Link')).toBe(`<${url}>; rel="next"`)

    const last = await send(app, 'GET', url.slice(app.url.length))
    expect(last.body.items).toHaveLength(10)
    expect(last.body.meta.links).toEqual({ self: url })
    expect(last.body.meta).not.toHaveProperty('next_cursor')
    expect(last.headers.has('Link')).toBe(false)
  })

  it('has no last page (4.5)', async () => {
    await using other = await startApp()
    await other.import(visitItems(210))

    const found = await walkOn(other, '/v2/visits', { per_page: '2' })

    expect(found).toEqual(Array.from({ length: 210 }, (_, at) => at + 1))
  })

  it('of nothing ends at once (4.5, 10.1)', async () => {
    const { items, meta } = await page('/v2/contacts?cursor=')

    expect(items).toEqual([])
    expect(meta).not.toHaveProperty('next_cursor')
    expect(await walkOn(app, '/v2/visits', { creator_id: '77' })).toEqual([])
  })

  it('may take more or fewer rows, and include more, as it goes (4.5)', async () => {
    const cursor = await cursorOf('/v2/visits?per_page=7')
    const next = await page(`/v2/visits?cursor=${cursor}&per_page=3&include=creator&sort_by=id:asc`)

    expect(next.items.map(({ data }: { data: { id: number } }) => data.id)).toEqual([8, 9, 10])
  })

  it.each([
    ['another sort', '/v2/visits?sort_by=visited_at'],
    ['another direction', '/v2/visits?sort_by=id:desc'],
    ['another filter', `/v2/visits?creator_id=${people.rep}`],
    ['another bound', '/v2/visits?visited_at[gte]=2026-01-01T00:00:00Z'],
    ['another list', '/v2/users'],
  ])('does not go on with %s (4.5)', async (_name, query) => {
    const cursor = await cursorOf('/v2/visits?per_page=7')
    const { status, body } = await send(
      app,
      'GET',
      `${query}${query.includes('?') ? '&' : '?'}cursor=${cursor}`,
    )

    expect(status).toBe(400)
    expect(body.errors[0].error).toMatchObject({
      code: 'invalid_param',
      details: expect.stringContaining("'cursor'"),
    })
  })

  it('does not go on for another user, nor in another account (2.3, 4.5)', async () => {
    const cursor = await cursorOf('/v2/visits?per_page=7')

    for (const who of ['manager', 'otherAdmin'] as const) {
      const { status } = await sendAs(who)(app, 'GET', `/v2/visits?cursor=${cursor}`)
      expect([who, status]).toEqual([who, 400])
    }
    const again = await sendAs('reading')(app, 'GET', `/v2/visits?cursor=${cursor}`)
    expect(again.status).toBe(200)
  })

  it('ends with a sentence once what has changed since is no longer stored (10.1)', async () => {
    await using other = await startApp()
    await other.import(visitItems(30))
    const query = { per_page: '20', sort_by: 'visited_at' }
    const cursorNow = async () =>
      (await send(other, 'GET', `/v2/visits?${new URLSearchParams({ ...query, cursor: '' })}`)).body
        .meta.next_cursor
    const cursor = await cursorNow()
    const visited_at = '2026-05-09T00:00:00.000Z'
    await send(other, 'PUT', '/v2/visits/25', { visited_at })
    await other.maintain()
    expect(await walkOn(other, '/v2/visits', query, cursor)).toContain(25)

    await other.change(`update former_keys set changed_at = changed_at - 86400001`)
    await other.maintain()
    const old = await send(other, 'GET', `/v2/visits?sort_by=visited_at&cursor=${cursor}`)

    expect(old.status).toBe(400)
    expect(old.body.errors[0].error.code).toBe('invalid_param')
    expect(old.body.errors[0].error.details).toContain('Begin again with an empty cursor')
    expect(await walkOn(other, '/v2/visits', query, await cursorNow())).toHaveLength(10)
  })

  it('names the sort whose values are too long for a cursor (10.1)', async () => {
    await using other = await startApp()
    const lead = recordItem('lead', 1, people.rep)
    const long = { ...lead.data, first_name: '\u0001'.repeat(2_500) }
    await other.import([{ ...lead, data: long }, recordItem('lead', 2, people.rep)])
    const query = '/v2/leads?cursor=&per_page=1&sort_by='

    const { status, text } = await send(other, 'GET', `${query}first_name:desc`)

    expect(status).toBe(400)
    expect(text).toContain("'sort_by'")
    expect((await send(other, 'GET', `${query}id`)).status).toBe(200)
  })

  it('does not go on over a restored backup (10.1)', async () => {
    const cursor = await cursorOf('/v2/leads?per_page=2')
    await app.store.events.raiseGeneration(app.account, 'stream_reset')

    const { status, text } = await send(app, 'GET', `/v2/leads?cursor=${cursor}`)

    expect(status).toBe(400)
    expect(text).toContain('Begin again')
  })
})

describe('leads, contacts and users', () => {
  it.each([
    ['created_at[gte]=2026-03-02T00:00:00Z&created_at[lt]=2026-03-04T00:00:00Z', [2, 3]],
    ['created_at[gt]=2026-03-02T01:00:00%2B01:00', [3, 4, 5]],
    ['updated_at[lte]=2026-04-02T00:00:00Z', [1, 2]],
    ['updated_at[gte]=2026-04-02T00:00:00Z&created_at[lt]=2026-03-03T00:00:00Z', [2]],
  ])('are found by times: %s (10.1)', async (query, expected) => {
    for (const sort of ['id', 'created_at', 'updated_at', 'last_name']) {
      const listed = `/v2/leads?${query}&sort_by=${sort}`
      const walked = await walkOn(app, '/v2/leads', {
        ...Object.fromEntries(new URLSearchParams(`${query}&sort_by=${sort}`)),
        per_page: '1',
      })
      expect([sort, (await listedIds(app, listed)).toSorted()]).toEqual([sort, expected])
      expect([sort, walked.toSorted()]).toEqual([sort, expected])
    }
  })

  it('are not found by what is no time (1.8, 10.1)', async () => {
    for (const path of ['/v2/leads', '/v2/contacts', '/v2/users']) {
      const { status, text } = await send(app, 'GET', `${path}?updated_at[gte]=yesterday`)
      expect(status).toBe(400)
      expect(text).toContain("'updated_at[gte]'")
    }
  })

  it('users are found by times (10.1)', async () => {
    const all = await walkOn(app, '/v2/users', {})
    const later = await walkOn(app, '/v2/users', { 'created_at[gt]': '2100-01-01T00:00:00Z' })
    const earlier = await walkOn(app, '/v2/users', { 'created_at[lt]': '2100-01-01T00:00:00Z' })

    expect(later).toEqual([])
    expect(earlier).toEqual(all)
  })
})

describe('a cursor', () => {
  const place = [0, 7, 'Ödön\u0000🚪', 9_007_199_254_740_991]

  it('reveals nothing and cannot be changed (4.5)', () => {
    const cursors = new Cursors('secret')
    const cursor = cursors.seal('list', place)

    expect(cursors.open('list', cursor)).toEqual(place)
    expect(cursors.open('another', cursor)).toBeUndefined()
    expect(new Cursors('other').open('list', cursor)).toBeUndefined()
    for (const at of [0, 13, 30, cursor.length - 2]) {
      const changed = cursor[at] === 'A' ? 'B' : 'A'
      const forged = `${cursor.slice(0, at)}${changed}${cursor.slice(at + 1)}`
      expect(cursors.open('list', forged)).toBeUndefined()
    }
    expect(Buffer.from(cursor, 'base64url').includes('🚪')).toBe(false)
  })
})

it('a visit that is logged during a walk by id comes at its end (4.5)', async () => {
  await using other = await startApp()
  await other.import(visitItems(3))
  const { body } = await send(other, 'GET', '/v2/visits?cursor=&per_page=2')
  await other.import([visitItem({ id: 50 })])

  expect(await walkOn(other, '/v2/visits', {}, body.meta.next_cursor)).toEqual([3, 50])
})
