import { setTimeout as pause } from 'node:timers/promises'

import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { DomainError } from '../../src/domain/errors.ts'
import type { Store } from '../../src/domain/store.ts'
import { toApiError } from '../../src/http/request/answer-errors.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { listIds, newEventId, request, world } from '../../src/storage/contract/example-store.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { bundledBinaries, type PostgresServer, startPostgres } from '../support/postgres-server.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres(bundledBinaries())
})
afterAll(() => server[Symbol.asyncDispose]())

const open = (): Promise<Store> => openPostgresStore({ url: server.url(), clock: Date.now })

it('loses nothing that it has acknowledged when the database is killed, and recovers within 5 s', async () => {
  await using store = await open()
  await using other = await open()
  const { key: account } = await createAccount(store, 'Loss', 'a@example.com')
  expect(await store.claim('work')).toBe(true)
  expect(await other.claim('work')).toBe(false)
  const acknowledged: number[] = []
  const failures: unknown[] = []
  let isOver = false
  let nextId = 1
  const [sample] = world
  if (!sample) throw new Error('the world is empty')

  const writeOn = async (by: Store): Promise<void> => {
    while (!isOver) {
      const id = nextId++
      try {
        await by.write(account, (tx) => importVisits(tx, [{ ...sample, id }], newEventId))
        acknowledged.push(id)
      } catch (error) {
        failures.push(error)
        await pause(20)
      }
    }
  }
  async function readOn(by: Store): Promise<void> {
    while (!isOver) {
      await by.visits.list(account, request()).catch(async (error: unknown) => {
        failures.push(error)
        await pause(20)
      })
    }
  }
  const running = [store, other].flatMap((by) => [
    ...Array.from({ length: 4 }, () => writeOn(by)),
    ...Array.from({ length: 2 }, () => readOn(by)),
  ])

  // A busy machine may be late in one round, and not in all.
  const noticedMs: number[] = []
  const backMs: number[] = []
  for (let round = 0; round < 3; round++) {
    const written = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(written + 10)
    await server.kill()
    const startMs = performance.now()
    await expect(store.ping()).rejects.toThrow(DomainError)
    noticedMs.push(performance.now() - startMs)
    await server.start()
    const upMs = performance.now()
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before)
    await store.ping()
    backMs.push(performance.now() - upMs)
  }
  isOver = true
  await Promise.all(running)

  expect(Math.min(...noticedMs)).toBeLessThan(2_500)
  expect(Math.min(...backMs)).toBeLessThan(5_000)
  expect(failures.length).toBeGreaterThan(0)
  for (const failure of failures) {
    expect(failure).toMatchObject({ code: 'unavailable' })
    expect(toApiError(failure)).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } })
  }
  const kept = new Set<number>()
  for (let offset = 0; ; offset += 100) {
    const ids = await listIds(store, account, request({ offset }))
    for (const id of ids) kept.add(id)
    if (ids.length < 100) break
  }
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  expect(await store.check(account)).toEqual([])
  const claims = [await other.claim('work'), await store.claim('work')]
  expect(claims.filter((has) => has)).toHaveLength(1)
})

it('is notified again of writes by other processes after the connection was lost', async () => {
  await using store = await open()
  await using other = await open()
  const { key: account } = await createAccount(store, 'Hearing', 'b@example.com')
  const notified: (number | undefined)[] = []
  const stop = other.events.onAppended((of) => void notified.push(of))
  let written = 0
  const write = () =>
    store.write(account, (tx) => importVisits(tx, world.slice(written++, written), newEventId))
  await expect.poll(() => notified.length).toBeGreaterThan(0)
  await write()
  await expect.poll(() => notified).toContain(account)
  await server.kill()
  notified.length = 0
  await server.start()
  await expect.poll(() => notified).toContain(undefined)
  await expect.poll(write).toMatchObject({})
  await expect.poll(() => notified).toContain(account)
  stop()
})

it('gives a claim to another process when its holder has ended', async () => {
  await using store = await open()
  const holder = await open()
  expect(await holder.claim('work')).toBe(true)
  expect(await holder.claim('work')).toBe(true)
  expect(await store.claim('work')).toBe(false)
  expect(await store.claim('other work')).toBe(true)
  await holder[Symbol.asyncDispose]()
  await expect.poll(() => store.claim('work')).toBe(true)
})

it('lets accounts write at once, and those of one account one after the other', async () => {
  await using store = await open()
  const { key: one } = await createAccount(store, 'One', 'c@example.com')
  const { key: two } = await createAccount(store, 'Two', 'd@example.com')
  const gate = Promise.withResolvers<void>()
  const order: string[] = []
  const held = store.write(one, async () => {
    await gate.promise
    order.push('first of one')
  })
  await pause(20)
  const queued = store.write(one, async () => void order.push('second of one'))
  await store.write(two, async () => void order.push('two'))
  gate.resolve()
  await Promise.all([held, queued])
  expect(order).toEqual(['two', 'first of one', 'second of one'])
})

it('says that the database is busy, not unreachable, when all connections are in use for seconds', async () => {
  await using store = await open()
  const { key: account } = await createAccount(store, 'Busy', 'busy@example.com')
  const holder = new pg.Client({ connectionString: server.url() })
  await holder.connect()
  await holder.query('begin; lock table visits in access exclusive mode')
  const tried = await Promise.allSettled(
    Array.from({ length: 20 }, () => store.visits.list(account, request())),
  )
  await holder.end()
  const messages = tried.map((one) =>
    one.status === 'rejected' ? String(one.reason.message) : 'done',
  )
  expect(messages).toContain(
    'All connections to the database are in use at present. Try again later.',
  )
  expect(messages.join()).not.toContain('cannot be reached')
})
