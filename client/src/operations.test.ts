import { operations } from '@doorstep/contract/api'
import { expect, test } from 'vitest'

import { contact, draftToken, item, lead, page, rows } from '../test/calls.ts'
import { type Answerer, sendEmpty, sendJson, startServer } from '../test/local-server.ts'
import { recordedTiming } from '../test/recorded-timing.ts'
import { token } from '../test/samples.ts'
import { createClient } from './client.ts'
import { NetworkError, ServerError } from './errors.ts'

const isUnanswered = (method: string, path: string) =>
  method === 'DELETE' || path.endsWith('/password')

const answerOf = (method: string, path: string) => {
  if (isUnanswered(method, path)) return undefined
  return method === 'GET' && !/\/(7|\d{4}-.*)$/.test(path) ? page : item
}

const answering: Answerer = (response, { method, path }) => {
  const answer = answerOf(method, path)
  if (answer) sendJson(response, answer)
  else sendEmpty(response, 204)
}

test.each(rows.map(([call, route, query = {}, data]) => ({ call, route, query, data })))(
  '$route is requested',
  async ({ call, route, query, data }) => {
    await using server = await startServer(answering)

    const answer = await call(createClient({ url: server.url, token }))

    const [seen] = server.seen
    expect(`${seen?.method} ${seen?.path}`).toBe(route)
    expect(seen?.query).toEqual(query)
    expect(seen?.body).toBe(data ? JSON.stringify({ data }) : '')
    expect(answer).toEqual(answerOf(seen?.method ?? '', seen?.path ?? ''))
  },
)

/** Called in other tests: of visits, the client, the stream and sessions. */
const elsewhere = [
  'GET /v2/visits',
  'GET /v2/visits/7',
  'POST /v2/visits',
  'PUT /v2/visits/7',
  'DELETE /v2/visits/7',
  'GET /v2/visit_outcomes',
  'GET /v2/users',
  'GET /v2/users/self',
  'GET /v2/users/7',
  'GET /v2/accounts/self',
  'GET /v3/visits/stream',
  'POST /v2/imports/files',
  'POST /v2/imports/files/preview',
  'POST /v2/session',
  'GET /v2/session',
  'DELETE /v2/session',
]

const filled = (path: string): string =>
  path.replace(':id', '7').replace(':date', '2026-05-09').replace(':resource_type', 'lead')

test('every operation of the contract is a call, and every call an operation', () => {
  const known = operations
    .filter(({ files }) => !files)
    .map(({ method, path }) => `${method} ${filled(path)}`)

  expect(known.toSorted()).toEqual([...rows.map(([, route]) => route), ...elsewhere].toSorted())
})

/** Calls that are not idempotent and have no key. */
const once = [
  'POST /v2/visit_outcomes/7/merge',
  'PUT /v2/users/self/password',
  'PUT /v2/users/7/password',
  'POST /v2/tokens',
  'POST /v2/oauth_clients',
  'POST /v2/pin_changes',
  'POST /v2/geocoding_retries',
  'POST /v2/imports',
  'POST /v2/verification_previews',
  'POST /v2/demo',
  'POST /v2/session/code',
  'POST /v2/setup',
  'POST /v2/invitations',
  'POST /v2/invitations/accept',
  'POST /v2/imports/7/verification',
]

const startFailing = () =>
  startServer((response, seen, index) =>
    index === 0 ? sendEmpty(response, 503) : answering(response, seen, index),
  )

test('idempotent calls are retried, a POST with its key (PROTOCOL 6.3)', async () => {
  for (const [call, route] of rows.filter(([, name]) => !once.includes(name))) {
    await using server = await startFailing()

    await call(createClient({ url: server.url, token, timing: recordedTiming() }))

    const keys = server.seen.map(({ headers }) => headers['idempotency-key'])
    expect([route, keys]).toEqual([route, [keys[0], keys[0]]])
    expect([route, keys[0] !== undefined]).toEqual([route, route.startsWith('POST')])
  }
})

test('other calls are never retried', async () => {
  for (const [call] of rows.filter(([, name]) => once.includes(name))) {
    await using server = await startFailing()
    const client = createClient({ url: server.url, token, timing: recordedTiming() })

    await expect(call(client)).rejects.toBeInstanceOf(ServerError)
    expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined])
  }
})

test('the caller’s own key is sent, and no option goes into the query', async () => {
  await using server = await startServer(answering)
  const { leads, contacts, outcomes, users } = createClient({ url: server.url, token })
  const { signal } = new AbortController()
  const options = { idempotencyKey: 'mine', signal }

  await leads.create(lead, options)
  await contacts.upsert({ email: 'a@example.com' }, contact, options)
  await outcomes.create({ name: 'Won' }, options)
  await users.create({ name: 'Ada', email: 'ada@example.com' }, options)

  expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(
    Array.from({ length: 4 }, () => 'mine'),
  )
  expect(server.seen.map(({ query }) => query)).toEqual([{}, { email: 'a@example.com' }, {}, {}])
})

test('every list can be read completely', async () => {
  await using server = await startServer(answering)
  const client = createClient({ url: server.url, token })
  const { leads, contacts, tokens, grants, oauthClients, pinChanges, unplaced } = client

  for (const list of [leads, contacts, tokens, grants, oauthClients, pinChanges]) {
    expect(await Array.fromAsync<unknown>(list.pages())).toEqual([page])
    expect(await Array.fromAsync<unknown>(list.each())).toEqual([item.data])
  }
  expect(await Array.fromAsync(unplaced.pages({ resource_type: 'lead' }))).toEqual([page])
  expect(await Array.fromAsync(unplaced.each({ resource_type: 'contact' }))).toEqual([item.data])
  expect(server.seen.at(-1)?.query).toEqual({
    resource_type: 'contact',
    page: '1',
    per_page: '100',
  })
})

test('a lost answer to a call that is never retried is an error immediately', async () => {
  await using server = await startServer((response) => response.destroy())
  const { tokens } = createClient({ url: server.url, token })

  await expect(tokens.create(draftToken)).rejects.toBeInstanceOf(NetworkError)
  expect(server.seen).toHaveLength(1)
})
