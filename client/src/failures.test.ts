import type { ServerResponse } from 'node:http'

import { expect, test } from 'vitest'

import { sendEmpty, sendError, sendJson, startServer } from '../test/local-server.ts'
import { token } from '../test/samples.ts'
import { createClient } from './client.ts'
import {
  DoorstepError,
  ForbiddenError,
  InsufficientScopeError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  PayloadTooLargeError,
  PositionGoneError,
  PreconditionFailedError,
  RateLimitedError,
  RequestInProgressError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from './errors.ts'
import { parseRetryAfter } from './failures.ts'

/** The error of a client without retries that gets this answer. */
async function failureOf(answer: (response: ServerResponse) => void): Promise<unknown> {
  await using server = await startServer(answer)
  const client = createClient({ url: server.url, token, retry: { attemptsMax: 1 } })
  return await client.visits.list({ creator_id: 9 }).catch((error: unknown) => error)
}

const classes = [
  [400, 'invalid_param', InvalidRequestError],
  [401, 'unauthorized', UnauthorizedError],
  [403, 'insufficient_scope', InsufficientScopeError],
  [403, 'forbidden', ForbiddenError],
  [404, 'not_found', NotFoundError],
  [406, 'not_acceptable', DoorstepError],
  [409, 'request_in_progress', RequestInProgressError],
  [410, 'position_expired', PositionGoneError],
  [410, 'stream_reset', PositionGoneError],
  [412, 'precondition_failed', PreconditionFailedError],
  [413, 'payload_too_large', PayloadTooLargeError],
  [422, 'incorrect_value', UnprocessableError],
  [422, 'idempotency_key_reused', UnprocessableError],
  [429, 'rate_limit_exceeded', RateLimitedError],
  [500, 'server_error', ServerError],
  [503, 'temporarily_unavailable', ServerError],
] as const

test.each(classes)('%i %s has its own error class (PROTOCOL 8.2)', async (status, code, type) => {
  const error = await failureOf((response) =>
    sendError(response, status, code, { 'X-Request-Id': 'request-1' }),
  )

  expect(error).toBeInstanceOf(DoorstepError)
  expect(error).toMatchObject({
    constructor: type,
    name: type.name,
    status,
    code,
    details: `What to do about ${code}.`,
    requestId: 'request-1',
    message: `GET /v2/visits answered ${status} ${code}: What to do about ${code}.`,
  })
})

const bodiless = [
  [401, 'unauthorized', UnauthorizedError],
  [403, 'unexpected_answer', DoorstepError],
  [404, 'not_found', NotFoundError],
  [410, 'position_expired', PositionGoneError],
  [429, 'rate_limit_exceeded', RateLimitedError],
  [502, 'server_error', ServerError],
  [503, 'temporarily_unavailable', ServerError],
] as const

test.each(bodiless)(
  '%i without a JSON body is still reported as %s',
  async (status, code, type) => {
    const empty = await failureOf((response) => sendEmpty(response, status))
    const html = await failureOf((response) => response.writeHead(status).end('<h1>Oh</h1>'))

    for (const error of [empty, html]) {
      expect(error).toMatchObject({ constructor: type, status, code, errors: [] })
      expect(error).toHaveProperty('details', expect.stringContaining('proxy'))
    }
  },
)

test('all errors of the answer are reported, with resource and field (PROTOCOL 8.1)', async () => {
  const entries = [
    { resource: 'visit', field: '/summary', code: 'blank', message: 'Say more', details: 'Empty.' },
    { code: 'missing', message: 'More', details: 'Gone.' },
  ]
  const error = await failureOf((response) =>
    sendJson(response, { errors: entries.map((entry) => ({ error: entry })) }, 422),
  )

  expect(error).toMatchObject({ status: 422, code: 'blank', details: 'Empty.', errors: entries })
  expect(error).toHaveProperty('fields', new Map([['/summary', [entries[0]]]]))
})

test('the logref of the body is used if the header cannot be read', async () => {
  const error = await failureOf((response) => sendError(response, 404, 'not_found'))

  expect(error).toHaveProperty('requestId', 'logref-of-the-body')
})

test('errors that do not have the API’s form are skipped', async () => {
  const body = { errors: [null, 'x', { error: 'y' }, { error: { code: 7 } }], meta: null }
  const error = await failureOf((response) => sendJson(response, body, 500))

  expect(error).toMatchObject({ constructor: ServerError, code: 'server_error', errors: [] })
})

test.each(['', '<html>Log in</html>', '[]', '{}', '{"items":[]}', '{"items":{},"meta":{}}'])(
  'a success that is not the API’s JSON is an error: %j',
  async (text) => {
    const error = await failureOf((response) => response.writeHead(200).end(text))

    expect(error).toMatchObject({
      constructor: DoorstepError,
      status: 200,
      code: 'unexpected_answer',
    })
  },
)

test('an unreachable server is a network error with the reason', async () => {
  const server = await startServer(() => {})
  await server[Symbol.asyncDispose]()
  const client = createClient({ url: server.url, token, retry: { attemptsMax: 1 } })

  const error = await client.visits.list().catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(NetworkError)
  expect(error).toMatchObject({ code: 'network_error', status: undefined, errors: [] })
  expect(error).toHaveProperty('message', expect.stringContaining('ECONNREFUSED'))
})

test('a truncated answer is a network error', async () => {
  const error = await failureOf((response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"items":[')
    setTimeout(() => response.destroy(), 10)
  })

  expect(error).toMatchObject({ constructor: NetworkError, code: 'network_error' })
})

test('no error shows the token', async () => {
  const error = await failureOf((response) => sendError(response, 401, 'unauthorized'))

  expect(error).toBeInstanceOf(UnauthorizedError)
  expect(JSON.stringify(error) + String(error)).not.toContain(token)
})

test('Retry-After is seconds or an HTTP date', () => {
  const nowMs = Date.parse('2026-05-09T07:30:16Z')

  expect(parseRetryAfter('7', nowMs)).toBe(7_000)
  expect(parseRetryAfter('Sat, 09 May 2026 07:30:20 GMT', nowMs)).toBe(4_000)
  expect(parseRetryAfter('Sat, 09 May 2026 07:00:00 GMT', nowMs)).toBe(0)
  for (const header of [null, '', '-1', '1.5', 'soon', 'Sun, soon GMT']) {
    expect(parseRetryAfter(header, nowMs)).toBeUndefined()
  }
})
