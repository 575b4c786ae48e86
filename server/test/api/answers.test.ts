import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import { operations } from '@doorstep/contract/api'
import type { VisitCollection } from '@doorstep/contract/visits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { addReadObjects, readablePath, readPaths } from '../support/read-paths.ts'
import { people, visitItem } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp({ requestsPerHour: 10_000_000 })
  await addReadObjects(app)
})

afterAll(() => app.close())

/** A request of exactly these lines, and the answer as it came over the wire. */
async function send(...lines: string[]) {
  const { hostname, port, host } = new URL(app.url)
  const head = [...lines, `Host: ${host}`, 'Connection: close', '', '']
  const socket = connect(Number(port), hostname).end(head.join('\r\n'))
  const [answerHead = '', body = ''] = (await text(socket)).split(/\r\n\r\n(.*)/s)
  const [statusLine = '', ...headerLines] = answerHead.split('\r\n')
  const headers = new Map(headerLines.map((line) => line.split(/: (.*)/s) as [string, string]))
  return { status: Number(statusLine.split(' ')[1]), headers, body }
}

const token = () => `Authorization: Bearer ${app.tokens.admin}`

const operationPaths = [...new Set(operations.map(({ path }) => path))].map(readablePath)

/** What `Allow` has to name on a path. */
const allowedOn = (path: string) => {
  const methods = operations
    .filter((each) => readablePath(each.path) === path)
    .map(({ method }) => method)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])]
}

/** A page that never changes: the first five events from the start. */
const fullPage = `/v3/visits/stream?limit=5&position=${btoa('firehose.visit.by_account,0,0')}`
const fullPageETag = async () => String((await app.fetch(fullPage)).headers.get('ETag'))

/** One request for each kind of answer. */
const requests: readonly (readonly [number, () => Promise<string[]>])[] = [
  [200, async () => ['GET /v2/visits HTTP/1.1', token()]],
  [
    304,
    async () => [`GET ${fullPage} HTTP/1.1`, token(), `If-None-Match: ${await fullPageETag()}`],
  ],
  [400, async () => ['GET /v2/visits?page=0 HTTP/1.1', token()]],
  [401, async () => ['GET /v2/visits HTTP/1.1']],
  [404, async () => ['GET /v2/nothing HTTP/1.1', token()]],
  [405, async () => ['DELETE /v2/visits HTTP/1.1', token()]],
  [406, async () => ['GET /v2/visits HTTP/1.1', token(), 'Accept: text/csv']],
]

describe('every answer', () => {
  it.each(requests)(
    '%i has header names in canonical case on the wire (1.1)',
    async (status, of) => {
      const answer = await send(...(await of()))

      expect(answer.status).toBe(status)
      for (const name of answer.headers.keys()) {
        expect(name).toMatch(/^(?:[A-Z][a-z]*|ETag|RateLimit|WWW)(?:-[A-Z][a-z]*)*$/)
      }
      expect([...answer.headers.keys()]).toContain('X-Request-Id')
      expect(answer.headers.get('Content-Language')).toBe('en')
    },
  )

  it.each(requests.filter(([status]) => status !== 304))(
    '%i is JSON in UTF-8 (1.1)',
    async (_, of) => {
      const answer = await send(...(await of()))

      expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
      expect(JSON.parse(answer.body)).toBeTypeOf('object')
    },
  )

  it('304 has neither a body nor a Content-Type (1.5)', async () => {
    const answer = await send(
      `GET ${fullPage} HTTP/1.1`,
      token(),
      `If-None-Match: ${await fullPageETag()}`,
    )

    expect(answer).toMatchObject({ status: 304, body: '' })
    expect(answer.headers.get('ETag')).toBe(await fullPageETag())
    expect([...answer.headers.keys()]).not.toContain('Content-Type')
  })

  it('keeps what is not ASCII (1.1)', async () => {
    const summary = 'Grüße aus Łódź, 訪問 🚪 "\\\u2028'
    await app.import([visitItem({ id: 501, summary })])

    expect((await app.client.visits.list({ ids: [501] })).items[0]?.data.summary).toBe(summary)
  })
})

describe('X-Request-Id', () => {
  const idFor = async (given: string) => {
    const { headers } = await send('GET /v2/visits HTTP/1.1', token(), `X-Request-Id: ${given}`)
    return headers.get('X-Request-Id')
  }

  it.each(['a1b2c3d4', 'A-Z-0-9-', 'x'.repeat(64)])('%s is kept (1.2)', async (given) => {
    expect(await idFor(given)).toBe(given)
  })

  it.each(['1234567', 'x'.repeat(65), 'with space', 'under_score', 'dots.and.dots', ''])(
    '%j is replaced by a UUID (1.2)',
    async (given) => {
      expect(await idFor(given)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$/)
    },
  )

  it('is another one for each request (1.2)', async () => {
    expect(await idFor('')).not.toBe(await idFor(''))
  })
})

describe('envelopes', () => {
  it('of one object are data and its type (1.3)', async () => {
    expect(await app.client.users.get(people.rep)).toEqual({
      data: expect.objectContaining({ id: people.rep }),
      meta: { type: 'user' },
    })
  })

  it('of a collection count the items of the page (1.3)', async () => {
    const page = await app.client.visits.list({ per_page: 5, page: 3, creator_id: people.rep })

    expect(page.meta).toMatchObject({ type: 'collection', count: page.items.length })
    expect(new Set(page.items.map(({ meta }) => meta.type))).toEqual(new Set(['visit']))
  })
})

