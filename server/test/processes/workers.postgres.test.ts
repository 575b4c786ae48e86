import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { startProxy } from '../support/database-proxy.ts'
import { stop } from '../support/doorstep.ts'
import { newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { Connection, serveByWorkers } from '../support/workers.ts'

const capacity = 60
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

it('takes the requests of a token from one bucket that all servers share, by account (8.4)', async () => {
  const url = await newDatabase()
  const served = await serveByWorkers(temporaryFolder(), {
    DATABASE_URL: url,
    RATE_LIMIT_PER_HOUR: String(60 * capacity),
  })
  const { token } = served
  const connections = [1, 2, 3].map(() => new Connection(served.url))
  const startMs = performance.now()
  const statuses: number[] = []
  while (performance.now() - startMs < 5_000) {
    for (const each of connections) {
      statuses.push((await each.send('GET', '/v2/users/self', { token })).status)
    }
    await pause(50)
  }
  for (const each of connections) each.close()
  const seconds = (performance.now() - startMs) / 1000
  const allowed = statuses.filter((status) => status === 200).length
  const rows = await select(url, 'select account_id::int, level from rate_buckets')
  console.log('one limit on three workers:', { sent: statuses.length, allowed, seconds, rows })
  expect(rows.map((row) => row['account_id'])).toEqual([1])
  expect(allowed).toBeGreaterThanOrEqual(capacity)
  // What comes within a second is not known to all yet.
  expect(allowed).toBeLessThan(capacity + seconds + 1.5 * (statuses.length / seconds))
  expect(statuses.slice(-10)).not.toContain(200)
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
}, 60_000)
