import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, it, onTestFinished } from 'vitest'

import { canCertify, fetchSecurely, makeCertificate } from '../support/certificates.ts'
import { startProxy } from '../support/database-proxy.ts'
import { doorstep, spawnDoorstep, stop } from '../support/doorstep.ts'
import { newDatabase } from '../support/engine.ts'
import { temporaryFolder } from '../support/temporary.ts'
import {
  type Answer,
  Connection,
  serveByWorkers,
  type ServedByWorkers,
} from '../support/workers.ts'

const timeout = 300_000
/** A restart takes a second on a quiet machine. */
const polling = { timeout: 60_000 }
/** More starts than may fail in a row. */
const startsWhileUnreachable = 6
/** Nobody listens there. */
const closedPort = 1
const lead = (last_name: string) => ({ last_name })

function connect({ url }: { readonly url: string }, count: number): Connection[] {
  const all = Array.from({ length: count }, () => new Connection(url))
  onTestFinished(() => all.forEach((each) => each.close()))
  return all
}

it.skipIf(!canCertify)(
  'all workers speak https on one port, and end with connections that say nothing (1.13)',
  { timeout },
  async () => {
    const { certFile, keyFile, cert } = makeCertificate(temporaryFolder(), 'tls')
    const env = { TLS_CERT: certFile, TLS_KEY: keyFile, HTTP_PORT: '0' }
    const { child, url } = await serveByWorkers(temporaryFolder(), env)
    for (let count = 0; count < 6; count++) {
      expect((await fetchSecurely(`${url}/healthz`, [cert])).status).toBe(200)
    }
    const silent = connectTo({ port: Number(new URL(url).port), host: '127.0.0.1' })
    silent.on('error', () => {})
    await once(silent, 'connect')
    expect(await stop(child, 'SIGTERM')).toBe(0)
  },
)

it('prints the metrics of all workers over any connection (8.5)', { timeout }, async () => {
  const served = await serveByWorkers(temporaryFolder(), { METRICS_ALLOW: 'loopback' })
  const { token, url } = served
  for (const each of connect(served, 6)) await each.send('GET', '/v2/users', { token })
  const begin = 'doorstep_request_duration_seconds_count{operation="listUsers",status="200"} '
  const counted = async (): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text()
    const line = text.split('\n').find((each) => each.startsWith(begin))
    return Number(line?.slice(begin.length))
  }
  await expect.poll(counted, polling).toBe(6)
  expect(await counted()).toBe(6)
})

it('reads over any connection what was written over another (6.4)', { timeout }, async () => {
  const dataDir = temporaryFolder()
  const served = await serveByWorkers(dataDir)
  const { token } = served
  const connections = connect(served, 6)
  for (const [index, writing] of connections.entries()) {
    const written = await writing.send('POST', '/v2/leads', { token, data: lead(`l${index}`) })
    expect(written).toMatchObject({ status: 200, body: { data: { last_name: `l${index}` } } })
    const path = `/v2/leads/${written.body.data.id}`
    for (const reading of connections) {
      const read = await reading.send('GET', path, { token })
      expect(read.body).toEqual(written.body)
    }
  }

  const created = await connections[0]?.send('POST', '/v2/leads', { token, data: lead('visited') })
  const visit = { resource_type: 'lead', resource_id: created?.body.data.id }
  const request = { token, data: visit, headers: { 'Idempotency-Key': randomUUID() } }
  const answers = await Promise.all(
    connections.map((each) => each.send('POST', '/v2/visits', request)),
  )
  for (const each of connections) answers.push(await each.send('POST', '/v2/visits', request))
  // 409: the same process is still working on the first of them.
  const answered = answers.filter(({ status }) => status !== 409)
  expect(answered.length).toBeGreaterThan(connections.length)
  expect(answered.map(({ status }) => status)).toEqual(answered.map(() => 200))
  expect(new Set(answered.map(({ body }) => JSON.stringify(body))).size).toBe(1)

  for (const [index, each] of connections.entries()) {
    const data = { description: `token ${index}`, scopes: ['read'] }
    const made = await each.send('POST', '/v2/tokens', { token, data })
    const used = await each.send('GET', '/v2/leads', { token: made.body.data.token ?? '' })
    expect(used.status).toBe(200)
  }

  process.kill(served.pids().at(-1) ?? 0, 'SIGKILL')
  await expect.poll(() => connections.filter(({ isBroken }) => isBroken).length, polling).toBe(2)
  expect(served.output.filter((line) => line.startsWith('listening on'))).toHaveLength(1)
  expect(served.output.filter((line) => line.startsWith('Doorstep has created'))).toHaveLength(1)
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
  // The killed worker takes with it what it had not written yet.
  expect(await countUsedTokens(dataDir)).toBeGreaterThanOrEqual(4)
})

