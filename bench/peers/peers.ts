import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { newRandom } from '../../server/src/demo/random.ts'
import { Api, visitsPath } from '../api.ts'
import { CheckIns, findReps } from '../check-in-feed.ts'
import { doorstep } from '../doorstep.ts'
import { draining, drainSome, inTurn } from '../feeds.ts'
import { randomPath, type VisitList } from '../lists.ts'
import { type Feed, Load } from '../load.ts'
import type { RoundOptions } from '../rounds.ts'
import {
  type Server,
  startDoorstep,
  startDoorstepOnAllCores,
  startFloor,
  startPeer,
} from '../servers.ts'
import { adminEmail, type Stores } from '../stores.ts'
import { measure, print, type Row, type Side } from './measured.ts'
import { answerOf, type NextRequest, RawLoad } from './raw-load.ts'
import { hasRedis, Redis, redisCommand } from './redis.ts'

const folder = join(import.meta.dirname, '../.data/peers')
const connections = 16
const checkInConnections = 32
const people = 4
const pagesMax = 100
const pathsMax = 4_000
const randomStream = 74
const perPage = 100
const chunkedEnd = '\r\n0\r\n\r\n'
const serverCore = '0'
const durableStreams = '@durable-streams/server'

/**
 * The pages, the stream and the check-ins of Doorstep beside others in the same rounds: a bare server
 * with the same bytes, the same service by hand, Durable Streams and Redis where they are installed.
 */
export async function benchPeers(
  stores: Stores,
  options: RoundOptions,
  tell: (line: string) => void,
): Promise<void> {
  await using all = new AsyncDisposableStack()
  rmSync(folder, { recursive: true, force: true })
  tell('starting the peers')
  const floor = all.use(await startFloor())
  const server = all.use(await startDoorstep(stores.million, []))
  const file = join(stores.million, 'doorstep.db')
  const byHand = all.use(await startPeer('by-hand.ts', [file, join(folder, '../by-hand.db')]))
  const api = new Api(server, await tokenOf(stores.million, adminEmail))
  const hand = new Api(byHand, api.token)
  const lists = await findCreatorLists(api)

  const rows: Row[] = []
  const pages = async (name: string, paths: readonly string[]): Promise<void> => {
    const bare = await floorFeed(
      floor,
      api,
      name,
      await Promise.all(paths.slice(0, connections).map((path) => api.bytes(path))),
    )
    rows.push({
      name,
      sides: [
        side(all, 'floor', floor, bare),
        side(all, 'Doorstep', server, inTurn(api, paths)),
        side(all, 'by hand', byHand, inTurn(hand, paths)),
      ],
    })
  }
  await pages('the same page of 100', [visitsPath({ page: 1, per_page: perPage })])
  await pages('other pages of 100', drawn(lists, perPage))
  await pages('other pages of 25', drawn(lists, 25))
  await pages('page 100 of everything', [
    visitsPath({ page: pagesMax, per_page: perPage, sort_by: 'visited_at' }),
  ])
  rows.push(await streamRow(all, { api, hand, server, byHand, floor }, tell))
  rows.push(await checkInRow(all, stores.small, tell))
  print(await measure(rows, options, tell))
}

/** NOTE: opens its connections when it is first measured, since servers close those that idle. */
function side(
  all: AsyncDisposableStack,
  name: string,
  { port }: Server,
  feed: Feed,
  count = connections,
): Side {
  let load: Load | undefined
  return {
    name,
    run: (seconds) => (load ??= all.use(new Load(port, feed, count))).run({ seconds }),
  }
}

interface Streamers {
  readonly api: Api
  readonly hand: Api
  readonly server: Server
  readonly byHand: Server
  readonly floor: Server
}

async function streamRow(
  all: AsyncDisposableStack,
  { api, hand, server, byHand, floor }: Streamers,
  tell: (line: string) => void,
): Promise<Row> {
  const name = 'the stream by 100'
  const bodies = (await drainSome(api, perPage, connections)).map(({ bytes }) => bytes)
  const events = eventsOf(bodies[0])
  const sides = [
    side(all, 'floor', floor, await floorFeed(floor, api, name, bodies)),
    side(all, 'Doorstep', server, draining(api, perPage)),
    side(all, 'by hand', byHand, draining(hand, perPage)),
  ]
  if (isInstalled(durableStreams)) {
    const files = join(folder, 'durable-streams')
    mkdirSync(files, { recursive: true })
    for (const [label, args] of [
      ['Durable Streams in memory', []],
      ['Durable Streams on files', [files]],
    ] as const) {
      const peer = all.use(await startPeer('durable-streams.ts', args))
      sides.push(await durableSide(label, peer, events))
    }
  } else tell(`Durable Streams: not measured; npm install --no-save ${durableStreams} adds it`)
  if (hasRedis()) {
    const redis = all.use(await Redis.start(join(folder, 'redis-stream'), serverCore))
    for (const event of events) await redis.ask('XADD', 'visits', '*', 'event', event)
    const request = redisCommand('XREAD', 'COUNT', String(perPage), 'STREAMS', 'visits', '0')
    const last = events.at(-1) ?? ''
    sides.push(await rawSide('Redis XREAD', redis.port, request, `${last}\r\n`))
  } else tell('Redis: not measured; redis-server is not installed')
  return { name, sides }
}

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== ''
  } catch {
    return false
  }
}

