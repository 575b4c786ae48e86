import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'

import type { Errors } from '@doorstep/contract/errors'
import type { VisitCollection } from '@doorstep/contract/visits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people, visitItem, visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import(visitItems(120))
})

afterAll(() => app.close())

const list = async (query: string): Promise<VisitCollection> => {
  const response = await app.fetch(`/v2/visits${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as VisitCollection
}

const idsOf = ({ items }: VisitCollection) => items.map(({ data }) => data.id)

/** The details of each error of a 400 for this query. */
async function refusalsOf(query: string): Promise<string[]> {
  const response = await app.fetch(`/v2/visits?${query}`)
  expect(response.status).toBe(400)
  const { errors } = (await response.json()) as Errors
  expect(new Set(errors.map(({ error }) => error.code))).toEqual(new Set(['invalid_param']))
  return errors.map(({ error }) => error.details)
}

describe('pages', () => {
  it('are of 25 and begin at the first without being asked (3.1)', async () => {
    const page = await list('')

    expect(idsOf(page)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(page.meta.count).toBe(25)
  })

  it('may be of 1 to 100 (3.1)', async () => {
    expect(idsOf(await list('?per_page=1'))).toEqual([1])
    expect(idsOf(await list('?per_page=100'))).toHaveLength(100)
  })

  it('are together the whole list, once each (3.4)', async () => {
    const numbers = Array.from({ length: 18 }, (_, at) => at + 1)
    const pages = numbers.map((page) => app.client.visits.list({ page, per_page: 7 }))

    expect((await Promise.all(pages)).flatMap(idsOf)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    )
  })

  it.each([
    ['id', 'id:desc'],
    ['visited_at', 'visited_at:desc'],
  ] as const)('show at once what is added before them, by %s and %s (3.4)', async (...sorts) => {
    await using other = await startApp()
    const late = visitItems(30).map(({ data }) => visitItem({ ...data, id: data.id + 100 }))
    await other.import(late)
    const read = async (sort_by: (typeof sorts)[number]) => {
      for (let page = 1; page <= 5; page++) {
        await other.client.visits.list({ sort_by, page, per_page: 7 })
      }
    }
    for (const sort of [...sorts, ...sorts]) await read(sort)

    const visited_at = '2026-01-01T00:00:00.000Z'
    await other.import([1, 2, 3].map((id) => visitItem({ id, visited_at })))
    const page = { page: 3, per_page: 7 }
    const ascending = await other.client.visits.list({ sort_by: sorts[0], ...page })
    const descending = await other.client.visits.list({ sort_by: sorts[1], ...page })

    expect(idsOf(ascending)).toEqual([112, 113, 114, 115, 116, 117, 118])
    expect(idsOf(descending)).toEqual([116, 115, 114, 113, 112, 111, 110])
  })

  it('past the end are empty (3.2)', async () => {
    const page = await list('?page=3&per_page=100')

    expect(page).toEqual({
      items: [],
      meta: {
        type: 'collection',
        count: 0,
        links: {
          self: `${app.url}/v2/visits?page=3&per_page=100`,
          first_page: `${app.url}/v2/visits?page=1&per_page=100`,
          prev_page: `${app.url}/v2/visits?page=2&per_page=100`,
        },
      },
    })
  })
})

describe('links', () => {
  it('of the first page are self and next_page only (3.3)', async () => {
    expect((await list('?per_page=60')).meta.links).toEqual({
      self: `${app.url}/v2/visits?page=1&per_page=60`,
      next_page: `${app.url}/v2/visits?page=2&per_page=60`,
    })
  })

  it('of a page between are all four (3.3)', async () => {
    expect((await list('?page=2&per_page=50')).meta.links).toEqual({
      self: `${app.url}/v2/visits?page=2&per_page=50`,
      first_page: `${app.url}/v2/visits?page=1&per_page=50`,
      prev_page: `${app.url}/v2/visits?page=1&per_page=50`,
      next_page: `${app.url}/v2/visits?page=3&per_page=50`,
    })
  })

  it('name no next_page after a last page that is exactly full (3.3)', async () => {
    expect((await list('?page=2&per_page=60')).meta.links).not.toHaveProperty('next_page')
  })

  it('never name page 101, which may not be asked for (3.1, 3.3)', async () => {
    expect((await list('?page=99&per_page=1')).meta.links).toHaveProperty('next_page')
    expect((await list('?page=100&per_page=1')).meta.links).not.toHaveProperty('next_page')
  })

  it('keep page first, then per_page, then the filters, whatever the order asked (3.3)', async () => {
    const filters = 'ids=1,2,3&sort_by=visited_at:desc'

    expect((await list(`?${filters}&per_page=2&page=1`)).meta.links.next_page).toBe(
      `${app.url}/v2/visits?page=2&per_page=2&${filters}`,
    )
  })

  it('lead to the page that they name, with the same filters (3.3)', async () => {
    const first = await list('?sort_by=id:desc&ids[]=7&ids[]=9&ids[]=8&per_page=2')
    const next = await fetch(String(first.meta.links.next_page), {
      headers: { Authorization: `Bearer ${app.tokens.admin}` },
    })

    expect(idsOf(first)).toEqual([9, 8])
    expect(idsOf((await next.json()) as VisitCollection)).toEqual([7])
  })

  it('name the host that the client used (3.3)', async () => {
    const sent = request(`${app.url}/v2/visits?per_page=1`, {
      headers: { Authorization: `Bearer ${app.tokens.admin}`, Host: 'sell.example:8443' },
    }).end()
    const [response] = await once(sent, 'response')

    const page = JSON.parse(await text(response)) as VisitCollection

    expect(page.meta.links.self).toBe('http://sell.example:8443/v2/visits?page=1&per_page=1')
  })
})

describe('ids', () => {
  it.each([
    'ids=1,2',
    'ids=[1, 2]',
    'ids=%5B1,%202%5D',
    'ids[]=1&ids[]=2',
    'ids[0]=1&ids[1]=2',
    'ids%5B0%5D=1&ids%5B1%5D=2',
    'ids=1&ids=2',
  ])('are read as %s (3.6)', async (query) => {
    expect(idsOf(await list(`?${query}`))).toEqual([1, 2])
  })

  it('may be 100, and no more (3.6)', async () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1)

    expect(idsOf(await list(`?per_page=100&ids=${hundred}`))).toEqual(hundred)
    expect(await refusalsOf(`ids=${hundred},101`)).toEqual([expect.stringContaining(`'ids'`)])
  })

  it('that do not exist are left out, as are those given twice (3.6)', async () => {
    expect(idsOf(await list('?ids=5,999999,5'))).toEqual([5])
  })
})

describe('sort_by', () => {
  const visitedAt = '2026-05-10T10:00:00.000Z'
  const tied = [140, 130, 150, 135].map((id) => visitItem({ id, visited_at: visitedAt }))

  it('breaks ties by id in the same direction, on every page (3.4)', async () => {
    await using other = await startApp()
    await other.import([visitItem({ id: 145, visited_at: '2026-05-10T09:00:00.000Z' }), ...tied])
    const walk = async (sort_by: 'visited_at:asc' | 'visited_at:desc') => {
      const pages = [1, 2, 3].map((page) =>
        other.client.visits.list({ sort_by, page, per_page: 2 }),
      )
      return (await Promise.all(pages)).flatMap(idsOf)
    }

    expect(await walk('visited_at:asc')).toEqual([145, 130, 135, 140, 150])
    expect(await walk('visited_at:desc')).toEqual([150, 140, 135, 130, 145])
  })

  it.each([
    ['', [1, 2, 3]],
    ['sort_by=id', [1, 2, 3]],
    ['sort_by=id:desc', [120, 119, 118]],
    ['sort_by=visited_at', [1, 2, 3]],
    ['sort_by=visited_at:desc', [120, 119, 118]],
  ])('%s begins with %j (4.2)', async (query, expected) => {
    expect(idsOf(await list(`?per_page=3&${query}`))).toEqual(expected)
  })
})

describe('filters', () => {
  let filtered: TestApp

  beforeAll(async () => {
    filtered = await startApp()
    await filtered.import([
      visitItem({ id: 1, outcome_id: 33 }),
      visitItem({ id: 2, resource_type: 'contact', resource_id: 899 }),
      visitItem({ id: 3, resource_id: 900, creator_id: people.trainee }),
      visitItem({ id: 4, rep_location_verification_status: 'location_unknown' }),
    ])
  })

  afterAll(() => filtered.close())

  it.each([
    ['outcome_id=33', [1]],
    [`creator_id=${people.trainee}`, [3]],
    ['resource_type=lead', [1, 3, 4]],
    ['resource_type=contact', [2]],
    ['resource_type=lead&resource_id=899', [1, 4]],
    ['rep_location_verification_status=location_unknown', [4]],
    [`resource_type=lead&creator_id=${people.rep}&ids=1,2,3`, [1]],
    ['outcome_id=99', []],
  ])('%s leaves %j (4.3)', async (query, expected) => {
    const response = await filtered.fetch(`/v2/visits?${query}`)

    expect(idsOf((await response.json()) as VisitCollection)).toEqual(expected)
  })
})

describe('a bad parameter', () => {
  it.each([
    ['page', '0', '1 and 100'],
    ['page', '101', '1 and 100'],
    ['page', '-1', '1 and 100'],
    ['page', '1.5', '1 and 100'],
    ['page', '', '1 and 100'],
    ['per_page', '0', '1 and 100'],
    ['per_page', '101', '1 and 100'],
    ['per_page', 'all', '1 and 100'],
    ['sort_by', 'summary', 'id, id:asc, id:desc, visited_at, visited_at:asc, visited_at:desc'],
    ['sort_by', 'id:down', 'id, id:asc, id:desc'],
    ['outcome_id', 'x', 'positive integer'],
    ['outcome_id', '0', 'positive integer'],
    ['creator_id', '9007199254740992', 'positive integer'],
    ['creator_id', '1e3', 'positive integer'],
    ['resource_type', 'prospect_and_customer', 'lead, contact'],
    ['rep_location_verification_status', 'Verified', 'verified, resource_location_too_far'],
    ['ids', '1,x', 'positive integer'],
    ['ids', '', 'positive integer'],
  ])('%s=%s is named with what is accepted and what was given (3.5)', async (name, value, why) => {
    const details = await refusalsOf(`${name}=${encodeURIComponent(value)}`)

    expect(details).toEqual([expect.stringContaining(`'${name}'`)])
    expect(details[0]).toContain(why)
    expect(details[0]).toContain(`given: ${value}`)
  })

  it.each(['unknown', 'toString', '__proto__', 'page[]', 'ids[x]'])(
    'is unknown: %s (3.5)',
    async (name) => {
      const [details, ...others] = await refusalsOf(`${name}=param`)

      expect(others).toEqual([])
      expect(details).toContain(`'${name}'`)
      expect(details).toContain('page, per_page, sort_by')
    },
  )

  it('is reported with its value even when it is unknown (3.5)', async () => {
    expect(await refusalsOf('unknown=param')).toEqual([expect.stringContaining('given: param')])
  })

  it('is one error of several, in the order in which they were given (3.5)', async () => {
    const details = await refusalsOf('page=0&bogus=1&sort_by=x&per_page=500')

    expect(details.map((text) => /'(\w+)'/.exec(text)?.[1])).toEqual([
      'page',
      'bogus',
      'sort_by',
      'per_page',
    ])
  })

  it.each(['page=1&page=2', 'creator_id=1&creator_id=1', 'sort_by=id&sort_by=id'])(
    'is one that is given twice: %s (3.5)',
    async (query) => {
      expect(await refusalsOf(query)).toEqual([expect.stringContaining('only once')])
    },
  )

  it('is resource_id without resource_type (4.3)', async () => {
    const [details] = await refusalsOf('resource_id=899')

    expect(details).toContain(`'resource_id'`)
    expect(details).toContain('resource_type')
  })

  it('is reported together with resource_id that lacks its resource_type (3.5, 4.3)', async () => {
    expect(await refusalsOf('resource_id=899&page=0')).toHaveLength(2)
  })

  it('is refused whatever its encoding (3.5)', async () => {
    expect(await refusalsOf('page=%zz')).toHaveLength(1)
    expect(await refusalsOf('%F0%9F%9A%AA=%00')).toHaveLength(1)
  })
})
