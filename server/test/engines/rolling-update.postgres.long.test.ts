import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { expect, inject, it } from 'vitest'

import { newRandom } from '../../src/demo/random.ts'
import { findFaults } from '../support/crash-faults.ts'
import { drain, newReader, readHead, readTable } from '../support/crash-reader.ts'
import { crashLead, newWriter, type Target } from '../support/crash-writers.ts'
import { doorstep, type Served, serveDoorstep, spawnDoorstep, stop } from '../support/doorstep.ts'
import { databasePrefix } from '../support/engine.setup.ts'
import { select } from '../support/postgres-server.ts'
import { RequestLog } from '../support/request-log.ts'
import { recordItem } from '../support/sell-items.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { checkOutBefore, commitBefore } from '../support/version-before.ts'

/** A database without tables. */
async function newEmptyDatabase(): Promise<string> {
  const name = `${databasePrefix}${randomUUID().replaceAll('-', '')}`
  const url = new URL(inject('postgresUrl'))
  await select(url.href, `create database ${name} template template0 encoding 'UTF8'`)
  url.pathname = name
  return url.href
}

it.runIf(commitBefore)(
  'servers of the version before go on while those of this one take over, and nothing is lost (5.5, 6.3)',
  async () => {
    const dataDir = temporaryFolder()
    const env = { RATE_LIMIT_PER_HOUR: '0', DATABASE_URL: await newEmptyDatabase() }
    const program = checkOutBefore(commitBefore ?? '', temporaryFolder())
    const startBefore = () => serveDoorstep(dataDir, [], env, undefined, program)
    const first = await startBefore()
    const before = [first, await startBefore()]
    const { token } = first
    const file = join(dataDir, 'leads.json')
    writeFileSync(file, JSON.stringify({ items: [recordItem('lead', crashLead, 1)], meta: {} }))

    using log = new RequestLog(join(dataDir, 'requests.ndjson'))
    const acknowledged = () => log.read().filter(({ at }) => at === 'ok').length
    const untilMore = async (count: number) => {
      const now = acknowledged()
      await expect.poll(acknowledged).toBeGreaterThan(now + count)
    }
    const writers = Array.from({ length: 6 }, (_, index) =>
      newWriter(`w${index}`, log, newRandom(7, 100 + index)),
    )
    const reader = newReader(newRandom(7, 1))
    /** Where the clients of each of the two machines go. */
    const targets: Target[] = before.map(({ url }) => ({ url, token }))
    let isOver = false
    const end = () => isOver
    const following = async (index: number, use: (target: Target) => Promise<void>) => {
      for (let used: Target | undefined; !isOver;) {
        const target = targets[index]
        if (target && target !== used) await use((used = target))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }

    // The lead is imported by a command of the version before, beside its servers.
    const importing = spawnDoorstep(['import', 'json', file], dataDir, env, undefined, program)
    await expect.poll(() => importing.exitCode).toBe(0)
    const running = writers.map((write, index) =>
      following(index % 2, (target) => write(target, end)),
    )
    const reading = following(0, (target) => reader.follow(target))

    await untilMore(50)
    const after: Served[] = []
    for (const [index, { child }] of before.entries()) {
      // The first of this version changes the tables under both of the version before.
      const server = await serveDoorstep(dataDir, [], env)
      after.push(server)
      await untilMore(50)
      expect(await stop(child, 'SIGTERM')).toBe(0)
      targets[index] = { url: server.url, token }
      await untilMore(50)
    }
    isOver = true
    await Promise.all(running)

    const [one, two] = targets
    if (!one || !two) throw new Error('two servers are missing')
    await Promise.all(writers.map((write) => write(two, () => true)))
    const client = createClient({ url: two.url, token })
    const observed = {
      log: log.read(),
      pages: await drain(client),
      head: await readHead(client),
      seen: reader.seen,
      table: await readTable(client),
    }
    console.log('rolling update:', { acknowledged: acknowledged(), events: observed.head })
    for (const { child } of after) await stop(child, 'SIGTERM')
    await reading
    expect(observed.log.filter(({ at }) => at === 'refused')).toEqual([])
    expect(findFaults(observed).slice(0, 20)).toEqual([])
    expect(await doorstep(['doctor'], dataDir, '', env)).toMatchObject({ status: 0 })
  },
)
