import { setTimeout as pause } from 'node:timers/promises'

import pg from 'pg'
import { expect, it } from 'vitest'

import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { newEventId, world } from '../../src/storage/contract/example-store.ts'
import { spanOf } from '../../src/storage/postgres/event-partition-spans.ts'
import { makePartitions } from '../../src/storage/postgres/event-partitions.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { doorstep } from '../support/doorstep.ts'
import { environmentOf, newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { timed } from '../support/timed.ts'

const hourMs = 3_600_000
const retentionMs = 72 * hourMs
const eventsBefore = 300_000
/** For a machine that is busy with other tests; the number is printed, too. */
const waitMaxMs = 2_000

it('keeps in the partition of their day what is written before the first server starts', async () => {
  const dataDir = temporaryFolder()
  expect(await doorstep(['demo', '--visits', '50'], dataDir)).toMatchObject({ status: 0 })
  const url = environmentOf(dataDir)['DATABASE_URL'] ?? ''
  const [kept] = await select(
    url,
    `select count(*)::int n, count(*) filter (where tableoid = 'visit_events_default'::regclass)::int
       outside from visit_events`,
  )
  expect(kept).toMatchObject({ n: 50, outside: 0 })
})

/** Events that were appended before there were partitions. */
async function addEventsOutside(url: string, account: number, count: number): Promise<void> {
  const now = Date.now()
  await select(
    url,
    `insert into visit_events (account_id, "offset", visit_id, sequence, appended_at, body)
     select ${account}, n, n, 1, ${now - hourMs} + n, '{"data":{"id":' || n || '}}' || repeat(' ', 900)
     from generate_series(1, ${count}) n`,
  )
  await select(
    url,
    `update account_stream set head = ${count}, last_event_at = ${now} where account_id = ${account}`,
  )
}

it('scans events that are in no partition once, and not while others wait', async () => {
  const url = await newDatabase()
  const store = await openPostgresStore({ url, clock: Date.now })
  const { key: account } = await createAccount(store, 'Scans', 'scans@example.com')
  await addEventsOutside(url, account, 20_000)
  const locked: unknown[] = []
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      locked.push(
        ...(await select(
          url,
          `select a.query from pg_locks l join pg_stat_activity a using (pid)
           where l.relation = 'visit_events_default'::regclass
             and l.mode = 'AccessExclusiveLock' and a.query ~ 'validate|max\\(appended_at'`,
        )),
      )
    }
  })()
  await store.events.rotate(Date.now(), retentionMs)
  isOver = true
  await watching
  // A connection reports its counts when it ends.
  await store[Symbol.asyncDispose]()
  const scans = `select seq_scan::int n from pg_stat_user_tables where relname = 'visit_events_default'`
  await expect.poll(() => select(url, scans)).toEqual([{ n: 1 }])
  expect(locked).toEqual([])
})

it(
  'creates partitions beside many events that are in none, and no reader or writer waits',
  timed,
  async () => {
    const url = await newDatabase()
    await using store = await openPostgresStore({ url, clock: Date.now })
    const { key: account } = await createAccount(store, 'Many', 'many@example.com')
    await addEventsOutside(url, account, eventsBefore)
    const now = Date.now()
    const [sample] = world
    if (!sample) throw new Error('the world is empty')
    let isOver = false
    const waits: number[] = []
    async function keepOn(work: () => Promise<unknown>): Promise<void> {
      while (!isOver) {
        const beganMs = performance.now()
        await work()
        waits.push(performance.now() - beganMs)
        await pause(5)
      }
    }
    let id = 10_000_000
    const busy = [
      keepOn(() => store.events.read(account, { offset: eventsBefore - 20, limit: 20 })),
      keepOn(() =>
        store.write(account, (tx) => importVisits(tx, [{ ...sample, id: id++ }], newEventId)),
      ),
    ]
    const names = async () =>
      (
        await select(
          url,
          `select inhrelid::regclass::text as name from pg_inherits
         where inhparent = 'visit_events'::regclass`,
        )
      ).map(({ name }) => String(name))
    await expect.poll(() => waits.length).toBeGreaterThan(20)
    for (let round = 0; round < 10 && (await names()).length < 3; round++) {
      await store.events.rotate(now, retentionMs)
    }
    isOver = true
    await Promise.all(busy)

    console.log('longest wait while partitions were made, ms:', Math.round(Math.max(...waits)))
    // The default, and days from tomorrow on, or from the next where that is about to begin.
    expect((await names()).length).toBeGreaterThanOrEqual(3)
    expect(Math.max(...waits)).toBeLessThan(waitMaxMs)
    // Later days are written to once they come, and nothing of the work is left behind.
    const tomorrow = await openPostgresStore({ url, clock: () => now + 49 * hourMs })
    await tomorrow.write(account, (tx) => importVisits(tx, [{ ...sample, id }], newEventId))
    const [last] = await select(
      url,
      'select tableoid::regclass::text as place from visit_events order by "offset" desc limit 1',
    )
    expect(last?.['place']).not.toBe('visit_events_default')
    expect(
      await select(
        url,
        `select conname from pg_constraint where conrelid = 'visit_events_default'::regclass and contype = 'c'`,
      ),
    ).toEqual([])
    await tomorrow[Symbol.asyncDispose]()
  },
)

