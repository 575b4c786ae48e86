import { expect, it } from 'vitest'

import { resumeOffset } from '../../src/domain/positions.ts'
import { importVisits } from '../../src/rules/imports/visits.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { newEventId, world } from '../../src/storage/contract/example-store.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { bundledBinaries, select, startPostgres, startStandby } from '../support/postgres-server.ts'

it('follows a promoted standby to another host, and ends the positions that it has lost (5.4)', async () => {
  await using primary = await startPostgres(bundledBinaries(), { wal_level: 'replica' })
  await using standby = await startStandby(primary)
  const url = primary.url().replace(/@(.+)\//, `@127.0.0.1:${standby.port},$1/`)
  await using store = await openPostgresStore({ url, clock: Date.now })
  const { key: account } = await createAccount(store, 'Moved', 'a@example.com')
  let written = 0
  const write = () =>
    store.write(account, (tx) => importVisits(tx, world.slice(written++, written), newEventId))
  const state = async () => (await store.events.read(account, { offset: 0, limit: 1 })).stream
  await write()
  const kept = await state()
  const received = async () =>
    (
      await select(
        standby.url(),
        `select head::int from account_stream where account_id = ${account}`,
      )
    )[0]
  await expect.poll(received).toEqual({ head: kept.head })
  await standby.kill()
  await write()
  const lost = await state()
  await primary.kill()
  await standby.start()
  await expect(write()).rejects.toMatchObject({ code: 'unavailable' })
  await select(standby.url(), 'select pg_promote()')

  await expect.poll(state).toMatchObject({ head: kept.head })
  await write()
  const now = await state()
  expect([kept.generation, lost.generation, now.generation]).toEqual([0, 0, 1])
  expect(now.head).toBe(lost.head)
  expect(resumeOffset({ generation: 0, offset: kept.head }, now)).toBe(kept.head)
  expect(() => resumeOffset({ generation: 0, offset: lost.head }, now)).toThrow(/restored/)
  expect(await store.check(account)).toEqual([])
})
