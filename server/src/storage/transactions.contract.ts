import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../domain/store.ts'
import { importVisits } from '../domain/visit-imports.ts'
import {
  type OpenStore,
  world,
  newEventId,
  addAccount,
  addVisits,
  request,
  listIds,
  readAll,
} from './world.contract.ts'

export function describeTransactions(open: OpenStore): void {
  let store: Store
  beforeAll(async () => {
    ;({ store } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('leaves nothing behind of work that fails', async () => {
    const account = await addAccount(store, 'Failing')
    await addVisits(store, account, world.slice(0, 5))
    const failing = store.write(account, async (tx) => {
      await importVisits(tx, world.slice(5, 10), newEventId)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await listIds(store, account, request())).toHaveLength(5)
    expect(await readAll(store, account)).toHaveLength(5)
    expect(await store.check(account)).toEqual([])
  })

  it('keeps what is asked for at once apart: one that fails leaves the others alone', async () => {
    const account = await addAccount(store, 'Together')
    const jobs = world.slice(0, 40).map((visit, n) =>
      store.write(account, async (tx) => {
        await importVisits(tx, [visit], newEventId)
        if (n % 3 === 0) throw new Error(`on purpose ${n}`)
      }),
    )
    const ended = await Promise.allSettled(jobs)
    const kept = world.slice(0, 40).filter((_, n) => n % 3 !== 0)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(kept.length)
    expect(await listIds(store, account, request())).toEqual(kept.map(({ id }) => id))
    expect(await readAll(store, account)).toHaveLength(kept.length)
    expect(await store.check(account)).toEqual([])
  })

  it('does not show a reader what is not committed', async () => {
    const account = await addAccount(store, 'Uncommitted')
    const seen: number[] = []
    await store.write(account, async (tx) => {
      await importVisits(tx, world.slice(0, 5), newEventId)
      seen.push((await listIds(store, account, request())).length)
      seen.push((await readAll(store, account)).length)
    })
    expect(seen).toEqual([0, 0])
    expect(await listIds(store, account, request())).toHaveLength(5)
  })

  it('notices when the table and the stream disagree', async () => {
    const account = await addAccount(store, 'Damaged')
    await addVisits(store, account, world.slice(0, 5))
    await store.write(account, async (tx) => {
      const visit = (await tx.visits.find([1000])).get(1000)
      if (visit) await tx.visits.save([{ ...visit, summary: 'changed behind the stream' }])
    })
    const [finding] = await store.check(account)
    expect(finding?.problem).toContain('1 visits differ from their newest event, among them 1000')
  })
}
