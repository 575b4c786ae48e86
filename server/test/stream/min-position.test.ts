import type { Errors } from '@doorstep/contract/errors'
import { expect, it } from 'vitest'

import { recordItem, visitItem } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

const position = (generation: number, offset: number): string =>
  btoa(`firehose.visit.by_account,${generation},${offset}`)

const reads = ['/v2/visits?', '/v2/visits/1?', '/v3/visits/stream?position=tail&']

async function startWithVisit(): Promise<TestApp> {
  const app = await startApp()
  await app.import([recordItem('lead', 7, 33), visitItem({ id: 1 })])
  return app
}

it('is taken from a write on, by the lists, one visit and the stream (5.9, 6.4)', async () => {
  await using app = await startWithVisit()
  const { data, meta } = await app.client.visits.create({ resource_type: 'lead', resource_id: 7 })

  const since = { min_position: meta.position }
  const list = await app.client.visits.list(since)
  const stream = await app.client.stream.read({ position: 'tail', ...since })

  expect(list.items.map((item) => item.data.id)).toEqual([1, data.id])
  expect(list.meta.links.self).toContain(
    `min_position=${encodeURIComponent(String(meta.position))}`,
  )
  expect((await app.client.visits.get(data.id, since)).data.id).toBe(data.id)
  expect(stream.items.map((item) => item.data.id)).toEqual([1, data.id])
})

it.each([
  ['is no position', '!!!'],
  ['is empty', ''],
  ['is a word of the stream', 'top'],
  ['lies beyond the newest event', position(0, 2)],
  ['is of a generation that never was', position(1, 0)],
])('is refused by its name where it %s (5.4, 5.9)', async (_, text) => {
  await using app = await startWithVisit()
  for (const read of reads) {
    const response = await app.fetch(`${read}min_position=${encodeURIComponent(text)}`)
    const { errors } = (await response.json()) as Errors

    expect([response.status, errors.map(({ error }) => error.code)]).toEqual([
      400,
      ['invalid_param'],
    ])
    expect(errors[0]?.error.details).toMatch(/'min_position' .*given: /)
  }
})

it('is rejected if a restore has lost it, and is never too old (5.4, 5.9)', async () => {
  await using app = await startWithVisit()
  await app.store.events.drop(app.account, Date.now() + 1, 10)
  const { generation } = await app.store.events.raiseGeneration(app.account, 'stream_reset')
  await app.import([visitItem({ id: 2 })])
  for (const read of reads) {
    const statusOf = async (text: string) =>
      (await app.fetch(`${read}min_position=${encodeURIComponent(text)}`)).status

    expect([await statusOf(position(0, 0)), await statusOf(position(0, 1))]).toEqual([200, 200])
    expect(await statusOf(position(0, 2))).toBe(410)
    expect(await statusOf(position(generation, 2))).toBe(200)
  }
})
