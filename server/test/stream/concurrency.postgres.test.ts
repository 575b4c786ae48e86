import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { createClient } from '@doorstep/client/client'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'

import { between, newRandom } from '../../src/demo/random.ts'
import { parsePosition } from '../../src/domain/positions.ts'
import { serveDoorstep } from '../support/doorstep.ts'
import { environmentOf, newDatabase, openStoreOf } from '../support/engine.ts'
import { repeats } from '../support/runs.ts'
import { temporaryFolder } from '../support/temporary.ts'

const servers = 3
const readers = 4
const writers = 16
/** Of the writers these log single visits through the servers in turn. */
const writersOverHttp = 12
const loggedEach = repeats({ test: 40, rest: 150, isOfSql: true })
/** The others write batches, some with a pause inside their transaction, in processes of their own. */
const processes = 2
const writtenEach = repeats({ test: 500, rest: 1_700, isOfSql: true })
const logged = writersOverHttp * loggedEach
const events = logged + (writers - writersOverHttp) * writtenEach

/** An event that a reader received: its writer, its number there, and its offset. */
interface Received {
  readonly writer: number
  readonly n: number
  readonly offset: number
}

/** Events that a reader received together, and the offset of the last of them. */
interface Page {
  readonly events: readonly Omit<Received, 'offset'>[]
  readonly offset: number
}

/** What a reader has that trusts each page to start where the one before has ended. */
async function collect(pages: AsyncIterable<Page>, most: number): Promise<Received[]> {
  const received: Received[] = []
  for await (const page of pages) {
    const before = page.offset - page.events.length
    for (const [index, event] of page.events.entries()) {
      received.push({ ...event, offset: before + index + 1 })
    }
    if (received.length >= most) break
  }
  return received
}

/** What no reader may see; all 0 where the promise holds. */
function faultsOf(received: readonly Received[], counts: ReadonlyMap<number, number>) {
  const seen = new Map<string, number>()
  const last = new Map<number, number>()
  let reordered = 0
  let gaps = 0
  for (const [index, { writer, n, offset }] of received.entries()) {
    seen.set(`${writer} ${n}`, (seen.get(`${writer} ${n}`) ?? 0) + 1)
    if (n < (last.get(writer) ?? -1)) reordered++
    last.set(writer, Math.max(n, last.get(writer) ?? -1))
    if (offset !== (received[index - 1]?.offset ?? 0) + 1) gaps++
  }
  const written = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { missed: written - seen.size, repeated: received.length - seen.size, reordered, gaps }
}

const none = { missed: 0, repeated: 0, reordered: 0, gaps: 0 }

it(`sends ${events} events of 16 writers, ${logged} of them logged over 3 servers, to every reader once and in one order (5.5)`, async () => {
  const dataDir = temporaryFolder()
  const env = { RATE_LIMIT_PER_HOUR: '0' }
  const first = await serveDoorstep(dataDir, [], env)
  const { token } = first
  const others = [serveDoorstep(dataDir, [], env), serveDoorstep(dataDir, [], env)]
  const urls = [first, ...(await Promise.all(others))].map(({ url }) => url)
  const clients = urls.map((url) => createClient({ url, token, retry: { attemptsMax: 1 } }))
  const clientAt = (index: number) => {
    const client = clients[index % servers]
    if (!client) throw new Error('no server')
    return client
  }
  await using store = await openStoreOf(dataDir)
  const account = (await store.accounts.list())[0]?.key ?? 0
  const lead = (await clientAt(0).leads.create({ last_name: 'Visited' })).data.id
  const startMs = performance.now()

  async function* pagesOf(reader: number): AsyncGenerator<Page> {
    const options = { position: 'tail', limit: 60 + reader * 10, wait: 20 }
    for await (const page of clientAt(reader).stream.follow(options)) {
      const offset = parsePosition(page.position)?.offset ?? Number.NaN
      yield { events: page.events.map(({ data }) => writtenOf(data.summary)), offset }
    }
  }
  async function log(writer: number): Promise<void> {
    for (let n = 0; n < loggedEach; n++) {
      await clientAt(writer + n).visits.create(
        {
          resource_type: 'lead',
          resource_id: lead,
          summary: `${writer} ${n}`,
          device: { unavailable: 'timeout' },
        },
        { idempotencyKey: `${writer}-${n}` },
      )
    }
  }
  const following = Promise.all(
    Array.from({ length: readers }, (_, index) => collect(pagesOf(index), events)),
  )
  const perProcess = (writers - writersOverHttp) / processes
  const loggingMs = Promise.all(
    Array.from({ length: writersOverHttp }, (_, index) => log(index)),
  ).then(() => performance.now() - startMs)
  await Promise.all([
    loggingMs,
    ...Array.from({ length: processes }, (_, index) =>
      writeInProcess(
        environmentOf(dataDir)['DATABASE_URL'] ?? '',
        account,
        writersOverHttp + index * perProcess,
        perProcess,
      ),
    ),
  ])
  const writtenMs = performance.now() - startMs
  const received = await following

  const counts = new Map(
    Array.from({ length: writers }, (_, index) => [
      index,
      index < writersOverHttp ? loggedEach : writtenEach,
    ]),
  )
  const faults = received.map((of) => faultsOf(of, counts))
  console.log('stream under concurrency:', {
    servers,
    writers,
    readers,
    events,
    logged,
    loggedMs: Math.round(await loggingMs),
    writtenMs: Math.round(writtenMs),
    readMs: Math.round(performance.now() - startMs),
    faults,
  })
  expect(faults).toEqual(received.map(() => none))
  const [one = [], ...rest] = received
  expect(one.map(({ offset }) => offset)).toEqual(Array.from({ length: events }, (_, n) => n + 1))
  for (const other of rest) expect(other).toEqual(one)
  expect(await store.check(account)).toEqual([])
})

