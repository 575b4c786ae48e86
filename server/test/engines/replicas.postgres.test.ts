import { setTimeout as pause } from 'node:timers/promises'

import { type Client, createClient } from '@doorstep/client/client'
import { PositionGoneError } from '@doorstep/client/errors'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { migratePostgres } from '../../src/storage/postgres/migrate.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import {
  bundledBinaries,
  type PostgresServer,
  select,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { timed } from '../support/timed.ts'

const replicaLagMs = 2_000
/** Nobody answers there. */
const nowhere = 'postgres://doorstep:secret@127.0.0.1:1/postgres'

let primary: PostgresServer
let standby: PostgresServer
/** Reads from the standby, and would from a replica that is away. */
let app: TestApp

beforeAll(async () => {
  const settings = { wal_level: 'replica', fsync: 'off', autovacuum: 'off' }
  primary = await startPostgres(bundledBinaries(), settings)
  await migratePostgres(primary.url())
  standby = await startStandby(primary)
  const replicaUrls = [nowhere, standby.url()]
  app = await startApp({
    newStore: async (clock) => ({
      store: await openPostgresStore({ url: primary.url(), replicaUrls, clock }),
      remove: async () => {},
    }),
  })
})
afterAll(async () => {
  await app.close()
  await standby[Symbol.asyncDispose]()
  await primary[Symbol.asyncDispose]()
})

/** A visit that is logged to a lead of its own. */
async function logVisit({ leads, visits }: Client): Promise<{ id: number; position: string }> {
  const lead = await leads.create({ last_name: 'Ode' })
  const draft = { resource_type: 'lead', resource_id: lead.data.id } as const
  const { data, meta } = await visits.create(draft)
  return { id: data.id, position: String(meta.position) }
}

const replay = (does: 'pause' | 'resume') => select(standby.url(), `select pg_wal_replay_${does}()`)

const idsOf = async ({ visits }: Client, query: { min_position?: string } = {}) =>
  (await visits.list({ sort_by: 'id:desc', ...query })).items.map(({ data }) => data.id)

const eventsOf = async ({ stream }: Client, query: { min_position?: string } = {}) =>
  (await stream.read({ position: 'tail', limit: 100, ...query })).items.map(({ data }) => data.id)

const streamed = (position: string, rest = '') =>
  `/v3/visits/stream?position=${encodeURIComponent(position)}${rest}`

it('answers reads from a replica, as old as that is, but none that name a position before it (5.9)', async () => {
  const { client } = app
  const first = await logVisit(client)
  await expect.poll(() => idsOf(client)).toContain(first.id)
  await replay('pause')
  const second = await logVisit(client)
  const since = { min_position: second.position }

  expect(await idsOf(client)).not.toContain(second.id)
  expect(await eventsOf(client)).not.toContain(second.id)
  await expect(client.visits.get(second.id)).rejects.toThrow('not found')
  expect(await idsOf(client, since)).toContain(second.id)
  expect(await eventsOf(client, since)).toContain(second.id)
  expect((await client.visits.get(second.id, since)).data.id).toBe(second.id)
  expect(await client.stream.read({ position: second.position })).toMatchObject({
    items: [],
    meta: { top: true, position: second.position },
  })

  await replay('resume')
  await expect.poll(() => idsOf(client)).toContain(second.id)
  await expect.poll(() => eventsOf(client)).toContain(second.id)
})

it('keeps tags and pages right while replicas are behind (5.8.1, 5.9)', async () => {
  const { client, fetch } = app
  const { position } = await logVisit(client)
  await expect
    .poll(async () => (await client.stream.read({ position: 'top' })).meta.position)
    .toBe(position)
  await replay('pause')
  const { id, position: newest } = await logVisit(client)
  await logVisit(client)
  const page = streamed(position, '&limit=1')
  const idOf = async (response: Response) => {
    const { items } = (await response.json()) as { items: { data: { id: number } }[] }
    return items.map(({ data }) => data.id)
  }

  // What is below the newest event of the primary is not there yet for the replica.
  const old = await fetch(page)
  expect([old.headers.get('ETag'), await idOf(old)]).toEqual([null, []])
  const current = await fetch(`${page}&min_position=${encodeURIComponent(newest)}`)
  const etag = String(current.headers.get('ETag'))
  expect([etag, await idOf(current)]).toEqual([expect.stringMatching(/^".+"$/), [id]])
  expect((await fetch(page, { headers: { 'If-None-Match': etag } })).status).toBe(200)
  await replay('resume')
  await expect
    .poll(async () => (await fetch(page, { headers: { 'If-None-Match': etag } })).status)
    .toBe(304)
})

