import { expect, test } from 'vitest'

import { sendEmpty, sendJson, startServer } from '../test/local-server.ts'
import { token, visitPage } from '../test/samples.ts'
import { createClient } from './client.ts'
import { etagOf } from './tags.ts'

/** Answers 304 to the current tag, and otherwise a page with it. */
const startTagged = (tagNow: () => string | undefined) =>
  startServer((response, { headers }) => {
    const ETag = tagNow()
    const tags: Record<string, string> = ETag === undefined ? {} : { ETag }
    if (ETag !== undefined && headers['if-none-match'] === ETag) sendEmpty(response, 304, tags)
    else sendJson(response, visitPage(1, 1, 2), 200, tags)
  })

test('an answer that is still right is returned again (10.1.1)', async () => {
  let tag = 'W/"1"'
  await using server = await startTagged(() => tag)
  const { visits } = createClient({ url: server.url, token, cachedAnswersMax: 2 })

  const first = await visits.list({ creator_id: 12 })
  const second = await visits.list({ creator_id: 12 })
  tag = 'W/"2"'
  const third = await visits.list({ creator_id: 12 })

  expect(second).toBe(first)
  expect(third).not.toBe(first)
  expect(third).toEqual(first)
  expect([etagOf(first), etagOf(third)]).toEqual(['W/"1"', 'W/"2"'])
  expect(server.seen.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    'W/"1"',
    'W/"1"',
  ])
})

test('answers to other addresses are others, and those used longest ago are dropped', async () => {
  await using server = await startTagged(() => '"same"')
  const { visits } = createClient({ url: server.url, token, cachedAnswersMax: 2 })

  for (const page of [1, 2, 1, 3, 1, 2]) await visits.list({ page })

  expect(server.seen.map(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
  ])
})

test.each([
  [{}, '"1"'],
  [{ cachedAnswersMax: 2 }, undefined],
])('nothing is kept without the option or a tag: %o %s', async (options, tag) => {
  await using server = await startTagged(() => tag)
  const { visits } = createClient({ url: server.url, token, ...options })

  const first = await visits.list()

  expect(await visits.list()).not.toBe(first)
  expect(server.seen[1]?.headers).not.toHaveProperty('if-none-match')
})

test('an answer in use is not mixed up with what another call drops meanwhile', async () => {
  await using server = await startTagged(() => '"same"')
  const { visits } = createClient({ url: server.url, token, cachedAnswersMax: 1 })
  const first = await visits.list({ page: 1 })

  const [again, other] = await Promise.all([visits.list({ page: 1 }), visits.list({ page: 2 })])

  expect(again).toBe(first)
  expect(other).not.toBe(first)
})

test('a number of answers that is none is rejected', () => {
  for (const cachedAnswersMax of [-1, 1.5, Number.NaN, Infinity]) {
    expect(() => createClient({ url: 'https://example.com', token, cachedAnswersMax })).toThrow(
      RangeError,
    )
  }
})
