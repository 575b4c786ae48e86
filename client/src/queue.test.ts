import { expect, test, vi } from 'vitest'

import { type Answerer, sendEmpty, sendError, sendJson, startServer } from '../test/local-server.ts'
import { token, visit } from '../test/samples.ts'
import { createClient } from './client.ts'
import { createQueue, memoryStorage, type QueuedVisit, type QueueStorage } from './queue.ts'

/** A queue for a server that sends these answers in order, and repeats the last one. */
async function start(answers: readonly Answerer[], storage: QueueStorage = memoryStorage()) {
  const server = await startServer((response, seen, index) =>
    answers[Math.min(index, answers.length - 1)]?.(response, seen, index),
  )
  const client = createClient({ url: server.url, token, retry: { attemptsMax: 1 } })
  const onChange = vi.fn<(list: readonly QueuedVisit[]) => void>()
  const queue = createQueue({ client, storage, onChange })
  const dispose = () => server[Symbol.asyncDispose]()
  const sent = () =>
    server.seen.map(({ headers, body }) => [
      headers['idempotency-key'],
      JSON.parse(body).data.summary,
    ])
  return { server, queue, storage, onChange, sent, [Symbol.asyncDispose]: dispose }
}

const draft = (summary: string) =>
  ({
    resource_type: 'lead',
    resource_id: 7,
    summary,
    visited_at: '2026-05-09T07:30:16Z',
  }) as const

const logged: Answerer = (response, _, index) =>
  sendJson(response, { data: visit(index + 1), meta: { type: 'visit', position: 'p' } })
const refuse =
  (status: number, code: string): Answerer =>
  (response) =>
    sendError(response, status, code)
const lost: Answerer = (response) => response.destroy()

const summaries = (list: readonly QueuedVisit[]) => list.map(({ draft: { summary } }) => summary)

test('a visit is stored with its key before anything is sent', async () => {
  await using setup = await start([logged])
  const { key } = await setup.queue.add(draft('a'))

  expect(await setup.storage.load()).toMatchObject([{ key, draft: draft('a') }])
  expect(setup.server.seen).toEqual([])
})

test('add throws if the visit cannot be stored, which is then not sent', async () => {
  const storage = { load: async () => [], save: () => Promise.reject(new Error('disk full')) }
  await using setup = await start([logged], storage)

  await expect(setup.queue.add(draft('a'))).rejects.toThrow('disk full')
  await setup.queue.flush()
  expect(setup.server.seen).toEqual([])
  expect(await setup.queue.list()).toEqual([])
})

test('a storage that failed once is used again', async () => {
  const inner = memoryStorage()
  const load = vi.fn<QueueStorage['load']>(inner.load).mockRejectedValueOnce(new Error('locked'))
  await using setup = await start([logged], { ...inner, load })

  await expect(setup.queue.add(draft('a'))).rejects.toThrow('locked')
  await setup.queue.add(draft('b'))
  expect(summaries(await setup.queue.list())).toEqual(['b'])
})

test('a flush sends in order, and a visit that the server has leaves the queue', async () => {
  await using setup = await start([logged])
  const added = []
  for (const name of ['a', 'b', 'c']) added.push(await setup.queue.add(draft(name)))

  const { sent, refused, error } = await setup.queue.flush()

  expect(sent.map(({ data }) => data.id)).toEqual([1, 2, 3])
  expect({ refused, error }).toEqual({ refused: 0, error: undefined })
  expect(setup.sent()).toEqual(added.map(({ key, draft: { summary } }) => [key, summary]))
  expect(await setup.storage.load()).toEqual([])
  expect(setup.onChange.mock.calls.map(([list]) => list.length)).toEqual([1, 2, 3, 2, 1, 0])
})

const stops: readonly (readonly [string, Answerer])[] = [
  ['network_error', lost],
  ['rate_limit_exceeded', refuse(429, 'rate_limit_exceeded')],
  ['temporarily_unavailable', refuse(503, 'temporarily_unavailable')],
  ['request_in_progress', refuse(409, 'request_in_progress')],
  ['unauthorized', refuse(401, 'unauthorized')],
  ['insufficient_scope', refuse(403, 'insufficient_scope')],
  ['unexpected_answer', (response) => void response.end('<h1>Log in</h1>')],
]

test.each(stops)(
  'a flush stops at %s, and the next one sends the same key and body again',
  async (code, failing) => {
    await using setup = await start([logged, failing, logged])
    for (const name of ['a', 'b', 'c']) await setup.queue.add(draft(name))

    const first = await setup.queue.flush()
    expect(first.sent).toHaveLength(1)
    expect(first.error).toHaveProperty('code', code)
    expect(summaries(await setup.storage.load())).toEqual(['b', 'c'])
    await setup.queue.flush()

    expect(setup.sent().map(([, summary]) => summary)).toEqual(['a', 'b', 'b', 'c'])
    expect(setup.sent()[1]).toEqual(setup.sent()[2])
    expect(setup.server.seen[1]?.body).toBe(setup.server.seen[2]?.body)
    expect(await setup.storage.load()).toEqual([])
  },
)

test.each([
  [422, 'incorrect_value'],
  [422, 'idempotency_key_reused'],
  [413, 'payload_too_large'],
  [400, 'invalid_payload'],
  [403, 'forbidden'],
])('%i %s marks the visit with the reason, and the next one is sent', async (status, code) => {
  await using setup = await start([refuse(status, code), logged])
  const { key } = await setup.queue.add(draft('a'))
  await setup.queue.add(draft('b'))

  expect(await setup.queue.flush()).toMatchObject({ sent: [{}], refused: 1, error: undefined })
  expect(await setup.storage.load()).toMatchObject([
    { key, refusal: { status, code, errors: [{ code }] } },
  ])
  await setup.queue.flush()
  expect(setup.server.seen).toHaveLength(2)
})