it('answers 304 for what a replica has, and never for less than a client asks for (5.9, 10.1.1)', async () => {
  const { client, fetch } = app
  const list = '/v2/visits?sort_by=id:desc'
  const first = await logVisit(client)
  await expect.poll(() => idsOf(client)).toContain(first.id)
  await replay('pause')
  const old = await fetch(list)
  const oldTag = String(old.headers.get('ETag'))
  const { id, position } = await logVisit(client)
  const since = `${list}&min_position=${encodeURIComponent(position)}`
  const current = await fetch(since)
  const tag = String(current.headers.get('ETag'))
  const known = { headers: { 'If-None-Match': `${oldTag}, ${tag}` } }

  expect(await current.text()).toContain(`"id":${id},`)
  expect((await fetch(list, known)).status).toBe(304)
  const again = await fetch(since, known)
  expect([again.status, again.headers.get('ETag')]).toEqual([304, tag])
  await replay('resume')
  await expect.poll(async () => (await fetch(list, known)).status).toBe(200)
})

it.each(['id', 'visited_at'] as const)(
  'goes on with a walk by %s elsewhere where a replica has not come to its start (5.9, 10.1)',
  async (sort_by) => {
    const { client } = app
    await logVisit(client)
    await replay('pause')
    const { id, position } = await logVisit(client)
    const page = { sort_by, per_page: 1, cursor: '', min_position: position }
    const { meta } = await client.visits.list(page)
    const cursor = String(meta.next_cursor)
    const rest = await client.visits.list({ sort_by, per_page: 1000, cursor })

    expect(rest.items.map(({ data }) => data.id)).toContain(id)
    await replay('resume')
  },
)

it('waits for a replica that is about to have the position (5.9)', async () => {
  const { client } = app
  await replay('pause')
  const { id, position } = await logVisit(client)
  const startMs = performance.now()
  const read = idsOf(client, { min_position: position }).then((ids) => ({
    ids,
    tookMs: performance.now() - startMs,
  }))
  await pause(300)
  await replay('resume')
  const { ids, tookMs } = await read

  expect(ids).toContain(id)
  expect(tookMs).toBeGreaterThan(290)
})

it('refuses a position that the primary has not given, at once (5.4, 5.9)', async () => {
  const { fetch } = app
  const statusOf = async (generation: number, offset: number) => {
    const text = btoa(`firehose.visit.by_account,${generation},${offset}`)
    const query = `min_position=${encodeURIComponent(text)}`
    const list = await fetch(`/v2/visits?${query}`)
    const stream = await fetch(streamed('tail', `&${query}`))
    return [list.status, stream.status, (await fetch(streamed(text))).status]
  }

  expect(await statusOf(0, 1_000)).toEqual([400, 400, 400])
  expect(await statusOf(1, 1)).toEqual([400, 400, 400])
})

it('answers waiting requests as soon as the primary has events, however far replicas lag (5.8.2)', async () => {
  const { client } = app
  const first = await logVisit(client)
  await expect.poll(() => idsOf(client)).toContain(first.id)
  await replay('pause')
  let { position } = first
  const lateMs: number[] = []
  for (let n = 0; n < 3; n++) {
    const waiting = client.stream
      .read({ position, wait: 5 })
      .then((page) => ({ page, atMs: performance.now() }))
    await pause(200)
    const { id } = await logVisit(client)
    const writtenMs = performance.now()
    const { page, atMs } = await waiting
    expect(page.items.map(({ data }) => data.id)).toEqual([id])
    lateMs.push(Math.round(atMs - writtenMs))
    ;({ position } = page.meta)
  }
  await replay('resume')
  console.log('answered beside a stopped standby after ms:', lateMs.join(' '))
  // A busy machine may be late, but not each time; the standby would never have them.
  expect(Math.min(...lateMs)).toBeLessThan(500)
})

