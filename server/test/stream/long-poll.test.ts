import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

import {
  streamWaitersMax,
  streamWaitersPerAccountMax,
  streamWaitersPerSenderMax,
} from '@doorstep/contract/limits'
import type { StreamPage } from '@doorstep/contract/stream'
import { describe, expect, it, vi } from 'vitest'

import type { EventsRequest } from '../../src/domain/visit-events.ts'
import { hashToken } from '../../src/http/access/auth.ts'
import { StreamWaits } from '../../src/http/stream/long-poll.ts'
import { visitItem, visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { timed } from '../support/timed.ts'

/** Below what the poll of a second could explain. */
const promptMs = 700

const idsOf = ({ items }: Pick<StreamPage, 'items'>) => items.map(({ data }) => data.id)

async function measured<Result>(work: Promise<Result>): Promise<{ result: Result; ms: number }> {
  const startMs = performance.now()
  const result = await work
  return { result, ms: performance.now() - startMs }
}

/** Waits until the server has begun to answer a read of the stream. */
const untilRead = async (read: unknown): Promise<void> => {
  await expect.poll(() => read).toHaveBeenCalled()
}

/** Reads of pages; the poll of a second reads none. */
const countPages = ({ mock }: { mock: { calls: (readonly [unknown, EventsRequest])[] } }): number =>
  mock.calls.filter(([, { limit }]) => limit > 0).length

async function topOf({ client }: TestApp): Promise<string> {
  return (await client.stream.read({ position: 'top' })).meta.position
}

/** Sends a request that waits, on a connection of its own. */
async function openWaiting({ url, tokens, store }: TestApp, query: string): Promise<Socket> {
  const read = vi.spyOn(store.events, 'read')
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(
    `GET /v3/visits/stream?${query} HTTP/1.1\r\nHost: ${host}\r\n` +
      `Authorization: Bearer ${tokens.admin}\r\n\r\n`,
  )
  await untilRead(read)
  return socket
}

describe('wait', timed, () => {
  it.each(['0', '31', '-1', '1.5', 'long', ''])('=%s is refused (3.5, 5.8.2)', async (wait) => {
    await using app = await startApp()
    const response = await app.fetch(`/v3/visits/stream?position=top&wait=${wait}`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('wait')
  })

  it('is answered immediately when events are available (5.8.2)', async () => {
    await using app = await startApp()
    await app.import(visitItems(3))
    const { result, ms } = await measured(app.client.stream.read({ position: 'tail', wait: 30 }))
    expect(idsOf(result)).toEqual([1, 2, 3])
    expect(ms).toBeLessThan(promptMs)
  })

  it.each(['top', 'tail', 'an earlier answer'])(
    'from %s is answered as soon as an event arrives (5.8.2)',
    async (from) => {
      await using app = await startApp()
      const position = from === 'an earlier answer' ? await topOf(app) : from
      const read = vi.spyOn(app.store.events, 'read')
      const waiting = app.client.stream.read({ position, wait: 30 })
      await untilRead(read)
      await app.import([visitItem({ id: 7 })])
      const { result, ms } = await measured(waiting)
      expect(idsOf(result)).toEqual([7])
      expect(result.meta.top).toBe(true)
      expect(ms).toBeLessThan(promptMs)
      expect(await topOf(app)).toBe(result.meta.position)
    },
  )

  it('is answered empty, with the same position, when the seconds have passed (5.8.2)', async () => {
    await using app = await startApp()
    await app.import(visitItems(1))
    const position = await topOf(app)
    const { result, ms } = await measured(app.client.stream.read({ position, wait: 1 }))
    expect(result).toMatchObject({ items: [], meta: { position, top: true } })
    expect(ms).toBeGreaterThan(980)
    expect(ms).toBeLessThan(2_000)
  })

  it('misses no event that is written while a request arrives (5.8.2)', async () => {
    await using app = await startApp()
    let position = await topOf(app)
    for (let id = 1; id <= 40; id++) {
      const waiting = measured(app.client.stream.read({ position, wait: 30 }))
      if (id % 2 === 0) await pause(id / 10)
      await app.import([visitItem({ id })])
      const { result, ms } = await waiting
      expect(idsOf(result)).toEqual([id])
      expect(ms).toBeLessThan(promptMs)
      position = result.meta.position
    }
  })

  it('is not answered by events of other accounts (2.3, 5.8.2)', async () => {
    await using app = await startApp()
    const waiting = app.client.stream.read({ position: 'top', wait: 1 })
    await app.import([visitItem({ id: 1 })], app.otherAccount)
    expect(idsOf(await waiting)).toEqual([])
  })

  it('is answered immediately when the client half-closes the connection (5.8.2)', async () => {
    await using app = await startApp()
    const socket = await openWaiting(app, 'position=top&wait=30')
    const answered = once(socket, 'data')
    socket.end()
    const { result, ms } = await measured(answered)
    expect(String(result[0])).toMatch(/^HTTP\/1.1 200 [^]*"items":\[\]/)
    expect(ms).toBeLessThan(promptMs)
    socket.destroy()
  })

  it('is answered immediately on shutdown (5.8.2)', async () => {
    const app = await startApp()
    const position = await topOf(app)
    const read = vi.spyOn(app.store.events, 'read')
    const waiting = app.client.stream.read({ position, wait: 30 })
    await untilRead(read)
    const { ms } = await measured(app.close())
    expect((await waiting).meta).toMatchObject({ position, top: true })
    expect(ms).toBeLessThan(2_000)
  })

  it('is answered 401 when the token is revoked meanwhile (2.1, 5.8.2)', async () => {
    await using app = await startApp()
    const bearer = await app.token('admin@acme.example')
    const found = await app.store.tokens.findActor(hashToken(bearer), Date.now())
    const read = vi.spyOn(app.store.events, 'read')
    const waiting = app.clientOf(bearer).stream.read({ position: 'top', wait: 30 })
    const refusal = waiting.catch((error: unknown) => error)
    await untilRead(read)
    await app.store.write(app.account, (tx) => tx.tokens.revoke(found?.tokenId ?? 0, Date.now()))
    await app.import(visitItems(1))
    expect(await refusal).toHaveProperty('status', 401)
  })

  it('lets the SDK follow without polling', async () => {
    await using app = await startApp()
    const followed: number[] = []
    const lateMs: number[] = []
    let writtenMs = 0
    const following = (async () => {
      for await (const { events } of app.client.stream.follow({ position: 'tail', wait: 30 })) {
        if (events.length > 0) lateMs.push(performance.now() - writtenMs)
        followed.push(...events.map(({ data }) => data.id))
        if (followed.length === 5) return
      }
    })()
    for (let id = 1; id <= 5; id++) {
      await pause(250)
      writtenMs = performance.now()
      await app.import([visitItem({ id })])
    }
    await following
    expect(followed).toEqual([1, 2, 3, 4, 5])
    expect(Math.max(...lateMs)).toBeLessThan(promptMs)
  })
})

describe('waiting requests', timed, () => {
  it('are limited per process (5.8.2)', async () => {
    await using app = await startApp()
    const waits = new StreamWaits(app.store.events)
    const begin = (account: number, sender: number) => waits.begin(account, `${sender}`, 9_000)
    const accounts = streamWaitersMax / streamWaitersPerAccountMax
    const begun = Array.from({ length: streamWaitersMax }, (_, n) => begin(n % accounts, n))
    expect(begun).not.toContain(undefined)
    expect(begin(accounts, 0)).toBeUndefined()
    begun.pop()?.[Symbol.dispose]()
    using last = begin(accounts, 0)
    expect(last).toBeDefined()
    for (const wait of begun) wait?.[Symbol.dispose]()
    waits.close()
    expect(begin(0, 0)).toBeUndefined()
  })

  it('are limited per token and per account (5.8)', async () => {
    await using app = await startApp()
    const waits = new StreamWaits(app.store.events)
    const begin = (account: number, sender: string) => waits.begin(account, sender, 9_000)
    const ofOne = Array.from({ length: streamWaitersPerSenderMax }, () => begin(1, 'a'))
    expect(ofOne).not.toContain(undefined)
    expect(begin(1, 'a')).toBeUndefined()
    const rest = streamWaitersPerAccountMax - streamWaitersPerSenderMax
    const ofOthers = Array.from({ length: rest }, (_, n) => begin(1, `b${n}`))
    expect(ofOthers).not.toContain(undefined)
    expect(begin(1, 'c')).toBeUndefined()
    expect(begin(2, 'c')).toBeDefined()
    ofOne.pop()?.[Symbol.dispose]()
    expect(begin(1, 'a')).toBeDefined()
    expect(begin(1, 'a')).toBeUndefined()
    waits.close()
  })

  it('beyond the limit of a token are answered immediately (5.8)', async () => {
    await using app = await startApp()
    const read = vi.spyOn(app.store.events, 'read')
    const wait = () => app.client.stream.read({ position: 'top', wait: 30 })
    const waiting = Array.from({ length: streamWaitersPerSenderMax }, wait)
    await expect.poll(() => countPages(read)).toBe(streamWaitersPerSenderMax)
    const { result, ms } = await measured(wait())
    expect([idsOf(result), ms < promptMs]).toEqual([[], true])
    await app.import([visitItem({ id: 1 })])
    const answers = await Promise.all(waiting)
    expect(answers.map(idsOf)).toEqual(answers.map(() => [1]))
  })

  it('at one position are answered by one read, a few at a time (5.8)', async () => {
    await using app = await startApp()
    const read = vi.spyOn(app.store.events, 'read')
    const wait = () => app.client.stream.read({ position: 'tail', wait: 30 })
    const waiting = Array.from({ length: 90 }, wait)
    await expect.poll(() => countPages(read)).toBe(waiting.length)
    await Promise.all(read.mock.results.map(({ value }) => value))
    await pause(50)
    read.mockClear()
    await app.import([visitItem({ id: 1 })])
    const answers = await Promise.all(waiting)
    expect(answers.map(idsOf)).toEqual(answers.map(() => [1]))
    expect(countPages(read)).toBeLessThan(5)
  })

  it('leave the process to others while they are woken (5.8)', async () => {
    await using app = await startApp()
    let announce = (_account: number | undefined) => {}
    const waits = new StreamWaits({
      ...app.store.events,
      onAppended: (listener) => {
        announce = listener
        return () => {}
      },
    })
    let woken = 0
    const begun = Array.from({ length: streamWaitersPerAccountMax }, (_, n) =>
      waits.begin(1, `${n}`, 9_000),
    )
    const all = begun.map((wait) => wait?.forMoreThan(0).then(() => woken++))
    const perTurn: number[] = []
    announce(1)
    while (woken < begun.length) {
      const before = woken
      await new Promise((resolve) => void setImmediate(resolve))
      perTurn.push(woken - before)
    }
    await Promise.all(all)
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(50)
    waits.close()
  })

  it('are answered for events without a notification, by one poll a second (5.8.2)', async () => {
    await using app = await startApp()
    let head = 4
    let polls = 0
    const waits = new StreamWaits({
      ...app.store.events,
      onAppended: () => () => {},
      read: async (account, request) => {
        polls++
        const page = await app.store.events.read(account, request)
        return { ...page, stream: { ...page.stream, head } }
      },
    })
    const begun = Array.from({ length: 50 }, () => waits.begin(app.account, 'a', 9_000))
    const answered = Promise.all(begun.map((wait) => wait?.forMoreThan(4)))
    await pause(1_200)
    head = 5
    expect(await answered).toEqual(begun.map(() => true))
    expect(polls).toBe(2)
    waits.close()
  })
})
