import { createClient } from '@doorstep/client/client'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'

import { addReadObjects, readPaths } from '../support/read-paths.ts'
import { runs } from '../support/runs.ts'
import { people } from '../support/sell-items.ts'
import { send, sendAs } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

async function startSeeded(): Promise<TestApp> {
  const app = await startApp()
  await addReadObjects(app, 3)
  return app
}

const paths = readPaths.filter(
  (path) => path.startsWith('/v2/') && !/\/(export|changes)(\?|$)/.test(path),
)
const secret = /^\/v2\/(session|setup|invitations|tokens|oauth_clients)/
/** What is counted or found among many rows has the tag of the account's revision, as lists have. */
const counted = /^\/v2\/(map|visit_reports|review_counts|unplaced_counts)/

it.each(paths.filter((path) => !secret.test(path)))(
  'GET %s has an ETag, and is 304 to who has it (10.1.1)',
  async (path) => {
    await using app = await startSeeded()

    const known = await send(app, 'GET', path)
    const etag = String(known.headers.get('ETag'))
    const again = await send(app, 'GET', path, undefined, { headers: { 'If-None-Match': etag } })
    const head = await send(app, 'HEAD', path)

    expect(known.status).toBe(200)
    const mayBeWeak = 'items' in known.body || counted.test(path)
    expect(etag).toMatch(mayBeWeak ? /^(W\/)?"[\w-]{22}(\.gzip)?"$/ : /^"[\w-]{22}"$/)
    expect(known.headers.get('Cache-Control')).toBe('private, no-cache')
    expect(head.headers.get('ETag')).toBe(etag)
    expect([again.status, again.text]).toEqual([304, ''])
    for (const name of ['ETag', 'Vary', 'Cache-Control', 'Content-Language']) {
      expect([name, again.headers.get(name)]).toEqual([name, known.headers.get(name)])
    }
  },
)

it.each(paths.filter((path) => secret.test(path)))('GET %s has no ETag (10.1.1)', async (path) => {
  await using app = await startSeeded()

  const { status, headers } = await send(app, 'GET', path)

  expect([status, headers.get('ETag')]).toEqual([200, null])
  expect(headers.get('Cache-Control')).toBe('no-store')
})

it('a list that nobody changed costs no read of its rows (10.1.1)', async () => {
  await using app = await startSeeded()
  for (const [path, reads] of [
    ['/v2/visits', app.store.visits],
    ['/v2/leads', app.store.leads],
    ['/v2/users', app.store.users],
  ] as const) {
    const { headers } = await send(app, 'GET', path)
    const list = vi.spyOn(reads, 'list')

    const again = await send(app, 'GET', path, undefined, {
      headers: { 'If-None-Match': String(headers.get('ETag')) },
    })

    expect([again.status, list.mock.calls.length]).toEqual([304, 0])
  }
})

it('the tag of a list is another’s for other viewers, queries, hosts and accounts (10.1.1)', async () => {
  await using app = await startSeeded()
  const tag = async (who: keyof TestApp['tokens'], path: string) =>
    (await sendAs(who)(app, 'GET', path)).headers.get('ETag')
  const local = await fetch(`${app.url.replace('127.0.0.1', 'localhost')}/v2/visits`, {
    headers: { Authorization: `Bearer ${app.tokens.admin}` },
  })

  const tags = [
    await tag('admin', '/v2/visits'),
    await tag('admin', '/v2/visits?per_page=2'),
    await tag('admin', '/v2/visits?include=verification'),
    await tag('rep', '/v2/visits'),
    await tag('otherAdmin', '/v2/visits'),
    local.headers.get('ETag'),
  ]

  expect(new Set(tags).size).toBe(tags.length)
  expect(await tag('reading', '/v2/visits')).toBe(tags[0])
})

it('the tag of a search is another’s where its scopes find less (10.1.1, 10.2)', async () => {
  await using app = await startSeeded()
  const search = (token: string, headers = {}) =>
    send(app, 'GET', '/v2/search?q=a', undefined, { token, headers })
  const whole = await search(app.tokens.admin)
  const tag = { 'If-None-Match': String(whole.headers.get('ETag')) }

  const less = await search(app.tokens.reading, tag)

  expect(less.status).toBe(200)
  expect(less.body.items.length).toBeLessThan(whole.body.items.length)
})

it('another store has other tags, whatever its revision is (10.1.1)', async () => {
  await using app = await startSeeded()
  await using other = await startSeeded()
  const host = { Host: 'same.example' }

  const tags = await Promise.all(
    [app, other].map(async (each) =>
      (await send(each, 'GET', '/v2/leads', undefined, { headers: host })).headers.get('ETag'),
    ),
  )

  expect(tags[0]).not.toBe(tags[1])
})

it('If-None-Match takes several tags, weak ones and * (10.1.1)', async () => {
  await using app = await startSeeded()
  const statusOf = async (path: string, given: string) =>
    (await send(app, 'GET', path, undefined, { headers: { 'If-None-Match': given } })).status

  for (const path of ['/v2/visits', '/v2/visits/1', '/v2/leads']) {
    const etag = String((await send(app, 'GET', path)).headers.get('ETag'))
    const opaque = etag.replace('W/', '')
    expect([path, await statusOf(path, `"other", ${etag}`)]).toEqual([path, 304])
    expect([path, await statusOf(path, `W/${opaque}`)]).toEqual([path, 304])
    expect([path, await statusOf(path, opaque)]).toEqual([path, 304])
    expect([path, await statusOf(path, '*')]).toEqual([path, 304])
    expect([path, await statusOf(path, '"other", x, ,')]).toEqual([path, 200])
  }
  expect(await statusOf('/v2/visits/99', '*')).toBe(404)
  expect(await statusOf('/v2/visits?page=0', '*')).toBe(400)
})

