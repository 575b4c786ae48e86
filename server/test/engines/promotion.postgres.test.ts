import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { resumeOffset } from '../../src/domain/positions.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { newEventId, world } from '../../src/storage/contract/example-store.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { serveDoorstep, stop } from '../support/doorstep.ts'
import {
  bundledBinaries,
  type PostgresServer,
  select,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

const standbySettings = { wal_level: 'replica' }

/** One URL of all these hosts. */
const urlOfAll = (first: PostgresServer, others: readonly PostgresServer[]): string =>
  first.url().replace(/@(.+)\//, `@${others.map(({ port }) => `127.0.0.1:${port},`).join('')}$1/`)

it('follows a promoted standby to another host, and ends the positions that it has lost (5.4)', async () => {
  await using primary = await startPostgres(bundledBinaries(), standbySettings)
  await using standby = await startStandby(primary)
  const url = urlOfAll(primary, [standby])
  await using store = await openPostgresStore({ url, clock: Date.now })
  const { key: account } = await createAccount(store, 'Moved', 'a@example.com')
  let written = 0
  const write = () =>
    store.write(account, (tx) => importVisits(tx, world.slice(written++, written), newEventId))
  const state = async () => (await store.events.read(account, { offset: 0, limit: 1 })).stream
  await write()
  const kept = await state()
  const received = async () =>
    (
      await select(
        standby.url(),
        `select head::int from account_stream where account_id = ${account}`,
      )
    )[0]
  await expect.poll(received).toEqual({ head: kept.head })
  await standby.kill()
  await write()
  const lost = await state()
  await primary.kill()
  await standby.start()
  await expect(write()).rejects.toMatchObject({ code: 'unavailable' })
  await select(standby.url(), 'select pg_promote()')

  await expect.poll(state).toMatchObject({ head: kept.head })
  await write()
  const now = await state()
  expect([kept.generation, lost.generation]).toEqual([0, 0])
  expect(now.generation).toBeGreaterThan(0)
  expect(now.head).toBe(lost.head)
  expect(resumeOffset({ generation: 0, offset: kept.head }, now)).toBe(kept.head)
  expect(() => resumeOffset({ generation: 0, offset: lost.head }, now)).toThrow(/restored/)
  expect(await store.check(account)).toEqual([])
})

it('finds the primary behind a standby that has no tables yet (5.4)', async () => {
  await using primary = await startPostgres(bundledBinaries(), standbySettings)
  await using standby = await startStandby(primary)
  await select(standby.url(), 'select pg_wal_replay_pause()')
  await using store = await openPostgresStore({
    url: urlOfAll(primary, [standby]),
    clock: Date.now,
  })
  const { key: account } = await createAccount(store, 'First', 'a@example.com')
  expect(await store.check(account)).toEqual([])
})

it('ends what two standbys in turn have given and lost, and says so in the log and the audit (5.4, 10.20)', async () => {
  await using primary = await startPostgres(bundledBinaries(), standbySettings)
  await using second = await startStandby(primary)
  await using third = await startStandby(primary)
  const env = { DATABASE_URL: urlOfAll(primary, [second, third]) }
  const { child, url, token, errors } = await serveDoorstep(temporaryFolder(), [], env)
  const client = createClient({ url, token, retry: { attemptsMax: 1 } })
  const lead = (await client.leads.create({ last_name: 'Visited' })).data.id
  const write = async () =>
    (await client.visits.create({ resource_type: 'lead', resource_id: lead })).meta.position ?? ''
  const isReady = async () => (await fetch(`${url}/readyz`)).ok
  const promote = async (standby: PostgresServer) => {
    await select(standby.url(), 'select pg_promote()')
    await expect.poll(isReady).toBe(true)
  }
  const resets = async () => {
    const answer = await fetch(`${url}/v2/audit?action=stream_reset`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const { items } = (await answer.json()) as { items: { data: object }[] }
    return items.map(({ data }) => data)
  }

  const kept = await write()
  const head = `select head::int from account_stream`
  for (const standby of [second, third]) {
    await expect.poll(() => select(standby.url(), head)).toEqual([{ head: 1 }])
  }
  await third.kill()
  await primary.kill()
  await promote(second)
  const lost = [await write(), await write()]
  expect(await resets()).toEqual([
    expect.objectContaining({
      means: 'server',
      details: {
        generation: expect.any(Number),
        timeline: '00000002',
        timeline_before: '00000001',
      },
    }),
  ])
  await second.kill()
  await third.start()
  await promote(third)
  const [now] = [await write(), await write()]

  expect((await client.stream.read({ position: kept })).items).toHaveLength(2)
  expect((await client.stream.read({ position: now ?? '' })).items).toHaveLength(1)
  for (const position of lost) {
    await expect(client.stream.read({ position })).rejects.toMatchObject({ code: 'stream_reset' })
  }
  // What the second had noted is lost with it.
  expect(await resets()).toHaveLength(1)
  expect(await stop(child, 'SIGTERM')).toBe(0)
  const warnings = (await errors)
    .split('\n')
    .filter((line) => line.includes('new generations of the streams'))
    .map((line): unknown => JSON.parse(line))
  expect(warnings).toHaveLength(2)
  expect(warnings[0]).toMatchObject({
    level: 'warn',
    timeline: '00000002',
    timeline_before: '00000001',
    msg: expect.stringContaining('old primary'),
  })
})
