import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../../domain/store.ts'
import { importVisits } from '../../rules/imports/visits.ts'
import {
  type OpenStore,
  type StoreUnderTest,
  world,
  newEventId,
  addAccount,
  addVisits,
  request,
  listIds,
  readAll,
} from './example-store.ts'

export function describeTransactions(open: OpenStore): void {
  let store: Store
  let openAgain: StoreUnderTest['openAgain']
  beforeAll(async () => {
    ;({ store, openAgain } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('rolls back all of the work if it fails', async () => {
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

  it.each([false, true])(
    'isolates simultaneous work: a failure does not affect the others (repeatable: %s)',
    async (isRepeatable) => {
      const account = await addAccount(store, 'Together')
      const jobs = world.slice(0, 40).map((visit, n) =>
        store.write(
          account,
          async (tx) => {
            await importVisits(tx, [visit], newEventId)
            if (n % 3 === 0) throw new Error(`on purpose ${n}`)
          },
          { isRepeatable },
        ),
      )
      const ended = await Promise.allSettled(jobs)
      const committed = world.slice(0, 40).filter((_, n) => n % 3 !== 0)
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(committed.length)
      expect(await listIds(store, account, request())).toEqual(committed.map(({ id }) => id))
      expect(await readAll(store, account)).toHaveLength(committed.length)
      expect(await store.check(account)).toEqual([])
    },
  )

  it.each(['reads on', 'ends'])(
    'isolates work whose statement the database rejects, and says why, when it %s afterwards',
    async (then) => {
      const account = await addAccount(store, `Refused, ${then}`)
      const answer = { fingerprint: '', body: '' }
      const jobs = world.slice(0, 20).map((visit, n) =>
        store.write(account, async (tx) => {
          await importVisits(tx, [visit], newEventId)
          if (n % 3 !== 0) return
          await tx.idempotency.add(1, 'the same', answer, n)
          await tx.idempotency.add(1, 'the same', answer, n)
          if (then === 'reads on') await tx.idempotency.find(1, 'another')
        }),
      )
      const ended = await Promise.allSettled(jobs)
      const committed = world.slice(0, 20).filter((_, n) => n % 3 !== 0)
      const refusals = ended.flatMap((so) => (so.status === 'rejected' ? [String(so.reason)] : []))
      expect(refusals).toHaveLength(7)
      for (const refusal of refusals) expect(refusal).toMatch(/unique constraint/i)
      expect(await listIds(store, account, request())).toEqual(committed.map(({ id }) => id))
      expect(await readAll(store, account)).toHaveLength(committed.length)
      expect(await store.check(account)).toEqual([])
    },
  )

  it('leaves what work has read unchanged until it has written, whoever else writes', async () => {
    await using other = await openAgain()
    const account = await addAccount(store, 'Counted')
    const count = async (by: Store) => {
      await by.write(account, async (tx) => {
        const found = await tx.account.find()
        await new Promise((resolve) => setImmediate(resolve))
        await tx.account.save({ ...found, name: `${Number(found.name) + 1}` })
      })
    }
    await store.write(account, async (tx) => {
      await tx.account.save({ ...(await tx.account.find()), name: '0' })
    })
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 20 }, (_, n) => count(n % 2 === 0 ? store : other)))
    }
    expect((await store.accounts.find(account))?.name).toBe('100')
  })

  it('gives different accounts to processes that add accounts at once', async () => {
    await using other = await openAgain()
    const keys = await Promise.all(
      Array.from({ length: 8 }, (_, n) => addAccount(n % 2 === 0 ? store : other, `Added ${n}`)),
    )
    expect(new Set(keys).size).toBe(8)
    const secrets = await Promise.all([store.secret('both', '1'), other.secret('both', '2')])
    expect(new Set(secrets).size).toBe(1)
  })

  it('numbers events without gaps when two processes write', async () => {
    await using other = await openAgain()
    const account = await addAccount(store, 'Two writers')
    await Promise.all(
      world
        .slice(0, 60)
        .map((visit, n) => addVisits(n % 2 === 0 ? store : other, account, [visit])),
    )
    expect(await readAll(other, account)).toHaveLength(60)
    expect(await listIds(other, account, request())).toHaveLength(60)
    expect(await store.check(account)).toEqual([])
  })

  it('rolls back a preview, and commits the work beside it', async () => {
    const account = await addAccount(store, 'Preview')
    const [first, second] = world
    if (!first || !second) throw new Error('there are no example visits')
    const [found] = await Promise.all([
      store.preview(account, async (tx) => {
        await importVisits(tx, [first], newEventId)
        return (await tx.visits.find([first.id])).size
      }),
      addVisits(store, account, [second]),
    ])
    expect(found).toBe(1)
    expect(await listIds(store, account, request())).toEqual([second.id])
    expect(await store.check(account)).toEqual([])
  })

  it('keeps the last of several rows of one id', async () => {
    const account = await addAccount(store, 'Same id')
    const record = {
      ownerId: null,
      attributes: '{}',
      point: null,
      verificationRadiusM: null,
      createdAt: 1,
      updatedAt: 1,
    }
    await store.write(account, (tx) =>
      tx.leads.save([
        { ...record, id: 1, ownerId: 1 },
        { ...record, id: 2 },
        { ...record, id: 1, ownerId: 2 },
      ]),
    )
    const found = await store.write(account, (tx) => tx.leads.find([1, 2]))
    expect(found.get(1)?.ownerId).toBe(2)
    expect(found.size).toBe(2)
  })

  it('notifies listeners of committed events, and not of those rolled back', async () => {
    const account = await addAccount(store, 'Notified')
    const notified: (number | undefined)[] = []
    const stop = store.events.onAppended((of) => void notified.push(of))
    const announced = () => notified.filter((of) => of === account)
    await store.write(account, async () => {})
    const undone = store.write(account, async (tx) => {
      await importVisits(tx, world.slice(0, 1), newEventId)
      throw new Error('on purpose')
    })
    await expect(undone).rejects.toThrow('on purpose')
    expect(announced()).toEqual([])
    await addVisits(store, account, world.slice(0, 1))
    expect(announced()).toEqual([account])
    stop()
    await addVisits(store, account, world.slice(1, 2))
    expect(announced()).toEqual([account])
  })

  it('does not show a reader what is not committed', async () => {
    const account = await addAccount(store, 'Uncommitted')
    const seen: number[] = []
    await store.write(account, async (tx) => {
      await importVisits(tx, world.slice(0, 5), newEventId)
      seen.push((await listIds(store, account, request())).length)
      seen.push((await readAll(store, account)).length)
      const ids = world.slice(0, 5).map(({ id }) => id)
      seen.push((await store.read(account, ({ visits }) => visits.find(ids))).size)
    })
    expect(seen).toEqual([0, 0, 0])
    expect(await listIds(store, account, request())).toHaveLength(5)
  })

  it('reports a table and a stream that disagree', async () => {
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
