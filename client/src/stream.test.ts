import { expect, test } from 'vitest'

import { sendEmpty, sendError, sendJson, startServer } from '../test/local-server.ts'
import { recordedTiming } from '../test/recorded-timing.ts'
import { streamPage, token, visitEvent } from '../test/samples.ts'
import { createClient } from './client.ts'
import { PositionGoneError, ServerError } from './errors.ts'
import type { FollowedPage } from './stream.ts'

type StreamAnswer = ReturnType<typeof streamPage>

/** A server that sends these pages in order, and a client whose waits take no time. */
async function start(answers: readonly StreamAnswer[]) {
  const server = await startServer((response, _seen, index) => {
    const answer = answers[index]
    if (answer) sendJson(response, answer)
    else sendError(response, 410, 'position_expired')
  })
  const timing = recordedTiming()
  const { stream } = createClient({ url: server.url, token, timing, retry: { attemptsMax: 1 } })
  const dispose = () => server[Symbol.asyncDispose]()
  return { server, timing, stream, [Symbol.asyncDispose]: dispose }
}

const brief = ({ events, position, top }: FollowedPage) => ({
  ids: events.map(({ data }) => data.id),
  position,
  top,
})

test('read returns one page as the server sent it (PROTOCOL 5.2)', async () => {
  await using setup = await start([streamPage([1, 2], 'p2', false)])

  const page = await setup.stream.read({ position: 'tail', limit: 2 })

  expect(page).toEqual(streamPage([1, 2], 'p2', false))
  expect(setup.server.seen[0]?.query).toEqual({ position: 'tail', limit: '2' })
})

test('follow reads page after page, each from the end of the last one', async () => {
  await using setup = await start([
    streamPage([1, 2], 'p=2+', false),
    streamPage([3, 4], 'p4', false),
    streamPage([5], 'p5', true),
  ])

  const options = { position: 'tail', limit: 2, untilTop: true }
  const pages = await Array.fromAsync(setup.stream.follow(options))

  expect(pages[0]?.events).toEqual([visitEvent(1), visitEvent(2)])
  expect(pages.map(brief)).toEqual([
    { ids: [1, 2], position: 'p=2+', top: false },
    { ids: [3, 4], position: 'p4', top: false },
    { ids: [5], position: 'p5', top: true },
  ])
  expect(setup.server.seen.map(({ query }) => query)).toEqual([
    { position: 'tail', limit: '2' },
    { position: 'p=2+', limit: '2' },
    { position: 'p4', limit: '2' },
  ])
  expect(setup.timing.sleptMs).toEqual([])
})

test('at the top, follow polls every pollMs and yields only new events', async () => {
  await using setup = await start([
    streamPage([1], 'p1', true),
    streamPage([], 'p1', true),
    streamPage([], 'p1', true),
    streamPage([2], 'p2', true),
  ])
  const pages: FollowedPage[] = []

  for await (const page of setup.stream.follow({ position: 'tail', pollMs: 700 })) {
    pages.push(page)
    if (page.position === 'p2') break
  }

  expect(pages.map(brief)).toEqual([
    { ids: [1], position: 'p1', top: true },
    { ids: [2], position: 'p2', top: true },
  ])
  expect(setup.timing.sleptMs).toEqual([700, 700, 700])
})

test('with wait, follow polls again immediately, or after pollMs if nothing was held', async () => {
  await using setup = await start([
    streamPage([1], 'p1', true),
    streamPage([2], 'p2', true),
    streamPage([], 'p2', true),
    streamPage([3], 'p3', true),
  ])
  const pages: FollowedPage[] = []

  for await (const page of setup.stream.follow({ position: 'tail', wait: 30 })) {
    pages.push(page)
    if (page.position === 'p3') break
  }

  expect(pages.map(({ position }) => position)).toEqual(['p1', 'p2', 'p3'])
  expect(setup.server.seen.map(({ query }) => query.wait)).toEqual(['30', '30', '30', '30'])
  // The third was empty immediately, as if too many readers were waiting.
  expect(setup.timing.sleptMs).toEqual([100, 100, 1_000])
})

test('wait is added to timeoutMs', async () => {
  await using server = await startServer((response) =>
    setTimeout(() => sendJson(response, streamPage([1], 'p1', true)), 300),
  )
  const options = { url: server.url, token, timeoutMs: 100, retry: { attemptsMax: 1 } }
  const { stream } = createClient(options)

  await expect(stream.read({ position: 'tail', wait: 30 })).resolves.toMatchObject({ items: [{}] })
  await expect(stream.read({ position: 'tail' })).rejects.toThrow('100 ms')
})

