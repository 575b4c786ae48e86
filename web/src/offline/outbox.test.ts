import { ForbiddenError, NetworkError, UnauthorizedError } from '@doorstep/client/errors'
import type { CreateOptions, Visits } from '@doorstep/client/visits'
import type { VisitDraft, VisitItem } from '@doorstep/contract/visits'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { visit } from '../../../client/test/samples.ts'
import { useIndexedDb } from '../../test/support/indexed-db.ts'
import { type Database, openDatabase, recordKey } from './database.ts'
import { outboxLock } from './outbox-channel.ts'
import { Outbox } from './outbox.ts'

useIndexedDb()

const draft = (summary: string): VisitDraft => ({ resource_type: 'lead', resource_id: 7, summary })
const shop = { name: 'Corner Shop', address: null }
const lost = () => new NetworkError({ message: 'lost', code: 'network_error', details: 'lost' })

const forbidden = () => {
  const said = { code: 'forbidden', message: 'No', details: 'Not yours to remove.' }
  return new ForbiddenError({ ...said, status: 403, errors: [said] })
}

/** A server that takes each key once; `answers` may hold its answers up, or lose them. */
function startServer() {
  const visits = new Map<string, { readonly item: VisitItem; readonly summary: string }>()
  const removed: number[] = []
  const server = {
    removed,
    posts: 0,
    isReached: true,
    removes: true,
    answers: async (_summary: string): Promise<void> => {},
    holds: () =>
      [...visits.values()].flatMap(({ item, summary }) =>
        removed.includes(item.data.id) ? [] : [summary],
      ),
    client: {
      visits: {
        async create(given: VisitDraft, { idempotencyKey = '', signal }: CreateOptions = {}) {
          server.posts++
          if (!server.isReached) throw lost()
          const summary = given.summary ?? ''
          const known = visits.get(idempotencyKey)?.item
          const data = visit(visits.size + 1)
          const item = known ?? { data, meta: { type: 'visit' as const, position: 'p' } }
          visits.set(idempotencyKey, { item, summary })
          await server.answers(summary)
          signal?.throwIfAborted()
          return item
        },
        async remove(id: number) {
          if (!server.isReached) throw lost()
          if (!server.removes) throw forbidden()
          removed.push(id)
        },
      } satisfies Pick<Visits, 'create' | 'remove'>,
    },
  }
  return server
}

/** Less than until a flush begins by itself. */
const soon = { timeout: 10_000 }

let database: Database
const opened: Outbox[] = []

function open(server: ReturnType<typeof startServer>, isTheirs = async () => true) {
  const onError = vi.fn<(error: unknown) => void>()
  const onNotRemoved = vi.fn<(customers: unknown) => void>()
  const { client } = server
  const onSent = () => {}
  const outbox = new Outbox({ database, client, isTheirs, onSent, onError, onNotRemoved })
  opened.push(outbox)
  return { outbox, onError, onNotRemoved }
}

const stored = () => database.getAll('outbox')

beforeEach(async () => {
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('document', { hidden: false, addEventListener: () => {} })
  vi.stubGlobal('navigator', { onLine: true, locks: navigator.locks })
  vi.spyOn(console, 'warn').mockReturnValue()
  database = await openDatabase(1, 1, () => {})
})

afterEach(async () => {
  for (const outbox of opened.splice(0)) outbox.close()
  await navigator.locks.request(outboxLock, () => {})
  database.close()
  vi.restoreAllMocks()
})

test('nothing is sent once somebody else is signed in, nor after it was closed', async () => {
  const server = startServer()
  let isTheirs = false
  const { outbox } = open(server, async () => isTheirs)
  await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })
  outbox.close()
  isTheirs = true
  await outbox.flush({ waits: true })
  expect(server.posts).toBe(0)
  expect(await stored()).toHaveLength(1)
})

test('closing ends a flush, and what it was sending is on the server once', async () => {
  const server = startServer()
  const reached = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  server.answers = async () => {
    reached.resolve()
    await answered.promise
  }
  const { outbox } = open(server)
  await outbox.add(draft('a'), shop)
  await outbox.add(draft('b'), shop)
  await reached.promise
  outbox.close()
  answered.resolve()
  await navigator.locks.request(outboxLock, () => {})
  expect(server.holds()).toEqual(['a'])
  expect(await stored()).toHaveLength(2)

  await open(server).outbox.flush({ waits: true })
  expect(server.holds()).toEqual(['a', 'b'])
  expect(await stored()).toEqual([])
})

test('what is revised or restored during a flush is sent at its end', async () => {
  const server = startServer()
  server.isReached = false
  const { outbox } = open(server)
  await outbox.add(draft('first'), shop)
  const second = await outbox.add(draft('second'), shop)
  await outbox.flush({ waits: true })
  server.isReached = true
  const holdUp = () => {
    const reached = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    server.answers = () => {
      reached.resolve()
      return answered.promise
    }
    return { reached: reached.promise, answer: () => answered.resolve() }
  }

  const revising = holdUp()
  void outbox.flush()
  await revising.reached
  expect(await outbox.revise(second.key, draft('revised'), shop)).toBe(true)
  revising.answer()
  await expect.poll(server.holds, soon).toEqual(['first', 'revised'])

  const restoring = holdUp()
  await outbox.add(draft('third'), shop)
  await restoring.reached
  await outbox.restore({ ...second, order: 1 })
  restoring.answer()
  await expect.poll(server.holds, soon).toEqual(['first', 'revised', 'third', 'second'])
})