describe('methods', () => {
  it.each(readPaths)('HEAD %s answers what GET does, without a body (1.6)', async (path) => {
    const head = await send(`HEAD ${path} HTTP/1.1`, token())
    const get = await send(`GET ${path} HTTP/1.1`, token())

    expect(head).toMatchObject({ status: 200, body: '' })
    for (const name of ['Content-Type', 'Content-Length', 'Content-Language']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    }
  })

  it('HEAD answers errors without a body too (1.6)', async () => {
    expect(await send('HEAD /v2/users/999 HTTP/1.1', token())).toMatchObject({
      status: 404,
      body: '',
    })
  })

  it.each(operationPaths)('405 with Allow answers any other method on %s (1.6)', async (path) => {
    const allowed: readonly string[] = allowedOn(path)
    const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
    for (const method of methods.filter((each) => !allowed.includes(each))) {
      const { status, headers } = await send(`${method} ${path} HTTP/1.1`, token())
      expect([method, status, headers.get('Allow')]).toEqual([method, 405, allowed.join(', ')])
    }
  })

  it.each([
    ['broken JSON', '{"data":', 'application/json'],
    ['XML', '<visit/>', 'text/xml'],
    ['an empty body that says it is JSON', '', 'application/json'],
  ])('405 answers a wrong method whatever its body: %s (1.6)', async (_, body, type) => {
    const headers = { 'Content-Type': type }

    const response = await app.fetch('/v2/accounts/self', { method: 'POST', headers, body })

    expect(response.status).toBe(405)
  })

  it.each(['/v2/visits/', '/v2/users/self/', '/v3/visits/stream/?position=tail'])(
    '405 never answers GET where GET is allowed: %s (1.6)',
    async (path) => {
      expect([200, 404]).toContain((await app.fetch(path)).status)
    },
  )
})

describe('Accept', () => {
  it.each([
    '*/*',
    'application/*',
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'text/html, */*;q=0.1',
    'application/xml;q=0.9, application/json;q=0.1',
    '',
  ])('%j is fine (1.9)', async (accept) => {
    const { status } = await send('GET /v2/visits HTTP/1.1', token(), `Accept: ${accept}`)

    expect(status).toBe(200)
  })

  it.each(['text/html', 'application/xml', 'image/*', 'application/json;q=0'])(
    '%j excludes JSON and is a 406 (1.9)',
    async (accept) => {
      const { status, body } = await send('GET /v2/visits HTTP/1.1', token(), `Accept: ${accept}`)

      expect(status).toBe(406)
      expect(body).toContain('"code":"not_acceptable"')
    },
  )

  it('may be missing, and so may User-Agent (1.9)', async () => {
    expect((await send('GET /v2/visits HTTP/1.1', token())).status).toBe(200)
  })

  it('comes with unknown headers (9.3)', async () => {
    const { status } = await send(
      'GET /v2/visits HTTP/1.1',
      token(),
      'X-Client-Type: api',
      'X-Clientapp-Version: 1.2',
      'Content-Type: application/json',
    )

    expect(status).toBe(200)
  })
})

describe('a request line', () => {
  it('may name the whole URL (1.1)', async () => {
    const { status } = await send(`GET ${app.url}/v2/visits HTTP/1.1`, token())

    expect(status).toBe(200)
  })
})

describe('times', () => {
  const millis = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
  const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

  it('of v2 visits and outcomes have milliseconds (1.7)', async () => {
    const [visit] = (await app.client.visits.list()).items
    const [outcome] = (await app.client.outcomes.list()).items

    for (const name of ['visited_at', 'created_at', 'updated_at'] as const) {
      expect(visit?.data[name]).toMatch(millis)
    }
    expect(outcome?.data.created_at).toMatch(millis)
    expect(outcome?.data.updated_at).toMatch(millis)
  })

  it('of everything else are whole seconds (1.7)', async () => {
    const [event] = (await app.client.stream.read({ position: 'tail' })).items
    const user = await app.client.users.self()
    const account = await app.client.account.self()

    expect(event?.data.visited_at).toMatch(seconds)
    expect(event?.data.created_at).toMatch(seconds)
    expect(event?.meta.event_time).toMatch(seconds)
    for (const { data } of [user, account]) {
      expect(data.created_at).toMatch(seconds)
      expect(data.updated_at).toMatch(seconds)
    }
  })

  it.each([
    ['2026-05-09T09:30:16+02:00', '2026-05-09T07:30:16.000Z'],
    ['2026-05-09T09:30:16+0200', '2026-05-09T07:30:16.000Z'],
    ['2026-05-09T07:30:16+0000', '2026-05-09T07:30:16.000Z'],
    ['2026-05-09T00:00:16.25-07:30', '2026-05-09T07:30:16.250Z'],
  ])('that come as %s are answered as %s (1.8)', async (visited_at, answered) => {
    await using other = await startApp()
    await other.import([visitItem({ id: 1, visited_at })])

    expect((await other.client.visits.list()).items[0]?.data.visited_at).toBe(answered)
  })
})

describe('ids', () => {
  /** Of what an import may bring. */
  const highest = 1_999_999_999

  it('are kept up to 2^53 - 1 (1.10)', async () => {
    const named = Number.MAX_SAFE_INTEGER
    await app.import([visitItem({ id: highest, resource_id: named, creator_id: named })])
    const of = { resource_id: named, creator_id: named, ids: [highest] }

    const { items } = await app.client.visits.list({ ...of, resource_type: 'lead' })

    expect(items.map(({ data }) => [data.id, data.resource_id])).toEqual([[highest, named]])
  })

  it('are printed as whole numbers (1.10)', async () => {
    const response = await app.fetch(`/v2/visits?ids=${highest}`)
    const { items } = (await response.clone().json()) as VisitCollection

    expect(items).toHaveLength(1)
    expect(await response.text()).toContain('"resource_id":9007199254740991,')
  })
})