it('resumes where a process has ended while it created partitions', async () => {
  const url = await newDatabase()
  await using store = await openPostgresStore({ url, clock: Date.now })
  const { key: account } = await createAccount(store, 'Broken off', 'off@example.com')
  const now = Date.now()
  const [sample] = world
  if (!sample) throw new Error('the world is empty')
  await select(
    url,
    `alter table visit_events_default add constraint visit_events_default_before_${now - hourMs}
     check (appended_at < ${now - hourMs}) not valid`,
  )
  await store.events.makeRoom(now, retentionMs)
  await store.write(account, (tx) => importVisits(tx, [sample], newEventId))
  expect((await store.events.read(account, { offset: 0, limit: 10 })).stream.head).toBe(1)
})

const boundsOf = (url: string) =>
  select(
    url,
    `select conname from pg_constraint where conrelid = 'visit_events_default'::regclass and contype = 'c'`,
  )

it('creates partitions where several processes start at the same time', async () => {
  const url = await newDatabase()
  const stores = [0, 1, 2].map(() => openPostgresStore({ url, clock: Date.now }))
  const [first] = await Promise.all(stores)
  if (!first) throw new Error('there are three')
  const { key: account } = await createAccount(first, 'Together', 'together@example.com')
  await addEventsOutside(url, account, 20_000)
  const now = Date.now()
  const settled = await Promise.allSettled(
    stores.map(async (opening, index) => {
      const store = await opening
      await pause(5 * index)
      await store.events.makeRoom(now, retentionMs)
    }),
  )
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  expect(await boundsOf(url)).toEqual([])
  for (const store of stores) await (await store)[Symbol.asyncDispose]()
})

it.each([
  ['looks through the events', 'validate constraint'],
  ['attaches them', 'lock table account_stream'],
])('accepts that another process has created them before this one %s', async (_, statement) => {
  const url = await newDatabase()
  await using store = await openPostgresStore({ url, clock: Date.now })
  const { key: account } = await createAccount(store, 'Overtaken', 'overtaken@example.com')
  await addEventsOutside(url, account, 2_000)
  const now = Date.now()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const run = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows
  let isOvertaken = false
  await makePartitions(
    async (work) => {
      await run('begin')
      try {
        return await work(async (text) => {
          if (text.includes(statement) && !isOvertaken) {
            isOvertaken = true
            // Nothing is held so far but the lock that it would have waited for.
            await run('commit; begin')
            await store.events.makeRoom(now, retentionMs)
          }
          return await run(text)
        })
      } finally {
        // Of a transaction that has failed, too, nothing is left by it.
        await run('commit')
      }
    },
    now,
    spanOf(retentionMs),
  )
  await client.end()
  expect(isOvertaken).toBe(true)
  const [made] = await select(
    url,
    `select count(*)::int n from pg_inherits where inhparent = 'visit_events'::regclass
       and inhrelid <> 'visit_events_default'::regclass`,
  )
  expect(made).toEqual({ n: 3 })
  expect(await boundsOf(url)).toEqual([])
})
