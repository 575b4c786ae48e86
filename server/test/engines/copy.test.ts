import { type Client, createClient } from '@doorstep/client/client'
import { expect, it } from 'vitest'

import { copyStore } from '../../src/storage/copy/copy.ts'
import {
  change,
  copied,
  copy,
  fillEmptyTables,
  killedCopy,
  newFile,
  newPlace,
  openEnd,
  placeOf,
  settingsOf,
} from '../support/copy.ts'
import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { newDataDir } from '../support/target.ts'
import { temporaryFolder } from '../support/temporary.ts'

const demoStore = async (demoVisits: number): Promise<string> =>
  placeOf(await newDataDir({ demoVisits }))

it('copies every row of every table to the other engine and back', async () => {
  const source = await demoStore(200)
  await fillEmptyTables(source)
  const [there, back] = [newFile(), await newPlace()]
  const first = await copied(source, there)
  const second = await copied(there, back)
  expect(first.tables.filter(({ source: { rows } }) => rows === 0)).toEqual([])
  expect(first.tables.map(({ name }) => name)).toContain('visit_events')
  expect(second.tables).toEqual(first.tables)
  expect([first.equal, second.equal]).toEqual([true, true])
})

it('keeps ids, tokens, secrets and positions: readers resume where they were', async () => {
  const dataDir = temporaryFolder()
  const before = await serveDoorstep(dataDir, ['--demo'])
  const clientAt = (url: string) => createClient({ url, token: before.token })
  const { position } = (await clientAt(before.url).stream.read({ position: 'top' })).meta
  const first = await checkIn(clientAt(before.url), 'before the move')
  expect(await stop(before.child, 'SIGTERM')).toBe(0)

  const there = newFile()
  await copied(placeOf(dataDir), there)
  const after = await serveDoorstep(dataDir, [], settingsOf(there))
  expect(await checkIn(clientAt(after.url), 'after the move')).toBe(first + 1)
  const { items } = await clientAt(after.url).stream.read({ position })
  expect(items.map(({ data }) => data.summary)).toEqual(['before the move', 'after the move'])
  expect(await stop(after.child, 'SIGTERM')).toBe(0)
})

/** At the lead or contact of the first visit; answers the new visit's id. */
async function checkIn(client: Client, summary: string): Promise<number> {
  const [visit] = (await client.visits.list({ per_page: 1 })).items
  if (!visit) throw new Error('the demo has no visits')
  const { resource_type, resource_id } = visit.data
  const device = { unavailable: 'timeout' } as const
  return (await client.visits.create({ resource_type, resource_id, summary, device })).data.id
}

it.each([
  ['a file', 'before-commit:6', async () => newFile()],
  ['the engine of this run', 'after-commit:6', newPlace],
])(
  'resumes after a kill, into %s, %s; an unfinished copy cannot be used',
  async (_, crashAt, newTarget) => {
    const source = await demoStore(2500)
    const target = await newTarget()
    await killedCopy(source, target, crashAt)
    const used = await doorstep(['token', 'list'], temporaryFolder(), '', settingsOf(target))
    expect(used).toMatchObject({ status: 1, stdout: '' })
    expect(used.stderr).toContain('This store is an unfinished copy')
    const { equal, added, tables } = await copied(source, target)
    const total = tables.reduce((sum, { source: { rows } }) => sum + rows, 0)
    expect(equal).toBe(true)
    expect(added).toBeGreaterThan(0)
    expect(added).toBeLessThan(total)
    const again = await copy(source, target)
    expect(again).toMatchObject({ status: 1, stdout: '' })
    expect(again.stderr).toContain('is not empty: accounts has rows')
  },
)

it('names the table in which the copy differs, and does not let it be used', async () => {
  const source = await demoStore(300)
  const target = await newPlace()
  await killedCopy(source, target, 'after-commit:6')
  await change(target, `update contacts set latitude = latitude + 1e-9`)
  const { status, stdout } = await copy(source, target)
  expect(status).toBe(1)
  expect(stdout).toMatch(/\ncontacts .* DIFFERENT\n/)
  expect(stdout).toContain('DIFFERENT: contacts. The copy cannot be used')
  const used = await doorstep(['token', 'list'], temporaryFolder(), '', settingsOf(target))
  expect(used.stderr).toContain('This store is an unfinished copy')
})

