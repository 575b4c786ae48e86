import { expect, test } from 'vitest'

import { type Answerer, sendEmpty, sendError, sendJson, startServer } from '../test/local-server.ts'
import { recordedTiming } from '../test/recorded-timing.ts'
import { token, visit } from '../test/samples.ts'
import { createClient } from './client.ts'
import { ForbiddenError, NotFoundError, UnprocessableError } from './errors.ts'

/** A server that sends these answers in order, and repeats the last one, and its visits. */
async function start(...answers: readonly Answerer[]) {
  const server = await startServer((response, seen, index) =>
    answers[Math.min(index, answers.length - 1)]?.(response, seen, index),
  )
  const timing = recordedTiming()
  // Long enough for a busy machine, where an answer is to come.
  const timeoutMs = answers.includes(silent) ? 2_000 : 60_000
  const { visits } = createClient({ url: server.url, token, timing, timeoutMs })
  const dispose = () => server[Symbol.asyncDispose]()
  return { server, timing, visits, [Symbol.asyncDispose]: dispose }
}

const item = { data: visit(7), meta: { type: 'visit', position: 'p7' } }
const logged: Answerer = (response) => sendJson(response, item)
const notFound: Answerer = (response) => sendError(response, 404, 'not_found')
const lost: Answerer = (response) => response.destroy()
const silent: Answerer = () => {}

const draft = { resource_type: 'lead', resource_id: 7, summary: 'Signed' } as const

test('create, update, get and remove use the visit’s own path (PROTOCOL 6.1, 6.2)', async () => {
  await using setup = await start(logged, logged, logged, (response) => sendEmpty(response, 204))
  const { visits, server } = setup

  expect(await visits.create(draft, { include: 'verification' })).toEqual(item)
  expect(await visits.update(7, { summary: null })).toEqual(item)
  expect(await visits.get(7, { include: 'verification' })).toEqual(item)
  expect(await visits.remove(7)).toBeUndefined()

  const seen = server.seen.map(({ method, path, query, body }) => [method, path, query, body])
  expect(seen).toEqual([
    ['POST', '/v2/visits', { include: 'verification' }, JSON.stringify({ data: draft })],
    ['PUT', '/v2/visits/7', {}, '{"data":{"summary":null}}'],
    ['GET', '/v2/visits/7', { include: 'verification' }, ''],
    ['DELETE', '/v2/visits/7', {}, ''],
  ])
  const types = server.seen.map(({ headers }) => headers['content-type'])
  expect(types).toEqual(['application/json', 'application/json', undefined, undefined])
})

test('all attempts of a call send one key, and each call its own (PROTOCOL 6.3)', async () => {
  await using setup = await start(
    (response) => sendEmpty(response, 503),
    (response) => sendEmpty(response, 429),
    lost,
    silent,
    logged,
  )

  await setup.visits.create(draft)
  await setup.visits.create(draft)
  await setup.visits.create(draft, { idempotencyKey: 'mine' })

  const keys = setup.server.seen.map(({ headers }) => headers['idempotency-key'])
  expect(keys.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => keys[0]))
  expect(keys[0]).toMatch(/^[\da-f-]{36}$/)
  expect(new Set(keys.slice(4))).toEqual(new Set([keys[0], keys[5], 'mine']))
  expect(new Set(setup.server.seen.map(({ body }) => body)).size).toBe(1)
})

test('a call is retried while the key’s first request is running (PROTOCOL 6.3)', async () => {
  await using setup = await start(
    (response) => sendError(response, 409, 'request_in_progress', { 'Retry-After': '1' }),
    logged,
  )

  expect(await setup.visits.create(draft)).toEqual(item)
  expect(setup.timing.sleptMs).toEqual([1_250])
})

test('a rejected visit throws immediately, with each field (PROTOCOL 6.5)', async () => {
  const error = { field: '/resource_id', code: 'incorrect_value', message: 'No', details: 'None.' }
  await using setup = await start((response) =>
    sendJson(response, { errors: [{ error }], meta: {} }, 422),
  )

  const thrown = await setup.visits.create(draft).catch((reason: unknown) => reason)

  expect(thrown).toBeInstanceOf(UnprocessableError)
  expect(thrown).toHaveProperty('fields', new Map([['/resource_id', [error]]]))
  expect(thrown).toHaveProperty('message', 'POST /v2/visits answered 422 incorrect_value: None.')
  expect(setup.server.seen).toHaveLength(1)
})

test('a change of somebody else’s visit is forbidden (PROTOCOL 6.2)', async () => {
  await using setup = await start((response) => sendError(response, 403, 'forbidden'))

  await expect(setup.visits.update(7, {})).rejects.toBeInstanceOf(ForbiddenError)
  await expect(setup.visits.remove(7)).rejects.toBeInstanceOf(ForbiddenError)
})

test('removing a deleted visit is an error, unless an earlier answer was lost', async () => {
  await using first = await start(notFound)
  await expect(first.visits.remove(7)).rejects.toBeInstanceOf(NotFoundError)

  await using second = await start(lost, notFound)
  await second.visits.remove(7)
  expect(second.server.seen).toHaveLength(2)

  await using third = await start((response) => sendEmpty(response, 429), notFound)
  await expect(third.visits.remove(7)).rejects.toBeInstanceOf(NotFoundError)
})