test('what is added after a flush has ended and before its lock is let go is sent at once', async () => {
  const { locks } = navigator
  const server = startServer()
  let isAdded = false
  const request = (
    name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => Promise<boolean>,
  ) =>
    locks.request(name, options, async (lock) => {
      const isMine = await callback(lock)
      if (lock && server.holds().length > 0 && !isAdded) {
        isAdded = true
        await outbox.add(draft('second'), shop)
      }
      return isMine
    })
  vi.stubGlobal('navigator', { onLine: true, locks: { request } })
  const { outbox } = open(server)
  await outbox.add(draft('first'), shop)
  await expect.poll(server.holds, soon).toEqual(['first', 'second'])
  vi.stubGlobal('navigator', { onLine: true, locks })
})

test('a visit that is discarded during a flush is not on the server afterwards', async () => {
  const server = startServer()
  const reached = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  server.answers = async (summary) => {
    if (summary === 'first') reached.resolve()
    await answered.promise
  }
  const { outbox } = open(server)
  const first = await outbox.add(draft('first'), shop)
  await reached.promise
  const second = await outbox.add(draft('second'), shop)
  await outbox.add(draft('third'), shop)

  expect(await outbox.takeBack(second.key)).toBe('done')
  const taking = outbox.takeBack(first.key)
  await expect.poll(() => outbox.state.rows.map((row) => row.draft.summary)).toEqual(['third'])
  answered.resolve()
  expect(await taking).toBe('done')
  await outbox.flush({ waits: true })

  expect(server.holds()).toEqual(['third'])
  expect(server.removed).toEqual([1])
  expect(await stored()).toEqual([])
})

test('a visit is gone from the server after undo, though the answer was lost', async () => {
  const server = startServer()
  server.answers = () => Promise.reject(lost())
  const { outbox } = open(server)
  const added = await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })
  expect(server.holds()).toEqual(['a'])

  server.isReached = false
  expect(await outbox.takeBack(added.key, added)).toBe('later')
  expect(outbox.state.rows).toEqual([])
  expect(await stored()).toMatchObject([{ key: added.key, isTakenBack: true }])
  server.isReached = true
  server.answers = async () => {}
  await outbox.flush({ waits: true })
  expect(server.holds()).toEqual([])
  expect(await stored()).toEqual([])
})

test('a visit that the server does not remove is not said to be taken back', async () => {
  const server = startServer()
  server.removes = false
  const { outbox, onNotRemoved } = open(server)
  const added = await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })

  expect(await outbox.takeBack(added.key, added)).toBe('refused')
  expect(server.holds()).toEqual(['a'])
  expect(await stored()).toEqual([])
  expect(onNotRemoved).not.toHaveBeenCalled()
})

test('a removal that the server refuses later is said once', async () => {
  const server = startServer()
  server.removes = false
  const { outbox, onNotRemoved } = open(server)
  const added = await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })
  server.isReached = false
  expect(await outbox.takeBack(added.key, added)).toBe('later')
  server.isReached = true

  await outbox.flush({ waits: true })
  await outbox.flush({ waits: true })

  expect(onNotRemoved).toHaveBeenCalledExactlyOnceWith([shop])
  expect(await stored()).toEqual([])
})

test('undo removes what another tab has sent, and a restored visit is sent under a new key', async () => {
  const server = startServer()
  const { outbox } = open(server)
  const added = await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })
  expect(server.holds()).toEqual(['a'])
  const other = open(server).outbox
  expect(await other.takeBack(added.key)).toBe('gone')
  expect(await other.takeBack(added.key, added)).toBe('done')
  expect(server.holds()).toEqual([])

  await other.restore({ ...added, order: 1, isAttempted: true })
  await other.flush({ waits: true })
  expect(server.holds()).toEqual(['a'])
})

test('a visit is stored with its draft gone, and nothing that fails later says otherwise', async () => {
  const server = startServer()
  server.isReached = false
  const { outbox } = open(server)
  const key = recordKey('lead', 7)
  const typed = { resourceType: 'lead', resourceId: 7, outcomeId: null, reason: null } as const
  await database.put('drafts', { ...typed, note: 'a', at: 0 }, key)
  vi.spyOn(database, 'getAllFromIndex').mockImplementation(async (...call) => {
    if ((await stored()).length > 0) throw new Error('not read')
    return Reflect.apply(database.getAll, database, [call[0]])
  })
  await outbox.add(draft('a'), shop)
  expect(await stored()).toHaveLength(1)
  expect(await database.get('drafts', key)).toBeUndefined()
})

test('somebody who was signed out is said to be, and nothing is marked', async () => {
  const server = startServer()
  const details = 'Sign in.'
  const failure = { message: details, status: 401, code: 'unauthorized', details }
  const { outbox, onError } = open(server, () => Promise.reject(new UnauthorizedError(failure)))
  await outbox.add(draft('a'), shop)
  await outbox.flush({ waits: true })
  expect(onError).toHaveBeenCalledWith(expect.any(UnauthorizedError))
  expect(await stored()).toMatchObject([{ draft: { summary: 'a' } }])
  expect(server.posts).toBe(0)
})
