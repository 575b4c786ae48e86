import { expect, test } from 'vitest'

import { type Answerer, sendEmpty, sendError, sendJson, startServer } from '../test/local-server.ts'
import { recordedTiming } from '../test/recorded-timing.ts'
import { token, visitPage } from '../test/samples.ts'
import { type ClientOptions, createClient } from './client.ts'
import { NetworkError, RateLimitedError, ServerError } from './errors.ts'
import { delayAfter, retryPolicy } from './retry.ts'

/** A client of a server that sends these answers in order, and repeats the last one. */
async function start(answers: readonly Answerer[], options: Partial<ClientOptions> = {}) {
  const server = await startServer((response, seen, index) =>
    answers[Math.min(index, answers.length - 1)]?.(response, seen, index),
  )
  const timing = recordedTiming()
  const client = createClient({ url: server.url, token, timing, ...options })
  const dispose = () => server[Symbol.asyncDispose]()
  return { server, timing, client, [Symbol.asyncDispose]: dispose }
}

const page: Answerer = (response) => sendJson(response, visitPage(1, 1, 2))
const status =
  (code: number, headers?: Record<string, string>): Answerer =>
  (response) =>
    sendEmpty(response, code, headers)

test.each([429, 502, 503, 504])('%i is retried until it succeeds', async (code) => {
  await using setup = await start([status(code), status(code), page])

  expect((await setup.client.visits.list()).items).toHaveLength(2)
  expect(setup.server.seen).toHaveLength(3)
  expect(setup.timing.sleptMs).toEqual([250, 500])
})

test('a broken connection is retried', async () => {
  await using setup = await start([(response) => response.destroy(), page])

  expect((await setup.client.visits.list()).items).toHaveLength(2)
})

test('a timeout is retried', async () => {
  await using setup = await start([() => {}, page], { timeoutMs: 1_000 })

  expect((await setup.client.visits.list()).items).toHaveLength(2)
})

test.each([400, 401, 403, 404, 410, 500])('%i is not retried', async (code) => {
  await using setup = await start([status(code), page])

  await expect(setup.client.visits.list()).rejects.toHaveProperty('status', code)
  expect(setup.server.seen).toHaveLength(1)
})

test('the wait is all of Retry-After plus jitter', async () => {
  await using setup = await start([
    status(429, { 'Retry-After': '3' }),
    (response) =>
      sendError(response, 503, 'temporarily_unavailable', {
        'Retry-After': 'Thu, 01 Jan 1970 00:00:09 GMT',
      }),
    page,
  ])

  await setup.client.visits.list()

  expect(setup.timing.sleptMs).toEqual([3_000 + 250, 9_000 + 500])
})

test('there is no retry if the server asks for a longer wait than allowed', async () => {
  await using setup = await start([status(429, { 'Retry-After': '3600' }), page])

  const error = await setup.client.visits.list().catch((thrown: unknown) => thrown)

  expect(error).toMatchObject({ constructor: RateLimitedError, retryAfterMs: 3_600_000 })
  expect(setup.timing.sleptMs).toEqual([])
})

test('the error of the last attempt is thrown', async () => {
  await using setup = await start([status(429), status(429), status(503)], {
    retry: { attemptsMax: 3 },
  })

  await expect(setup.client.visits.list()).rejects.toBeInstanceOf(ServerError)
  expect(setup.server.seen).toHaveLength(3)
})

test('the default is five attempts', async () => {
  await using setup = await start([status(503)])

  await expect(setup.client.visits.list()).rejects.toBeInstanceOf(ServerError)
  expect(setup.server.seen).toHaveLength(5)
  expect(setup.timing.sleptMs).toEqual([250, 500, 1_000, 2_000])
})

test('the back-off doubles up to its maximum, with full jitter', () => {
  const policy = retryPolicy({ attemptsMax: Infinity, baseDelayMs: 100, delayMaxMs: 1_000 })
  const error = new NetworkError({ message: '', code: 'network_error', details: '' })
  const delays = (random: number) =>
    [1, 2, 3, 4, 5, 2_000].map((attempts) => delayAfter(error, attempts, policy, () => random))

  expect(delays(0)).toEqual([0, 0, 0, 0, 0, 0])
  expect(delays(0.5)).toEqual([50, 100, 200, 400, 500, 500])
  expect(delays(1)).toEqual([100, 200, 400, 800, 1_000, 1_000])
})

test('an abort ends the wait immediately with the signal’s reason', async () => {
  await using server = await startServer(status(429, { 'Retry-After': '20' }))
  const client = createClient({ url: server.url, token })
  const controller = new AbortController()
  const startMs = performance.now()

  const call = client.visits.list({}, { signal: controller.signal })
  setTimeout(() => controller.abort('enough'), 100)

  await expect(call).rejects.toBe('enough')
  expect(performance.now() - startMs).toBeLessThan(5_000)
  expect(server.seen).toHaveLength(1)
})
