import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { startProxy } from './database-proxy.ts'
import { stop } from './doorstep.ts'
import { newDatabase } from './engine.ts'
import { temporaryFolder } from './temporary.ts'
import { Connection, serveByWorkers } from './workers.ts'

/** More starts than may fail in a row. */
const startsWhileAway = 6
/** Nobody listens there. */
const closedPort = 1

it('waits with a worker that dies while the database is away, and starts it when that is back', async () => {
  await using proxy = await startProxy(await newDatabase())
  const served = await serveByWorkers(temporaryFolder(), { DATABASE_URL: proxy.url })
  const ask = async (path: string): Promise<number> => {
    const connection = new Connection(served.url)
    const { status } = await connection.send('GET', path, { token: served.token })
    connection.close()
    return status
  }
  const before = served.pids('equal')
  expect(before).toHaveLength(3)

  proxy.leadTo(closedPort)
  proxy.cut()
  process.kill(before[1] ?? 0, 'SIGKILL')
  const tries = () => served.pids('equal').length - before.length
  await expect.poll(tries, { timeout: 40_000 }).toBeGreaterThanOrEqual(startsWhileAway)
  expect(served.child.exitCode).toBeNull()
  expect(await ask('/healthz')).toBe(200)
  expect(await ask('/v2/leads')).toBe(503)

  proxy.leadBack()
  await expect.poll(() => ask('/v2/leads'), { timeout: 10_000 }).toBe(200)
  // Each connection goes to the next worker, so that these go to all three.
  await pause(6_000)
  expect(await Promise.all([1, 2, 3].map(() => ask('/v2/leads')))).toEqual([200, 200, 200])
  const last = served.pids('equal').at(-1) ?? 0
  expect(process.kill(last, 0)).toBe(true)
  expect(served.log.join('')).toContain('a worker waits for the database')
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
}, 90_000)
