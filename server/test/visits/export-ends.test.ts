import { once } from 'node:events'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

import { expect, it, vi } from 'vitest'

import type { VisitWalkPart } from '../../src/domain/visits.ts'
import { get, startSeeded } from '../support/exports.ts'
import { people } from '../support/sell-items.ts'
import type { TestApp } from '../support/start.ts'
import { until } from '../support/until.ts'

/** A walk that goes on for ever, as if there were very many visits. */
function walkForever(app: TestApp) {
  const { walk } = app.store.visits
  return vi.spyOn(app.store.visits, 'walk').mockImplementation(async (account, asked) => ({
    ...(await walk(account, { ...asked, fromId: 0 })),
    nextId: 1,
  }))
}

async function begin(app: TestApp, query = '?format=ndjson', headers = {}) {
  const sent = request(`${app.url}/v2/visits/export${query}`, {
    headers: { Authorization: `Bearer ${app.tokens.admin}`, ...headers },
  })
  sent.on('error', () => {})
  sent.end()
  const [response] = await once(sent, 'response')
  return { sent, response }
}

it.each([{}, { 'Accept-Encoding': 'gzip' }])(
  'the reading stops when the client goes away (10.6) %o',
  async (headers) => {
    await using app = await startSeeded()
    const walk = walkForever(app)

    const { sent, response } = await begin(app, '?format=ndjson', headers)
    await once(response, 'data')
    sent.destroy()
    let seen = -1
    await until(async () => {
      const isSame = seen === walk.mock.calls.length
      seen = walk.mock.calls.length
      await new Promise((resolve) => setTimeout(resolve, 200))
      return isSame
    })
    expect(app.log.filter((line) => line.includes('"level":50'))).toEqual([])
  },
)

it('the file is cut off once its reader may not read any more (10.6, 2.1)', async () => {
  await using app = await startSeeded()
  walkForever(app)

  const { response } = await begin(app, '?format=ndjson', {
    Authorization: `Bearer ${app.tokens.rep}`,
  })
  await once(response, 'data')
  const cut = buffer(response)
  await Promise.all([
    expect(cut).rejects.toThrow('aborted'),
    app.client.users.update(people.rep, { status: 'inactive' }),
  ])
})

it.each(['csv', 'ndjson', 'geojson', 'parquet'])(
  'an error in the middle of %s cuts the connection, so that the file is not taken for whole (10.6)',
  async (format) => {
    await using app = await startSeeded()
    const { walk } = app.store.visits
    let calls = 0
    let part: VisitWalkPart | undefined
    vi.spyOn(app.store.visits, 'walk').mockImplementation(async (account, asked) => {
      calls += 1
      if (calls % 2_000 === 0) throw new Error('the disk is gone')
      part ??= await walk(account, { ...asked, fromId: 0 })
      return { ...part, nextId: 1 }
    })

    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
      const { response } = await begin(app, `?format=${format}`, headers)
      expect(response.statusCode).toBe(200)
      await expect(buffer(response)).rejects.toThrow('aborted')
    }
  },
)

it('an error before the first byte is answered like any other (10.6)', async () => {
  await using app = await startSeeded()
  vi.spyOn(app.store.visits, 'walk').mockRejectedValue(new Error('the disk is gone'))

  for (const headers of [{ 'Accept-Encoding': 'identity' }, { 'Accept-Encoding': 'gzip' }]) {
    const answer = await app.fetch('/v2/visits/export?format=parquet', { headers })
    expect(answer.status).toBe(500)
    expect(answer.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('Content-Disposition')).toBeNull()
    expect(await answer.json()).toMatchObject({ errors: [{ error: { code: 'server_error' } }] })
  }
})

it('three exports of an account run at once, a fourth is 429, and a stopping server ends them (10.6)', async () => {
  const app = await startSeeded()
  walkForever(app)

  const running = [await begin(app), await begin(app), await begin(app)]
  const { response: fourth } = await get(app, '/v2/visits/export')
  expect([fourth.status, fourth.headers.get('Retry-After')]).toEqual([429, '10'])
  running[0]?.sent.destroy()
  await until(async () => (await get(app, '/v2/leads/export')).response.status === 200)
  const [second] = running.slice(1)
  const cut = buffer(second?.response)
  await Promise.all([expect(cut).rejects.toThrow('aborted'), app.close()])
})
