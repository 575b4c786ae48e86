import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { newEventId, request, world } from '../../src/storage/contract/example-store.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { startProxy } from '../support/database-proxy.ts'
import { serveDoorstep, stop } from '../support/doorstep.ts'
import {
  bundledBinaries,
  type PostgresServer,
  select,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { timed } from '../support/timed.ts'

const page = { offset: 0, limit: 10, sort: { field: 'id', descending: false } } as const
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

it(
  'keeps one connection for its claims while its address leads to a standby, then claims again',
  timed,
  async () => {
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
      .poll(async () => (await store.claim('maintenance')) || (await other.claim('maintenance')))
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
  },
)

interface Tried {
  readonly ms: number
  readonly endedMs: number
  readonly error: unknown
}

it(
  'gives up unresponsive connections within 5 s, whatever waits for them, and recovers',
  timed,
  async () => {
    await using proxy = await startProxy(server.url())
    await using store = await openAt(proxy.url)
    await using other = await openAt(server.url())
    const { key: account } = await createAccount(store, crypto.randomUUID(), 'a@example.com')
    const [sample] = world
    if (!sample) throw new Error('the world is empty')
    store.events.onAppended(() => {})
    expect(await store.claim('maintenance')).toBe(true)
    let nextId = 1
    const write = () =>
      store.write(account, (tx) => importVisits(tx, [{ ...sample, id: nextId++ }], newEventId))
    const works = {
      'a list': () => store.visits.list(account, request()),
      stream: () => store.events.read(account, { offset: 0, limit: 10 }),
      users: () => store.users.list(account, {}, page),
      write,
      'last uses': () =>
        store.saveLastUses(account, [{ credential: { tokenId: 1 }, at: Date.now() }]),
    }
    // Every place of both pools has a connection, which knows nothing of what will come.
    const all = () => Array.from({ length: 12 }, () => Object.values(works).map((work) => work()))
    await Promise.all(all().flat())

    proxy.swallow()
    const startMs = performance.now()
    const tried: Record<string, Tried[]> = {}
    const tryOn = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      while (performance.now() - startMs < 10_000) {
        const beganMs = performance.now()
        const error = await work().then(
          () => undefined,
          (why: unknown) => why,
        )
        const endedMs = performance.now()
        ;(tried[name] ??= []).push({ ms: endedMs - beganMs, endedMs: endedMs - startMs, error })
        await pause(50)
      }
    }
    const claims: number[] = []
    const claiming = (async () => {
      while (performance.now() - startMs < 10_000) {
        if (await store.claim('maintenance')) claims.push(performance.now() - startMs)
        await pause(100)
      }
    })()
    await Promise.all([
      ...Object.entries(works).flatMap(([name, work]) => [tryOn(name, work), tryOn(name, work)]),
      claiming,
    ])

    const results = Object.entries(tried).map(([name, of]) => ({
      name,
      longestMs: Math.round(Math.max(...of.map(({ ms }) => ms))),
      lastFailedMs: Math.round(Math.max(0, ...of.map((one) => (one.error ? one.endedMs : 0)))),
      failed: of.filter(({ error }) => error).length,
      done: of.filter(({ error }) => !error).length,
    }))
    console.log('silent connections:', results, { claimedAgainMs: Math.round(claims[0] ?? NaN) })
    for (const { name, longestMs, lastFailedMs, done } of results) {
      expect(longestMs, name).toBeLessThan(5_000)
      expect(lastFailedMs, name).toBeLessThan(5_500)
      expect(done, name).toBeGreaterThan(10)
    }
    const errors = Object.values(tried).flatMap((of) => of.map(({ error }) => error))
    for (const error of errors.filter((one) => one !== undefined)) {
      expect(error).toMatchObject({ code: 'unavailable' })
    }
    expect(claims[0]).toBeLessThan(6_500)
    expect(await other.claim('maintenance')).toBe(false)
  },
)

it(
  'answers a write whose connection dies half way, and lets others write before they give up',
  timed,
  async () => {
    await using proxy = await startProxy(server.url())
    await using store = await openAt(proxy.url)
    await using other = await openAt(server.url())
    const { key: account } = await createAccount(store, crypto.randomUUID(), 'a@example.com')
    const [sample] = world
    if (!sample) throw new Error('the world is empty')
    const startMs = performance.now()
    const cutOff = store.write(account, async (tx) => {
      await tx.account.find()
      proxy.swallow()
      await tx.account.find()
    })
    const ended = cutOff.then(
      () => 'done',
      (error: unknown) => error,
    )
    await pause(500)
    // The server does not know yet that nobody will end the transaction that holds the account.
    await other.write(account, (tx) => importVisits(tx, [sample], newEventId))
    const writtenMs = performance.now() - startMs
    const results = await ended
    const endedMs = performance.now() - startMs
    console.log('silent half way, ms:', {
      written: Math.round(writtenMs),
      ended: Math.round(endedMs),
    })
    expect(results).toMatchObject({ code: 'unavailable' })
    expect(writtenMs).toBeLessThan(8_000)
    expect(endedMs).toBeLessThan(13_000)
  },
)

it('counts requests in a shared bucket once, even when the connection breaks before the answer', async () => {
  await using proxy = await startProxy(server.url())
  await using store = await openAt(proxy.url)
  const size = { capacity: 100, refillPerMs: 0 }
  const spend = (count: number) =>
    store.rateBuckets.spend([{ account: 1, key: 'once', count, since: 1_000 }], size)
  expect(await spend(1)).toMatchObject([{ level: 99 }])

  proxy.loseAnswers()
  const spent = spend(10)
  const level = async () => (await select(server.url(), 'select level from rate_buckets'))[0]
  await expect.poll(level).toEqual({ level: 89 })
  proxy.cut()
  await expect(spent).rejects.toMatchObject({ code: 'unavailable' })
  expect(await level()).toEqual({ level: 89 })
})

it('ends on SIGTERM within seconds when the database is unresponsive', timed, async () => {
  const name = `served_${Date.now()}`
  await select(server.url(), `create database ${name}`)
  await using proxy = await startProxy(server.url(name))
  const dataDir = temporaryFolder()
  const { child, url, token } = await serveDoorstep(dataDir, [], {
    DATABASE_URL: proxy.url,
    RATE_LIMIT_PER_HOUR: '0',
  })
  const list = () =>
    fetch(`${url}/v2/visits`, { headers: { Authorization: `Bearer ${token}` } }).then(
      ({ status }) => status,
    )
  expect(await Promise.all(Array.from({ length: 8 }, list))).toEqual(Array(8).fill(200))
  proxy.swallow({ andNew: true })
  const startMs = performance.now()
  await stop(child, 'SIGTERM')
  const tookMs = performance.now() - startMs
  console.log('ended without a database after ms:', Math.round(tookMs))
  expect(tookMs).toBeLessThan(10_000)
})