/** A visit's summary names its writer, and which of its visits it is. */
function writtenOf(summary: string | null): Omit<Received, 'offset'> {
  const [writer = -1, n = -1] = (summary ?? '').split(' ').map(Number)
  return { writer, n }
}

async function writeInProcess(
  url: string,
  account: number,
  firstWriter: number,
  count: number,
): Promise<void> {
  const script = fileURLToPath(new URL('../support/stream-writers.ts', import.meta.url))
  const numbers = [account, firstWriter, count, writtenEach].map(String)
  const child = spawn(process.execPath, [script, url, ...numbers])
  onTestFinished(() => void child.kill('SIGKILL'))
  const errors = text(child.stderr)
  await once(child, 'exit')
  expect(child.exitCode, await errors).toBe(0)
}

/** How an event gets its offset, as SQL: `$1` is the writer, `$2` how manieth it is. */
const numberings = {
  sequence: {
    tables: 'create table received ("offset" bigserial primary key, writer int, n int)',
    before: 'insert into received (writer, n) values ($1, $2)',
    last: undefined,
  },
  'counter taken last': {
    tables: `create table received ("offset" bigint primary key, writer int, n int);
      create table counter (head bigint); insert into counter values (0)`,
    before: undefined,
    last: `with taken as (update counter set head = head + 1 returning head)
      insert into received select head, $1, $2 from taken`,
  },
} as const

it('shows that the same readers miss events where offsets are of a sequence (5.5)', async () => {
  const faults = await faultsBy('sequence')
  for (const { missed, gaps } of faults) {
    expect(missed).toBeGreaterThan(0)
    expect(gaps).toBeGreaterThan(0)
  }
})

it('shows that the same readers miss none where offsets are of a counter that is taken last (5.5)', async () => {
  const faults = await faultsBy('counter taken last')
  expect(faults).toEqual(faults.map(() => none))
})

/** The faults that each of the readers saw. */
async function faultsBy(name: keyof typeof numberings) {
  const { tables, before, last } = numberings[name]
  const connectionString = await newDatabase()
  const pool = new pg.Pool({ connectionString, max: writers + readers })
  onTestFinished(() => pool.end())
  await pool.query(tables)
  const each = 60
  let isOver = false

  async function write(writer: number): Promise<void> {
    const random = newRandom(writer, 2)
    const client = await pool.connect()
    for (let n = 0; n < each; n++) {
      await client.query('begin')
      if (before !== undefined) await client.query(before, [writer, n])
      if (random() < 0.1) await pause(between(random, 2, 20))
      if (last !== undefined) await client.query(last, [writer, n])
      await client.query('commit')
    }
    client.release()
  }
  async function* pages(): AsyncGenerator<Page> {
    let offset = 0
    for (let isLast = false; ;) {
      const { rows } = await pool.query<Record<'offset' | 'writer' | 'n', unknown>>(
        'select * from received where "offset" > $1 order by "offset" limit 100',
        [offset],
      )
      // A page with a gap ends before the gap.
      const whole = rows.findIndex((row, at) => Number(row.offset) !== Number(rows[0]?.offset) + at)
      const received = rows.slice(0, whole < 0 ? rows.length : whole)
      const last = received.at(-1)
      if (last) {
        offset = Number(last.offset)
        const of = received.map(({ writer, n }) => ({ writer: Number(writer), n: Number(n) }))
        yield { events: of, offset }
        continue
      }
      if (isLast) return
      isLast = isOver
      await pause(2)
    }
  }
  const following = Promise.all(
    Array.from({ length: readers }, () => collect(pages(), Number.POSITIVE_INFINITY)),
  )
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  isOver = true
  const received = await following

  const counts = new Map(Array.from({ length: writers }, (_, writer) => [writer, each]))
  const faults = received.map((of) => faultsOf(of, counts))
  console.log(`offsets by a ${name}:`, { events: writers * each, faults })
  return faults
}