it('still reads from a replica where an account is missing or a statement fails (5.9)', async () => {
  const { client, store } = app
  const first = await logVisit(client)
  await expect.poll(() => idsOf(client)).toContain(first.id)
  await replay('pause')
  const { id } = await logVisit(client)
  expect(await idsOf(client)).not.toContain(id)
  await expect(store.events.read(424_242, { offset: 0, limit: 1 })).rejects.toThrow('no stream')
  expect(await idsOf(client)).not.toContain(id)
  const wrong = { offset: 0, limit: Number.NaN }
  await expect(store.events.read(app.account, wrong)).rejects.toThrow('NaN')
  expect(await idsOf(client)).not.toContain(id)
  await replay('resume')
})

it('takes an unreachable replica out of rotation until it recovers (5.9)', async () => {
  const { client } = app
  const first = await logVisit(client)
  await expect.poll(() => idsOf(client)).toContain(first.id)
  await standby.kill()
  const second = await logVisit(client)
  for (let reads = 0; reads < 5; reads++) {
    expect(await idsOf(client)).toContain(second.id)
    expect(await eventsOf(client, { min_position: second.position })).toContain(second.id)
  }
  await standby.start()
  await expect.poll(() => primaryHeadIsReplayed()).toBe(true)
  await replay('pause')
  const third = await logVisit(client)
  await expect.poll(() => idsOf(client), { interval: 200 }).not.toContain(third.id)
  await replay('resume')
})

/** Whether the standby has all that the primary has. */
async function primaryHeadIsReplayed(): Promise<boolean> {
  const text = 'select head from account_stream'
  const [here] = await select(primary.url(), text)
  const [there] = await select(standby.url(), text)
  return here?.['head'] === there?.['head']
}

it(
  'reads from a standby of an idle primary, and not from one that has stopped replaying',
  timed,
  async () => {
    const { child, url } = await serveDoorstep(temporaryFolder(), [
      '--database-url',
      primary.url(),
      '--database-replica-urls',
      standby.url(),
      '--database-replica-lag-seconds',
      String(replicaLagMs / 1000),
    ])
    const client = createClient({ url, token: app.tokens.admin })
    const isAsked = async () => {
      await replay('pause')
      const { id } = await logVisit(client)
      const ids = await idsOf(client)
      await replay('resume')
      return !ids.includes(id)
    }
    await pause(2 * replicaLagMs)
    expect(await isAsked()).toBe(true)

    // The process that receives what the primary writes stands still; its connection stays.
    const [receiver] = await select(standby.url(), 'select pid from pg_stat_wal_receiver')
    process.kill(Number(receiver?.['pid']), 'SIGSTOP')
    try {
      const { id } = await logVisit(client)
      const writtenMs = performance.now()
      expect(await idsOf(client)).not.toContain(id)
      await expect.poll(() => idsOf(client)).toContain(id)
      const lateMs = performance.now() - writtenMs
      console.log('a standby that has stopped was asked for ms:', Math.round(lateMs))
      expect(lateMs).toBeLessThan(replicaLagMs + 2_000)
      for (let reads = 0; reads < 5; reads++) {
        expect(await eventsOf(client)).toContain(id)
        await pause(300)
      }
    } finally {
      process.kill(Number(receiver?.['pid']), 'SIGCONT')
    }
    await expect.poll(isAsked, { interval: 500 }).toBe(true)
    await stop(child, 'SIGTERM')
  },
)

it('rejects positions of lost events once a standby is promoted and the stream reset (5.4)', async () => {
  const kept = await logVisit(app.client)
  await expect.poll(() => primaryHeadIsReplayed()).toBe(true)
  await standby.kill()
  const lost = await logVisit(app.client)
  await primary.kill()
  await standby.start()
  await select(standby.url(), 'select pg_promote()')
  const ofPromoted = ['--database-url', standby.url()]
  const reset = ['stream', 'reset', '--account', 'Acme', ...ofPromoted]
  expect(await doorstep(reset, temporaryFolder())).toMatchObject({ status: 0 })

  const flags = [...ofPromoted, '--database-replica-urls', nowhere]
  const { url } = await serveDoorstep(temporaryFolder(), flags)
  const client = createClient({ url, token: app.tokens.admin })
  const next = await logVisit(client)
  const { items } = await client.stream.read({ position: kept.position })

  expect(items.map(({ data }) => data.id)).toEqual([next.id])
  expect(await idsOf(client, { min_position: kept.position })).toContain(kept.id)
  await expect(client.stream.read({ position: lost.position })).rejects.toThrow(PositionGoneError)
  await expect(idsOf(client, { min_position: lost.position })).rejects.toThrow(PositionGoneError)
})