async function countUsedTokens(dataDir: string): Promise<number> {
  const { stdout } = await doorstep(['token', 'list', '--json'], dataDir)
  const lines: { description: string; last_used_at: string | null }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const used = lines.filter(({ last_used_at: at }) => at !== null)
  return used.filter(({ description }) => description.startsWith('token ')).length
}

it('keeps what it acknowledged when workers are killed (6.4)', { timeout }, async () => {
  const dataDir = temporaryFolder()
  const served = await serveByWorkers(dataDir)
  const acknowledged: number[] = []
  const load: Load = { isOver: false, refusals: [] }
  const writers = Array.from({ length: 6 }, (_, index) =>
    writeOn(served, `w${index}`, acknowledged, load),
  )
  for (const started of [4, 5]) {
    await pause(300)
    process.kill(served.pids().at(-1) ?? 0, 'SIGKILL')
    await pause(50)
    const killed = acknowledged.length
    await expect.poll(() => acknowledged.length, polling).toBeGreaterThan(killed + 20)
    await expect.poll(() => served.pids().length, polling).toBe(started)
  }
  load.isOver = true
  await Promise.all(writers)
  for (const refusal of load.refusals) {
    expect(refusal).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
  }

  const [connection] = connect(served, 1)
  const stored = new Set<number>()
  for (let page = 1; ; page++) {
    const path = `/v2/leads?per_page=100&page=${page}`
    const items = (await connection?.send('GET', path, { token: served.token }))?.body.items ?? []
    for (const { data } of items) stored.add(data.id)
    if (items.length < 100) break
  }
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
  expect(await doorstep(['doctor'], dataDir)).toMatchObject({ status: 0 })
})

interface Load {
  isOver: boolean
  /** Answers other than 200. */
  readonly refusals: Answer[]
}

const answerMaxMs = 20_000

/** NOTE: a worker that is killed as it is handed a connection takes it along, open and unanswered. */
const unanswered = async (): Promise<never> => {
  await pause(answerMaxMs, undefined, { ref: false })
  throw new Error('no answer')
}

/** A kill breaks the connection; the next one goes to another worker. */
async function writeOn(
  served: ServedByWorkers,
  name: string,
  acknowledged: number[],
  load: Load,
): Promise<void> {
  let connection = new Connection(served.url)
  for (let count = 0; !load.isOver; count++) {
    try {
      const data = lead(`${name} ${count}`)
      const sent = connection.send('POST', '/v2/leads', { token: served.token, data })
      const answer = await Promise.race([sent, unanswered()])
      if (answer.status === 200) acknowledged.push(answer.body.data.id)
      else load.refusals.push(answer)
    } catch {
      connection.close()
      connection = new Connection(served.url)
      await pause(20)
    }
  }
  connection.close()
}

it('retries a worker that dies until the database is reachable again', { timeout }, async () => {
  await using proxy = await startProxy(await newDatabase())
  const served = await serveByWorkers(temporaryFolder(), { DATABASE_URL: proxy.url })
  const ask = async (path: string): Promise<number> => {
    const connection = new Connection(served.url)
    const { status } = await connection.send('GET', path, { token: served.token })
    connection.close()
    return status
  }
  const before = served.pids()
  expect(before).toHaveLength(3)

  proxy.leadTo(closedPort)
  proxy.cut()
  process.kill(before[1] ?? 0, 'SIGKILL')
  const tries = () => served.pids().length - before.length
  await expect.poll(tries, polling).toBeGreaterThanOrEqual(startsWhileUnreachable)
  expect(served.child.exitCode).toBeNull()
  expect(await ask('/healthz')).toBe(200)
  expect(await ask('/v2/leads')).toBe(503)

  proxy.leadBack()
  const isReady = () => {
    const last = served.pids().at(-1)
    return served.log.some((line) => line.includes('worker ready') && line.includes(`:${last},`))
  }
  await expect.poll(isReady, polling).toBe(true)
  // Each connection goes to the next worker, so these go to all three.
  const askAll = () => Promise.all([1, 2, 3].map(() => ask('/v2/leads')))
  await expect.poll(askAll, polling).toEqual([200, 200, 200])
  expect(served.log.join('')).toContain('the database is unreachable; retrying the worker')
  expect(await stop(served.child, 'SIGTERM')).toBe(0)
})

it('reports why its workers cannot start', { timeout }, async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const taken = await doorstep(['serve', '--workers', '2', '--port', port], temporaryFolder())
  expect(taken.status).toBe(1)
  expect(taken.stderr).toContain('is in use. Choose another PORT or HOST.')
})

it('exits when a worker dies again and again', { timeout }, async () => {
  const env = { CRASH_AT: 'before-commit:1' }
  const child = spawnDoorstep(['serve', '--workers', '2'], temporaryFolder(), env)
  if (!child.stderr) throw new Error('no pipe')
  const [errors] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(child.exitCode).toBe(1)
  expect(errors).toContain('a worker exited on SIGKILL, 5 times in a row')
})