const eventsOf = (body: Uint8Array | undefined): string[] => {
  const { items }: { items: unknown[] } = JSON.parse(Buffer.from(body ?? []).toString())
  return items.map((item) => JSON.stringify(item))
}

async function durableSide(
  name: string,
  { port }: Server,
  events: readonly string[],
): Promise<Side> {
  const url = `http://127.0.0.1:${port}/visits`
  const headers = { 'Content-Type': 'application/json' }
  await fetch(url, { method: 'PUT', headers })
  await fetch(url, { method: 'POST', headers, body: `[${events.join()}]` })
  const request = `GET /visits?offset=-1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
  return rawSide(name, port, Buffer.from(request), chunkedEnd)
}

async function rawSide(name: string, port: number, request: Buffer, end: string): Promise<Side> {
  const { length } = await answerOf(port, request, (answer) => answer.toString().endsWith(end))
  return { name, run: rawRun(port, () => request, connections, length) }
}

/** NOTE: connects anew for each round, since some servers close what idles for 5 s. */
const rawRun =
  (port: number, next: NextRequest, count: number, answerBytes: number): Side['run'] =>
  async (seconds) => {
    using load = await RawLoad.open(port, next, count, answerBytes)
    return await load.run({ seconds })
  }

/** Check-ins, each on disk when it is answered, beside entries of as many bytes in Redis. */
async function checkInRow(
  all: AsyncDisposableStack,
  store: string,
  tell: (line: string) => void,
): Promise<Row> {
  const copy = join(folder, 'check-ins')
  cpSync(store, copy, { recursive: true })
  const server = all.use(await startDoorstepOnAllCores(copy, []))
  const apiOf = async (email: string) => new Api(server, await tokenOf(copy, email))
  const reps = await findReps(await apiOf(adminEmail), people, apiOf)
  const sides = [side(all, 'Doorstep', server, new CheckIns(reps), checkInConnections)]
  if (hasRedis()) {
    const redis = all.use(await Redis.start(join(folder, 'redis-check-ins'), serverCore))
    const [event = ''] = eventsOf((await drainSome(await apiOf(adminEmail), 1, 1))[0]?.bytes)
    const next = entries(event)
    const { length } = await answerOf(redis.port, next(checkInConnections), (answer) =>
      /\r\n[^]*\r\n/.test(answer.toString()),
    )
    const run = rawRun(redis.port, next, checkInConnections, length)
    sides.push({ name: 'Redis XADD', run })
  } else tell('Redis: not measured; redis-server is not installed')
  return { name: 'check-ins', sides }
}

/** Ids of one length, which rise within each stream; each connection has a stream. */
function entries(event: string): (connection: number) => Buffer {
  let id = 1_000_000_000
  return (connection) => redisCommand('XADD', `visits-${connection}`, `${++id}-1`, 'event', event)
}

async function floorFeed(
  floor: Server,
  api: Api,
  name: string,
  bodies: readonly Uint8Array[],
): Promise<Feed> {
  const paths = bodies.map((_, index) => `/${encodeURIComponent(name)}/${index}`)
  for (const [index, body] of bodies.entries()) {
    const url = `http://127.0.0.1:${floor.port}${paths[index]}`
    await fetch(url, { method: 'PUT', body: Buffer.from(body) })
  }
  return inTurn(new Api(floor, api.token), paths)
}

/** Lists of one person's visits with at least a full page. */
async function findCreatorLists(api: Api): Promise<VisitList[]> {
  const lists: VisitList[] = [{ query: {}, perPage, fullPages: pagesMax }]
  for (const { data } of await api.all('/v2/users')) {
    const query = { creator_id: Number(data['id']) }
    const total = await api.total(visitsPath({ ...query, per_page: 1, include_total: 'true' }))
    const fullPages = Math.min(pagesMax, Math.floor(total / perPage))
    if (fullPages > 0) lists.push({ query, perPage, fullPages })
  }
  return lists
}

function drawn(lists: readonly VisitList[], size: number): string[] {
  const random = newRandom(1, randomStream)
  return [...new Set(Array.from({ length: pathsMax }, () => randomPath(random, lists, size)))]
}

const tokenOf = async (store: string, email: string): Promise<string> =>
  (await doorstep(store, ['token', 'create', '--user', email])).stdout.trim()
