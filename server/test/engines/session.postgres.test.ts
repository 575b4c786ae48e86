import { afterAll, beforeAll, expect, it } from 'vitest'

import { connectionOptions } from '../../src/storage/postgres/connection.ts'
import { PostgresSession } from '../../src/storage/postgres/session.ts'
import { startProxy } from '../support/database-proxy.ts'
import {
  bundledBinaries,
  type PostgresServer,
  select,
  startPostgres,
} from '../support/postgres-server.ts'

const statementMs = 300

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres(bundledBinaries())
})
afterAll(() => server[Symbol.asyncDispose]())

/** As a role that can be kept from what the owner of the server may do. */
async function urlOfRole(): Promise<string> {
  await select(server.url(), `create role plain login password 'plain'`)
  const url = new URL(server.url())
  url.username = 'plain'
  url.password = 'plain'
  return url.href
}

it('ends who held its claims before, also where the first attempt fails', async () => {
  const end = 'execute on function pg_terminate_backend from public'
  await using proxy = await startProxy(await urlOfRole())
  await using session = new PostgresSession(connectionOptions(proxy.url, statementMs), () => {})
  expect(await session.claim('maintenance')).toBe(true)

  // The server does not learn that nobody listens to the one with the claim.
  proxy.swallow()
  await select(server.url(), `revoke ${end}`)
  expect(await session.claim('maintenance')).toBe(false)
  expect(await session.claim('maintenance')).toBe(false)
  await select(server.url(), `grant ${end.replace('from', 'to')}`)
  expect(await session.claim('maintenance')).toBe(true)
})
