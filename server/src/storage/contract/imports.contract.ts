import { afterAll, beforeAll, expect, it } from 'vitest'

import { newProgress } from '../../domain/import-progress.ts'
import type { Import } from '../../domain/imports.ts'
import type { SellSnapshot } from '../../domain/sell-visits.ts'
import type { Store } from '../../domain/store.ts'
import { addAccount, type OpenStore, start } from './example-store.ts'

const run: Import = {
  id: 1,
  source: 'sell',
  baseUrl: 'https://sell.example',
  phase: 'visits',
  progress: { ...newProgress, position: 'p' },
  startedAt: start,
  updatedAt: start,
  finishedAt: null,
  runner: 'host 1 a',
  heartbeatAt: start,
  isStopAsked: false,
  lastError: null,
}

const snapshot: SellSnapshot = {
  id: 7,
  creatorId: 11,
  outcomeId: null,
  status: 'location_unknown',
  resourceKind: 'contact',
  resourceId: 901,
  visitedAt: start,
  summaryDigest: 2 ** 53 - 1,
  updatedAt: start + 123,
  sequence: null,
  eventAt: null,
  isDeleted: false,
  isMissed: false,
  pass: 1,
}

const conflict = {
  visitId: 7,
  item: '{"data":{}}',
  parsed: '{"id":7}',
  differs: ['summary'],
  status: 'open',
  createdAt: start,
  resolvedAt: null,
  resolvedBy: null,
} as const

const page = { offset: 0, limit: 10, sort: { field: 'id', descending: false } } as const