it('a 304 does not hide what is refused: rights, parameters, positions (5.9, 10.1)', async () => {
  await using app = await startSeeded()
  const { headers } = await send(app, 'GET', '/v2/visits')
  const known = { 'If-None-Match': String(headers.get('ETag')) }
  const ahead = btoa('firehose.visit.by_account,0,999')

  const refused = await send(app, 'GET', `/v2/visits?min_position=${ahead}`, undefined, {
    headers: known,
  })
  const anonymous = await send(app, 'GET', '/v2/visits', undefined, { token: '', headers: known })

  expect([refused.status, anonymous.status]).toEqual([400, 401])
  expect(refused.headers.get('ETag')).toBeNull()
})

it('a 304 does not count against the rate limit (5.7, 10.1)', async () => {
  await using app = await startApp({ requestsPerHour: 600, clock: () => 1_770_000_000_000 })
  const { headers } = await send(app, 'GET', '/v2/visits')
  const known = { headers: { 'If-None-Match': String(headers.get('ETag')) } }

  const answers = []
  for (let turn = 0; turn < 20; turn++) {
    answers.push((await send(app, 'GET', '/v2/visits', undefined, known)).status)
  }

  expect(new Set(answers)).toEqual(new Set([304]))
})

it('whoever gets 304 has what a new request would answer, whatever was written (10.1.1)', async () => {
  await using app = await startSeeded()
  const reads = fc.constantFrom(
    '/v2/visits',
    '/v2/visits?sort_by=visited_at:desc&include=verification',
    '/v2/visits/1',
    '/v2/leads',
    '/v2/leads/1?include=location',
    '/v2/contacts',
    '/v2/users',
    '/v2/users/502',
    '/v2/accounts/self',
    '/v2/visit_outcomes?include=style',
    '/v2/pin_changes',
    '/v2/unplaced',
  )
  const write = fc.constantFrom<readonly [string, string, object]>(
    ['PUT', '/v2/visits/1', { summary: 'one' }],
    ['PUT', '/v2/visits/1', { summary: 'two' }],
    ['POST', '/v2/visits', { resource_type: 'lead', resource_id: 1 }],
    ['PUT', '/v2/leads/1', { owner_id: people.rep, latitude: 1, longitude: 1 }],
    ['PUT', '/v2/leads/1', { owner_id: people.stranger, verification_radius_m: 60 }],
    ['PUT', `/v2/users/${people.rep}`, { reports_to: null }],
    ['PUT', `/v2/users/${people.rep}`, { reports_to: people.manager }],
    ['PUT', '/v2/visit_outcomes/1', { color: '#00ff00' }],
    ['PUT', '/v2/visit_outcomes/1', { name: 'Renamed' }],
    [
      'POST',
      '/v2/pin_changes',
      { resource_type: 'lead', resource_id: 1, latitude: 2, longitude: 2 },
    ],
    ['POST', '/v2/contacts', { last_name: 'New' }],
  )
  const viewer = fc.constantFrom<keyof TestApp['tokens']>('admin', 'manager', 'rep', 'stranger')
  const step = fc.oneof(fc.record({ write }), fc.record({ path: reads, viewer }))
  const known = new Map<string, { etag: string; text: string }>()
  const seen = new Set<number>()

  async function readAgain(who: keyof TestApp['tokens'], path: string): Promise<boolean> {
    const name = `${who} ${path}`
    const last = known.get(name)
    const headers = { ...(last && { 'If-None-Match': last.etag }) }
    const answer = await sendAs(who)(app, 'GET', path, undefined, { headers })
    const fresh = await sendAs(who)(app, 'GET', path)
    if (fresh.status === 404) return answer.status === 404
    seen.add(answer.status)
    known.set(name, { etag: String(fresh.headers.get('ETag')), text: fresh.text })
    return (answer.status === 304 ? last?.text : answer.text) === fresh.text
  }
  const isWritten = async ([method, path, data]: readonly [string, string, object]) =>
    (await send(app, method, path, data)).status === 200

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      for (const each of steps) {
        const isRight = 'write' in each ? isWritten(each.write) : readAgain(each.viewer, each.path)
        expect(await isRight).toBe(true)
      }
    }),
    { numRuns: runs({ test: 8, rest: 25 }) },
  )
  expect(seen).toContain(200)
  expect(seen).toContain(304)
})

it('the SDK returns the same answer again until something was written (10.1.1)', async () => {
  await using app = await startSeeded()
  const token = app.tokens.admin
  const { visits } = createClient({ url: app.url, token, cachedAnswersMax: 10 })

  const [list, one] = [await visits.list(), await visits.get(1)]
  expect([await visits.list(), await visits.get(1)]).toEqual([list, one])
  expect((await visits.list()) === list && (await visits.get(1)) === one).toBe(true)
  await app.client.visits.update(2, { summary: 'Changed' })

  expect((await visits.list()).items[1]?.data.summary).toBe('Changed')
  expect(await visits.get(1)).toBe(one)
})
