import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { createClient } from '@doorstep/client/client'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'

import { parsePosition } from '../src/domain/positions.ts'
import { between, newRandom } from '../src/importer/demo/random.ts'
import { serveDoorstep } from './doorstep.ts'
import { environmentOf, newDatabase, openStoreOf } from './engine.ts'
import { temporaryFolder } from './temporary.ts'

const servers = 3
const readers = 4
const writers = 16
/** Of the writers these log single visits over HTTP, the others write batches in three processes. */
const writersOverHttp = 4
const loggedEach = 40
const writtenEach = 1_655
const events = writersOverHttp * loggedEach + (writers - writersOverHttp) * writtenEach

/** What a reader was told: who wrote it, as how manieth, and where in the stream it lies. */
interface Told {
  readonly writer: number
  readonly n: number
  readonly offset: number
}

/** What readers may never be told; all 0 where the promise holds. */
function faultsOf(told: readonly Told[], counts: ReadonlyMap<number, number>) {
  const seen = new Map<string, number>()
  const last = new Map<number, number>()
  let reordered = 0
  for (const { writer, n } of told) {
    seen.set(`${writer} ${n}`, (seen.get(`${writer} ${n}`) ?? 0) + 1)
    if (n < (last.get(writer) ?? -1)) reordered++
    last.set(writer, Math.max(n, last.get(writer) ?? -1))
  }
  const written = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { missed: written - seen.size, repeated: told.length - seen.size, reordered }
}

it(
  `tells ${events} events of 16 writers to every reader once and in one order, over 3 servers (5.5)`,
  { timeout: 120_000 },
  async () => {
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

    const pages: number[] = []
    async function follow(reader: number): Promise<Told[]> {
      const told: Told[] = []
      const { stream } = clientAt(reader)
      let before = 0
      let read = 0
      for await (const page of stream.follow({
        position: 'tail',
        limit: 60 + reader * 10,
        wait: 20,
      })) {
        const offset = parsePosition(page.position)?.offset ?? Number.NaN
        expect(offset - before).toBe(page.events.length)
        for (const [index, { data }] of page.events.entries()) {
          const [writer, n] = (data.summary ?? '').split(' ').map(Number)
          told.push({ writer: writer ?? -1, n: n ?? -1, offset: before + index + 1 })
        }
        before = offset
        read++
        if (told.length >= events) break
      }
      pages.push(read)
      return told
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
    const following = Promise.all(Array.from({ length: readers }, (_, index) => follow(index)))
    const perProcess = (writers - writersOverHttp) / servers
    await Promise.all([
      ...Array.from({ length: writersOverHttp }, (_, index) => log(index)),
      ...Array.from({ length: servers }, (_, index) =>
        writeInProcess(
          environmentOf(dataDir)['DATABASE_URL'] ?? '',
          account,
          writersOverHttp + index * perProcess,
          perProcess,
        ),
      ),
    ])
    const writtenMs = performance.now() - startMs
    const told = await following

    const counts = new Map(
      Array.from({ length: writers }, (_, index) => [
        index,
        index < writersOverHttp ? loggedEach : writtenEach,
      ]),
    )
    const faults = told.map((of) => faultsOf(of, counts))
    console.log('stream under concurrency:', {
      servers,
      writers,
      readers,
      events,
      pages,
      writtenMs: Math.round(writtenMs),
      readMs: Math.round(performance.now() - startMs),
      faults,
    })
    expect(faults).toEqual(told.map(() => ({ missed: 0, repeated: 0, reordered: 0 })))
    const [one = [], ...rest] = told
    expect(one.map(({ offset }) => offset)).toEqual(Array.from({ length: events }, (_, n) => n + 1))
    for (const other of rest) expect(other).toEqual(one)
    expect(await store.check(account)).toEqual([])
  },
)

async function writeInProcess(
  url: string,
  account: number,
  firstWriter: number,
  count: number,
): Promise<void> {
  const script = fileURLToPath(new URL('stream-writers.ts', import.meta.url))
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
    tables: 'create table told ("offset" bigserial primary key, writer int, n int)',
    before: 'insert into told (writer, n) values ($1, $2)',
    last: undefined,
  },
  'counter taken last': {
    tables: `create table told ("offset" bigint primary key, writer int, n int);
      create table counter (head bigint); insert into counter values (0)`,
    before: undefined,
    last: `with taken as (update counter set head = head + 1 returning head)
      insert into told select head, $1, $2 from taken`,
  },
} as const

it('shows that offsets by a sequence lose events to the same writers and readers (5.5)', async () => {
  const faults = await faultsBy('sequence')
  for (const { missed } of faults) expect(missed).toBeGreaterThan(0)
})

it('shows that offsets by a counter that is taken last lose none (5.5)', async () => {
  const faults = await faultsBy('counter taken last')
  expect(faults).toEqual(faults.map(() => ({ missed: 0, repeated: 0, reordered: 0 })))
})

/** What each of the readers was told wrongly. */
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
  async function follow(): Promise<Told[]> {
    const told: Told[] = []
    for (let isLast = false; ;) {
      const { rows } = await pool.query<Record<'offset' | 'writer' | 'n', unknown>>(
        'select * from told where "offset" > $1 order by "offset" limit 100',
        [told.at(-1)?.offset ?? 0],
      )
      for (const { offset, writer, n } of rows) {
        told.push({ offset: Number(offset), writer: Number(writer), n: Number(n) })
      }
      if (rows.length > 0) continue
      if (isLast) return told
      isLast = isOver
      await pause(2)
    }
  }
  const following = Promise.all(Array.from({ length: readers }, follow))
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  isOver = true
  const told = await following

  const counts = new Map(Array.from({ length: writers }, (_, writer) => [writer, each]))
  const faults = told.map((of) => faultsOf(of, counts))
  console.log(`offsets by a ${name}:`, { events: writers * each, faults })
  return faults
}
