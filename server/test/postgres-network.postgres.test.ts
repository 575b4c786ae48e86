import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../src/domain/store.ts'
import { openPostgresStore } from '../src/storage/open-postgres.ts'
import { startProxy } from './database-proxy.ts'
import {
  bundledBinaries,
  type PostgresServer,
  select,
  startPostgres,
  startStandby,
} from './postgres-server.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres(bundledBinaries(), { wal_level: 'replica' })
})
afterAll(() => server[Symbol.asyncDispose]())

const openAt = (url: string): Promise<Store> => openPostgresStore({ url, clock: Date.now })

/** Connections of stores that the server knows of. */
async function countConnections({ url }: PostgresServer): Promise<number> {
  const [row] = await select(
    url(),
    `select count(*)::int n from pg_stat_activity where application_name = 'doorstep'`,
  )
  return Number(row?.['n'])
}

it('keeps one connection for its claims while its address leads to a standby, and claims again after', async () => {
  await using standby = await startStandby(server)
  await using proxy = await startProxy(server.url())
  const store = await openAt(proxy.url)
  await using other = await openAt(server.url())
  store.events.onAppended(() => {})
  expect(await store.claim('maintenance')).toBe(true)

  // As when a name or an address moves to a server that has not been promoted yet.
  proxy.leadTo(standby.port)
  proxy.cut()
  await pause(2_500)
  expect(await countConnections(standby)).toBeLessThanOrEqual(1)
  expect(proxy.openCount()).toBeLessThanOrEqual(1)

  proxy.leadTo(server.port)
  await expect
    .poll(async () => (await store.claim('maintenance')) || (await other.claim('maintenance')), {
      timeout: 5_000,
    })
    .toBe(true)
  // Whoever has it keeps it, also when what is left of the standby's connections ends.
  await standby.kill()
  for (let round = 0; round < 5; round++) {
    const claims = [await store.claim('maintenance'), await other.claim('maintenance')]
    expect(claims.filter((has) => has)).toHaveLength(1)
    await pause(200)
  }
  await store[Symbol.asyncDispose]()
  await expect.poll(() => proxy.openCount()).toBe(0)
  await expect.poll(() => other.claim('maintenance')).toBe(true)
}, 60_000)