test('an empty page is yielded if the position moved, so that it can be stored', async () => {
  await using setup = await start([
    streamPage([], 'p1', false),
    streamPage([], 'p2', false),
    streamPage([], 'p2', true),
  ])

  const pages = await Array.fromAsync(setup.stream.follow({ position: 'top', untilTop: true }))

  expect(pages.map(brief)).toEqual([
    { ids: [], position: 'p1', top: false },
    { ids: [], position: 'p2', top: false },
    { ids: [], position: 'p2', top: true },
  ])
})

test('a follower that resumes at the top gets an empty page', async () => {
  await using setup = await start([streamPage([], 'p9', true)])

  const pages = await Array.fromAsync(setup.stream.follow({ position: 'p9', untilTop: true }))

  expect(pages.map(brief)).toEqual([{ ids: [], position: 'p9', top: true }])
})

test('a page below the top that did not advance is not requested again immediately', async () => {
  await using setup = await start([streamPage([], 'p1', false), streamPage([1], 'p2', true)])

  const pages = await Array.fromAsync(setup.stream.follow({ position: 'p1', untilTop: true }))

  expect(pages.map(brief)).toEqual([{ ids: [1], position: 'p2', top: true }])
  expect(setup.timing.sleptMs).toEqual([5_000])
})

test('a new follower resumes from the position that the last one yielded', async () => {
  await using setup = await start([streamPage([1, 2], 'p2', false), streamPage([3], 'p3', true)])
  let position = 'tail'
  for await (const page of setup.stream.follow({ position })) {
    position = page.position
    break
  }

  const pages = await Array.fromAsync(setup.stream.follow({ position, untilTop: true }))

  expect(pages.map(brief)).toEqual([{ ids: [3], position: 'p3', top: true }])
  expect(setup.server.seen.map(({ query }) => query.position)).toEqual(['tail', 'p2'])
})

test('no page is read ahead of the caller', async () => {
  await using setup = await start([streamPage([1], 'p1', false), streamPage([2], 'p2', true)])
  const pages = setup.stream.follow({ position: 'tail' })

  await pages.next()

  expect(setup.server.seen).toHaveLength(1)
})

test.each(['position_expired', 'stream_reset'])(
  'an expired or reset position ends the iteration with %s (PROTOCOL 5.4, 5.6)',
  async (code) => {
    await using server = await startServer((response) => sendError(response, 410, code))
    const { stream } = createClient({ url: server.url, token })

    const following = stream.follow({ position: 'p1' }).next()

    await expect(following).rejects.toBeInstanceOf(PositionGoneError)
    await expect(following).rejects.toHaveProperty('code', code)
  },
)

test('a temporary failure is retried without losing or repeating a page', async () => {
  await using server = await startServer((response, { query }, index) => {
    if (index % 2 === 0) sendEmpty(response, 503)
    else if (query.position === 'tail') sendJson(response, streamPage([1], 'p1', false))
    else sendJson(response, streamPage([2], 'p2', true))
  })
  const { stream } = createClient({ url: server.url, token, timing: recordedTiming() })

  const pages = await Array.fromAsync(stream.follow({ position: 'tail', untilTop: true }))

  expect(pages.map(brief).map(({ ids }) => ids)).toEqual([[1], [2]])
})

test('a permanent failure ends the iteration', async () => {
  await using server = await startServer((response) => sendEmpty(response, 503))
  const { stream } = createClient({ url: server.url, token, timing: recordedTiming() })

  await expect(stream.follow({ position: 'tail' }).next()).rejects.toBeInstanceOf(ServerError)
})

test('an abort ends the wait at the top immediately', async () => {
  await using server = await startServer((response) =>
    sendJson(response, streamPage([], 'p1', true)),
  )
  const controller = new AbortController()
  const { signal } = controller
  const { stream } = createClient({ url: server.url, token })
  const pages = stream.follow({ position: 'p1', signal })
  await pages.next()
  const startMs = performance.now()

  const following = pages.next()
  setTimeout(() => controller.abort('enough'), 50)

  await expect(following).rejects.toBe('enough')
  expect(performance.now() - startMs).toBeLessThan(2_000)
})

test('a pollMs that timers do not support is rejected immediately', () => {
  const { stream } = createClient({ url: 'https://example.com', token })

  for (const pollMs of [-1, Number.NaN, Infinity, 2 ** 31]) {
    expect(() => stream.follow({ position: 'tail', pollMs })).toThrow(RangeError)
  }
})