test('a visit at which the server fails keeps waiting, and the others are sent', async () => {
  await using setup = await start([refuse(500, 'server_error'), logged])
  for (const name of ['a', 'b']) await setup.queue.add(draft(name))

  expect(await setup.queue.flush()).toMatchObject({ sent: [{}], error: { status: 500 } })
  expect(summaries(await setup.queue.list())).toEqual(['a'])
})

test.each([403, 404, 413])(
  'a proxy’s %i refuses no visit, and the others are sent',
  async (status) => {
    const proxy: Answerer = (response) => void response.writeHead(status).end('<h1>No</h1>')
    await using setup = await start([proxy, logged])
    for (const name of ['a', 'b']) await setup.queue.add(draft(name))

    expect(await setup.queue.flush()).toMatchObject({ sent: [{}], refused: 0, error: { status } })
    const [left, ...others] = await setup.queue.list()
    expect([left?.draft.summary, left?.refusal, others]).toEqual(['a', undefined, []])
  },
)

test('a visit that was removed from the storage meanwhile is not sent', async () => {
  await using server = await startServer((...call) => logged(...call))
  const client = createClient({ url: server.url, token, retry: { attemptsMax: 1 } })
  const onAttempt = async ({ draft: { summary } }: QueuedVisit) => summary !== 'gone'
  const queue = createQueue({ client, storage: memoryStorage(), onAttempt })
  for (const name of ['gone', 'b']) await queue.add(draft(name))

  expect(await queue.flush()).toMatchObject({ sent: [{}], error: undefined })
  expect(server.seen.map(({ body }) => JSON.parse(body).data.summary)).toEqual(['b'])
})

test('a rejected visit is sent again once revised, under a new key, or discarded', async () => {
  await using setup = await start([refuse(422, 'blank'), refuse(422, 'blank'), logged])
  const [first, second] = [await setup.queue.add(draft('a')), await setup.queue.add(draft('b'))]
  await setup.queue.flush()

  expect(await setup.queue.revise(first.key, draft('a2'))).toBe(true)
  expect(await setup.queue.discard(second.key)).toBe(true)
  expect(await setup.queue.discard(second.key)).toBe(false)
  await setup.queue.flush()

  const last = setup.sent().at(-1)
  expect(last?.[1]).toBe('a2')
  expect(last?.[0]).not.toBe(first.key)
  expect(await setup.queue.list()).toEqual([])
})

test('concurrent flushes are one', async () => {
  await using setup = await start([logged])
  for (const name of ['a', 'b']) await setup.queue.add(draft(name))

  const [one, other] = await Promise.all([setup.queue.flush(), setup.queue.flush()])

  expect(one).toBe(other)
  expect(setup.server.seen).toHaveLength(2)
})

test('a visit added during a flush is sent by it', async () => {
  const queue: { add?: () => Promise<unknown> } = {}
  await using setup = await start([
    async (response, seen, index) => {
      if (index === 0) await queue.add?.()
      logged(response, seen, index)
    },
  ])
  queue.add = () => setup.queue.add(draft('b'))
  await setup.queue.add(draft('a'))

  expect((await setup.queue.flush()).sent).toHaveLength(2)
})

test('a queue resumes where another one on the same storage ended', async () => {
  const storage = memoryStorage()
  await using before = await start([lost], storage)
  await before.queue.add(draft('a'))
  await before.queue.flush()
  await using after = await start([logged], storage)

  expect((await after.queue.flush()).sent).toHaveLength(1)
  expect(after.sent()).toEqual(before.sent())
})

test('an abort ends the flush with the signal’s reason, and nothing is lost', async () => {
  await using setup = await start([() => {}, logged])
  await setup.queue.add(draft('a'))
  const controller = new AbortController()

  const flush = setup.queue.flush({ signal: controller.signal })
  await setup.server.arrived(1)
  controller.abort('enough')

  await expect(flush).rejects.toBe('enough')
  expect((await setup.queue.flush()).sent).toHaveLength(1)
})

test('a visit without a time gets the time of adding, never that of sending', async () => {
  await using setup = await start([logged])
  const { draft: timed, addedAt } = await setup.queue.add({ resource_type: 'lead', resource_id: 7 })
  expect(timed.visited_at).toBe(addedAt)
})

test('attempts differ only in sent_at (PROTOCOL 6.3)', async () => {
  await using setup = await start([(response) => sendEmpty(response, 503), logged])
  const device = { captured_at: '2026-05-09T07:30:16Z', sent_at: '2026-05-09T07:30:17Z' }
  const { key } = await setup.queue.add({ resource_type: 'lead', resource_id: 7, device })
  const before = new Date().toISOString()

  await setup.queue.flush()
  await new Promise((resolve) => setTimeout(resolve, 2))
  await setup.queue.flush()

  const [first, second] = setup.server.seen.map(({ body }) => JSON.parse(body).data)
  expect([before, first.device.sent_at, second.device.sent_at]).toEqual(
    [before, first.device.sent_at, second.device.sent_at].toSorted(),
  )
  expect(first.device.sent_at).not.toBe(second.device.sent_at)
  expect({ ...second, device: { ...second.device, sent_at: first.device.sent_at } }).toEqual(first)
  expect(setup.server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([key, key])
})
