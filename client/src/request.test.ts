import { expect, test } from 'vitest'

import { startServer } from '../test/local-server.ts'
import { token } from '../test/samples.ts'
import { createClient } from './client.ts'
import { NetworkError } from './errors.ts'

const once = { attemptsMax: 1 }

test('a server that does not answer in time is a network error', async () => {
  await using server = await startServer(() => {})
  const client = createClient({ url: server.url, token, timeoutMs: 50, retry: once })

  const error = await client.account.self().catch((thrown: unknown) => thrown)

  expect(error).toMatchObject({
    constructor: NetworkError,
    code: 'timeout',
    details: 'No answer within 50 ms. Raise timeoutMs if the server needs longer.',
  })
})

test('the timeout covers reading the body', async () => {
  await using server = await startServer((response) => {
    response.writeHead(200).write('{"data":')
  })
  const client = createClient({ url: server.url, token, timeoutMs: 50.5, retry: once })

  await expect(client.account.self()).rejects.toHaveProperty('code', 'timeout')
})

test('an abort ends a request immediately with the signal’s reason', async () => {
  await using server = await startServer(() => {})
  const controller = new AbortController()
  const { signal } = controller

  const call = createClient({ url: server.url, token }).account.self({ signal })
  await server.arrived(1)
  controller.abort()

  await expect(call).rejects.toHaveProperty('name', 'AbortError')
})

test('with an aborted signal nothing is sent', async () => {
  await using server = await startServer(() => {})
  const signal = AbortSignal.abort('too late')

  await expect(createClient({ url: server.url, token }).users.self({ signal })).rejects.toBe(
    'too late',
  )
  expect(server.seen).toEqual([])
})
