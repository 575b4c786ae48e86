import { join } from 'node:path'

import { expect, it } from 'vitest'

import { addAccount, addVisits, readAll, world } from '../../src/storage/contract/example-store.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open.ts'
import { copied } from '../support/copy.ts'
import { newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'

const dayMs = 24 * 3_600_000

it('puts copied events where they are dropped with their day', async () => {
  const now = Date.now()
  const file = join(temporaryFolder(), 'doorstep.db')
  let time = now - 5 * dayMs
  const onDiskError = (error: Error) => {
    throw error
  }
  const source = openSqliteStore({ file, purpose: 'writing', clock: () => time, onDiskError })
  const account = await addAccount(source, 'One')
  await addVisits(source, account, world.slice(0, 40))
  time = now
  await addVisits(source, account, world.slice(40, 100))
  await source[Symbol.asyncDispose]()

  const url = await newDatabase()
  await copied(`sqlite:${file}`, url)
  expect(
    await select(
      url,
      `select count(*)::int count, tableoid = 'visit_events_default'::regclass is_default
       from visit_events group by tableoid order by count`,
    ),
  ).toEqual([
    { count: 40, is_default: false },
    { count: 60, is_default: false },
  ])
  await using target = await openPostgresStore({ url, clock: Date.now })
  await target.events.rotate(now, 3 * dayMs)
  expect(await readAll(target, account, 40)).toHaveLength(60)
  const { stream } = await target.events.read(account, { offset: 40, limit: 1 })
  expect(stream).toMatchObject({ head: 100, lastDropped: 40 })
})

it('a copy does not take along the timeline of its source, or its server would report a failover', async () => {
  const from = await newDatabase()
  await (await openPostgresStore({ url: from, clock: Date.now }))[Symbol.asyncDispose]()
  await select(from, `update secrets set value = '0000000A' where name = 'timeline'`)
  const url = await newDatabase()
  await copied(from, url)
  expect(await select(url, `select value from secrets where name = 'timeline'`)).toEqual([])
})
