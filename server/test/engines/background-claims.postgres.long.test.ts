import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import type { Geocoder } from '../../src/domain/geocoder.ts'
import type { Store } from '../../src/domain/store.ts'
import { geocodeDue } from '../../src/rules/place-addresses.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'
import { startApp } from '../support/start.ts'

const addresses = 60
/** Addresses that are asked for without looking whether the claim is still there. */
const batch = 20

/** As when its connection breaks: the process does not learn of it. */
const takeClaimAway = (url: string, name: string) =>
  select(
    url,
    `select pg_terminate_backend(pid, 1000) from pg_locks
     where locktype = 'advisory' and objid = (hashtext('${name}')::bigint & 4294967295)`,
  )

it('asks for no address of a later batch once another process has the claim to it', async () => {
  const url = await newDatabase()
  const open = () => openPostgresStore({ url, clock: Date.now })
  await using app = await startApp({
    newStore: async () => ({ store: await open(), remove: async () => {} }),
  })
  await using other = await open()
  for (let n = 0; n < addresses; n++) {
    await app.client.leads.create({ last_name: 'Lead', address: { line1: `${n} Mill Lane` } })
  }
  const asked: string[][] = [[], []]
  const place = async (store: Store, index: number, geocoder: Geocoder): Promise<void> => {
    const holdsClaim = () => store.claim('placing')
    const { signal } = new AbortController()
    const counting: Geocoder = (address, given) => {
      asked[index]?.push(address)
      return geocoder(address, given)
    }
    if (!(await holdsClaim())) throw new Error('no claim')
    await geocodeDue(store, { geocoder: counting, clock: Date.now, pauseMs: 0, holdsClaim, signal })
  }
  let placingOther: Promise<void> | undefined
  await place(app.store, 0, async () => {
    if (!placingOther) {
      await takeClaimAway(url, 'placing')
      while (!(await other.claim('placing'))) await pause(20)
      placingOther = place(other, 1, async () => ({ failure: 'not_found', detail: '' }))
    }
    return { failure: 'not_found', detail: '' }
  })
  await placingOther

  const [first = [], second = []] = asked
  console.log('asked by the one without the claim:', first.length, 'with it:', second.length)
  expect(new Set([...first, ...second]).size).toBe(addresses)
  expect(first.length).toBeLessThanOrEqual(batch)
  expect(await app.store.claim('placing')).toBe(false)
})