it('does not resume from another source, or from one that was written to since', async () => {
  const dataDir = await newDataDir()
  const target = newFile()
  await killedCopy(placeOf(dataDir), target, 'after-commit:1')
  await doorstep(['user', 'add', '--name', 'Bo', '--email', 'bo@example.com'], dataDir)
  const { status, stderr } = await copy(placeOf(dataDir), target)
  expect(status).toBe(1)
  expect(stderr).toContain('is an unfinished copy of another store')
})

it.each([
  ['a token was used', 'update access_tokens set last_used_at = 1760000000000'],
  [
    'a stored answer was deleted',
    `delete from idempotency_keys where key = 'k'`,
    `insert into idempotency_keys (account_id, user_id, key, fingerprint, body, created_at)
     values (1, 1, 'k', 'f', '{}', 1)`,
  ],
  [
    'a session has ended',
    `delete from sessions`,
    `insert into sessions (account_id, hash, user_id, created_at, last_used_at)
     values (1, 'h', 1, 1, 1)`,
  ],
])('does not resume when meanwhile %s, and says so at once', async (_, changing, before = '') => {
  const dataDir = await newDataDir()
  await doorstep(['token', 'create', '--user', 'ada@acme.example'], dataDir)
  const source = placeOf(dataDir)
  if (before !== '') await change(source, before)
  const target = newFile()
  await killedCopy(source, target, 'after-commit:1')
  await change(source, changing)
  const { status, stdout, stderr } = await copy(source, target)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('is an unfinished copy of another store')
})

it('refuses a copy whose source was written to meanwhile, and it cannot be used', async () => {
  const dataDir = await newDataDir({ demoVisits: 2500 })
  const target = newFile()
  const added = ['user', 'add', '--name', 'Bo', '--email', 'bo@example.com']
  const statuses: (number | null)[] = []
  {
    await using source = await openEnd(placeOf(dataDir), 'source')
    await using end = await openEnd(target, 'target')
    const read = source.page.bind(source)
    let pages = 0
    source.page = async (table, after, limit) => {
      if (table.name === 'visits' && ++pages === 3) {
        // To a table that is copied, and to one that is not yet.
        statuses.push((await doorstep(added, dataDir)).status)
        await change(placeOf(dataDir), 'update visits set summary = null')
      }
      return read(table, after, limit)
    }
    const copying = copyStore(source, end, () => {})
    await expect(copying).rejects.toThrow(/was written to during the copy.*into an empty store/)
  }
  expect(statuses).toEqual([0])
  const used = await doorstep(['token', 'list'], temporaryFolder(), '', settingsOf(target))
  expect(used.stderr).toContain('This store is an unfinished copy')
  const again = await copy(placeOf(dataDir), target)
  expect(again).toMatchObject({ status: 1, stdout: '' })
  expect(again.stderr).toContain('is an unfinished copy of another store')
  expect((await copied(placeOf(dataDir), newFile())).equal).toBe(true)
})

it('refuses a source that a server uses, a missing table or column, and itself', async () => {
  const dataDir = temporaryFolder()
  const place = placeOf(dataDir)
  const { child } = await serveDoorstep(dataDir)
  const served = await copy(place, newFile())
  expect(served).toMatchObject({ status: 1, stdout: '' })
  expect(served.stderr).toMatch(/A(nother)? Doorstep server.* running on .*Stop it/)
  expect(await stop(child, 'SIGTERM')).toBe(0)
  await change(place, 'create table extra (id bigint primary key)'.replace('bigint', 'integer'))
  await change(place, 'alter table leads add column extra text')
  const wrong = await copy(place, newFile())
  expect(wrong).toMatchObject({ status: 1, stdout: '' })
  expect(wrong.stderr).toMatch(/has no table extra; .* has no column leads\.extra\. Nothing/)
  expect(await copy(place, place)).toMatchObject({ status: 2 })
  const missing = await copy(newFile(), newFile())
  expect(missing.stderr).toContain('There is no store in')
})