export function describeImports(open: OpenStore): void {
  let store: Store
  let account: number
  let other: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'One')
    other = await addAccount(store, 'Other')
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('stores an import as it was saved, separately for each account', async () => {
    await store.write(account, async (tx) => {
      expect(await tx.imports.nextId()).toBe(1)
      await tx.imports.save(run)
    })
    expect(await store.imports.find(account, 1)).toEqual(run)
    expect(await store.imports.find(other, 1)).toBeUndefined()
    const found = await store.write(account, (tx) =>
      tx.imports.findBySource('sell', 'https://sell.example'),
    )
    expect(found).toEqual(run)
    expect((await store.imports.list(account, page)).rows).toEqual([run])
  })

  it('counts what failed or stands of Sell only, however imports of files ended', async () => {
    const failed = { ...run, lastError: 'no answer', heartbeatAt: start - 5_000 }
    const files = { ...failed, id: 9, source: 'files', baseUrl: 'files:9', heartbeatAt: start }
    const load = async () => {
      const { imports, importsFailed, importHeartbeatAt } = await store.load()
      return { rows: imports.rows, importsFailed, importHeartbeatAt }
    }
    await store.write(other, (tx) => tx.imports.save({ ...files, phase: 'rows' }))
    await store.write(account, (tx) => tx.imports.save({ ...run, phase: 'done' }))
    expect(await load()).toEqual({ rows: 1, importsFailed: 0, importHeartbeatAt: null })
    await store.write(account, (tx) => tx.imports.save(failed))
    expect(await load()).toEqual({ rows: 1, importsFailed: 1, importHeartbeatAt: start - 5_000 })
    await store.write(account, (tx) => tx.imports.save(run))
    await store.write(other, (tx) => tx.imports.remove(9))
  })

  it('lists imports of one source, finds its newest, and removes one with its errors', async () => {
    const files = { ...run, id: 8, source: 'files', baseUrl: 'files:8' }
    const error = { key: 'a', field: '', reason: 'why', item: '{}', at: start }
    await store.write(other, async (tx) => {
      await tx.imports.save({ ...run, id: 7 })
      await tx.imports.save(files)
      await tx.imports.save({ ...files, id: 9, baseUrl: 'files:9' })
      await tx.imports.addErrors(9, [error])
    })
    const ids = async (source?: string) =>
      (await store.imports.list(other, page, source)).rows.map(({ id }) => id)
    expect([await ids(), await ids('files'), await ids('sell')]).toEqual([[7, 8, 9], [8, 9], [7]])
    const newest = await store.write(other, async (tx) => {
      await tx.imports.remove(9)
      return tx.imports.findNewest('files')
    })
    expect(newest).toEqual(files)
    expect([await ids(), await store.imports.countErrors(other, 9)]).toEqual([[7, 8], 0])
  })

  it('finds what another product calls an object, by kind and source (10.19)', async () => {
    const id = { kind: 'lead', source: 'one', externalId: '00Q', id: 5 } as const
    await store.write(account, async (tx) => {
      await tx.externalIds.save([id, { ...id, source: 'two', id: 6 }, { ...id, kind: 'visit' }])
      await tx.externalIds.save([{ ...id, id: 7 }])
    })
    const { externalIds } = store
    expect(await externalIds.findNames(account, 'lead', [5, 6, 7])).toEqual(
      new Map([
        [6, [{ source: 'two', externalId: '00Q' }]],
        [7, [{ source: 'one', externalId: '00Q' }]],
      ]),
    )
    expect(await externalIds.find(account, 'lead', 'one', ['00Q', 'x'])).toEqual(
      new Map([['00Q', 7]]),
    )
    expect((await externalIds.findIds(account, 'lead', '00Q', undefined)).toSorted()).toEqual([
      6, 7,
    ])
    expect(await externalIds.findIds(account, 'lead', '00Q', 'two')).toEqual([6])
    expect(await externalIds.findIds(account, 'contact', '00Q', undefined)).toEqual([])
    expect(await externalIds.findIds(other, 'lead', '00Q', undefined)).toEqual([])
  })

  it('replaces ranges by their filter, and removes those of one list', async () => {
    const range = { list: 'visits', filter: 'creator_id=1', state: '{"a":1}' }
    await store.write(account, async (tx) => {
      await tx.imports.saveRanges(1, [range, { ...range, list: 'leads' }])
      await tx.imports.saveRanges(1, [{ ...range, state: '{"a":2}' }])
    })
    expect(await store.imports.listRanges(account, 1, 'visits')).toEqual([
      { ...range, state: '{"a":2}' },
    ])
    await store.write(account, (tx) => tx.imports.removeRanges(1, 'visits'))
    expect(await store.imports.listRanges(account, 1, 'visits')).toEqual([])
    expect(await store.imports.listRanges(account, 1, 'leads')).toHaveLength(1)
  })

  it('stores each listed id once, however long the list is, and removes all of one list', async () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => n + 1)
    await store.write(account, async (tx) => {
      await tx.imports.addListed(2, 'users', ids)
      await tx.imports.addListed(2, 'users', [5, 3])
      await tx.imports.addListed(2, 'leads', [7])
      const error = { field: '', reason: 'why', item: '{}', at: start }
      await tx.imports.addErrors(2, [
        { ...error, key: 'users 1' },
        { ...error, key: 'leads 7' },
      ])
    })
    expect(await store.imports.listListed(account, 2, 'users')).toEqual(ids)
    expect(await store.imports.listListed(other, 2, 'users')).toEqual([])
    await store.write(account, (tx) => tx.imports.removeList(2, 'users'))
    expect(await store.imports.listListed(account, 2, 'users')).toEqual([])
    expect(await store.imports.listListed(account, 2, 'leads')).toEqual([7])
    expect(await store.imports.listErrors(account, 2, 10)).toMatchObject([{ key: 'leads 7' }])
  })

  it('stores the last state of each visit in Sell, by id', async () => {
    await store.write(account, (tx) => tx.imports.saveSnapshots([{ ...snapshot, id: 9 }, snapshot]))
    expect(await store.imports.listSnapshots(account, 0, 10)).toEqual([
      snapshot,
      { ...snapshot, id: 9 },
    ])
    expect(await store.imports.listSnapshots(account, 7, 10)).toEqual([{ ...snapshot, id: 9 }])
    expect(await store.imports.listSnapshots(other, 0, 10)).toEqual([])
    const found = await store.write(account, (tx) => tx.imports.findSnapshots([7, 8]))
    expect([...found]).toEqual([[7, snapshot]])
  })

  it('supersedes an open conflict of the same visit, and no other', async () => {
    await store.write(account, async (tx) => {
      await tx.imports.addConflict(conflict)
      await tx.imports.addConflict({ ...conflict, visitId: 8 })
      await tx.imports.addConflict(conflict)
    })
    const { rows } = await store.imports.listConflicts(account, undefined, page)
    expect(rows.map(({ id, visitId, status }) => [id, visitId, status])).toEqual([
      [1, 7, 'superseded'],
      [2, 8, 'open'],
      [3, 7, 'open'],
    ])
    expect((await store.imports.listConflicts(account, 'open', page)).rows[1]).toEqual({
      ...conflict,
      id: 3,
    })
    expect((await store.imports.listConflicts(other, undefined, page)).rows).toEqual([])
  })

  it('stores a rejected item once', async () => {
    const error = { key: 'visits 1', field: '/data/id', reason: 'why', item: '{}', at: start }
    await store.write(account, (tx) => tx.imports.addErrors(1, [error]))
    await store.write(account, (tx) => tx.imports.addErrors(1, [error]))
    expect(await store.imports.listErrors(account, 1, 10)).toEqual([error])
    const left = await store.write(account, async (tx) => {
      await tx.imports.addErrors(1, [{ ...error, key: 'users 1' }])
      const before = await tx.imports.countErrors(1, 'visits')
      await tx.imports.removeErrors(1, ['visits 1', 'visits 2'])
      return [before, await tx.imports.countErrors(1, 'visits')]
    })
    expect(left).toEqual([1, 0])
    expect(await store.imports.listErrors(account, 1, 10)).toMatchObject([{ key: 'users 1' }])
  })
}
