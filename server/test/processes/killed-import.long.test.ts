import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { doorstep, serveDoorstep, spawnDoorstep, stop } from '../support/doorstep.ts'
import { openStoreOf } from '../support/engine.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

/** Enough that there is time for the kills. */
const killedCount = 8_000

it('an import of JSON completes after kill -9 at any moment, as if it had never been killed', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'demo.ndjson')
  await doorstep(['demo', '--visits', `${killedCount}`, '--seed', '7', '--output', file], folder)
  const [killed, whole] = [await newDataDir(), await newDataDir()]
  for (const count of [1, 0.2 * killedCount, 0.4 * killedCount, 0.6 * killedCount]) {
    const child = spawnDoorstep(['import', 'json', file], killed)
    await untilEvents(killed, count)
    await stop(child, 'SIGKILL')
  }
  const last = await doorstep(['import', 'json', file, '--json'], killed)
  expect(JSON.parse(last.stdout).created).toBeGreaterThan(0)
  expect(JSON.parse(last.stdout).unchanged).toBeGreaterThan(killedCount / 3)
  await doorstep(['import', 'json', file], whole)
  expect(await contentsOf(killed)).toEqual(await contentsOf(whole))
  const again = await doorstep(['import', 'json', file, '--json'], killed)
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, rejected: 0 })
  expect((await doorstep(['doctor'], killed)).status).toBe(0)
  expect(readdirSync(killed).filter((name) => name.startsWith('rejected'))).toEqual([])
})

/** Waits until another process has committed so many events. */
async function untilEvents(dataDir: string, count: number): Promise<void> {
  await using store = await openStoreOf(dataDir)
  const [first] = await store.accounts.list()
  const head = async () =>
    (await store.events.read(first?.key ?? 0, { offset: 0, limit: 0 })).stream.head
  await until(async () => (await head()) >= count)
}

/** Everything that a client can read: all visits by pages of every creator, and the whole stream. */
async function contentsOf(dataDir: string): Promise<unknown> {
  const { stdout } = await doorstep(['token', 'create', '--user', 'ada@acme.example'], dataDir)
  const { url, child } = await serveDoorstep(dataDir, ['--rate-limit-per-hour', '0'])
  const client = createClient({ url, token: stdout.trim() })
  const users = await Array.fromAsync(client.users.each())
  const visits: unknown[] = []
  for (const { id } of users) {
    visits.push(...(await Array.fromAsync(client.visits.each({ creator_id: id }))))
  }
  const changes: unknown[] = []
  for await (const { events } of client.stream.follow({
    position: 'tail',
    limit: 100,
    untilTop: true,
  })) {
    changes.push(...events.map(({ data, meta }) => [data, meta.event_type, meta.sequence]))
  }
  await stop(child, 'SIGTERM')
  expect(visits).toHaveLength(killedCount)
  return { users: users.filter(({ email }) => email !== 'ada@acme.example'), visits, changes }
}
