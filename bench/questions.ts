import { loadavg } from 'node:os'

import { newRandom, pick, type Random } from '../server/src/demo/random.ts'
import { Api } from './api.ts'
import { doorstep } from './doorstep.ts'
import { measureExport, measureExportMemory } from './exports.ts'
import { inTurn, tagged, walking } from './feeds.ts'
import { Load } from './load.ts'
import { cpuMs, MemoryWatch } from './processes.ts'
import { makeQuestions, type Question } from './question-paths.ts'
import type { RoundOptions } from './rounds.ts'
import { type Server, startDoorstep, startFloor } from './servers.ts'
import { adminEmail } from './stores.ts'

/** The expectations of the issue that brought these cases. */
const walkedPerSecondMin = 100_000
const knownShareMin = 0.5
const exportShareMin = 0.5
const exportBytesMax = 150_000_000
/** How many times the CPU time of the first tenth of a walk the last may cost. */
const depthCostMax = 1.3

const requestsPerRound = 20
const warmUpRequests = 10
const perPage = 1_000
const tenths = 10
const connections = 16
const memoryEveryMs = 200
const randomStream = 73

export interface QuestionOptions extends RoundOptions {
  readonly isWanted: (name: string) => boolean
  /** How many times as long a question may take as on SQLite. */
  readonly slowness?: number
}

/**
 * What screens and integrators ask of a store of many visits, beside a bare server that sends the
 * same bytes: one question at a time, since a person waits for it.
 */
export async function benchQuestions(
  store: string,
  options: QuestionOptions,
  tell: (line: string) => void,
): Promise<void> {
  const { slowness = 1 } = options
  await using floor = await startFloor()
  await using server = await startDoorstep(store, [])
  using memory = new MemoryWatch(server.pid, memoryEveryMs)
  const { stdout } = await doorstep(store, ['token', 'create', '--user', adminEmail])
  const api = new Api(server, stdout.trim())
  const random = newRandom(1, randomStream)
  const lines = [header]
  for (const question of (await makeQuestions(api, random)).filter(({ name }) =>
    options.isWanted(name),
  )) {
    tell(`measuring: ${question.name}`)
    const allowed = { ...question, msMax: question.msMax * slowness }
    lines.push(await ask(allowed, { api, server, floor, random }, options.rounds))
  }
  if (options.isWanted('walk')) lines.push(await walk(api, server, slowness, tell))
  if (options.isWanted('export')) {
    tell('measuring: export')
    lines.push(await exportAll(api, server, store, options))
  }
  if (options.isWanted('304')) lines.push(await askKnown(api, server, floor, options))
  const mb = Math.round(memory.highest.anonBytes / 1e6)
  lines.push(`server: ${mb} MB of its own at most, load ${loadavg()[0]?.toFixed(1)}`)
  console.log(lines.join('\n'))
}

/** What exports of everything hold, in each format. */
export async function benchExportMemory(
  store: string,
  { isWanted }: QuestionOptions,
  tell: (line: string) => void,
): Promise<void> {
  const { stdout } = await doorstep(store, ['token', 'create', '--user', adminEmail])
  for (const format of ['ndjson', 'csv', 'parquet']) {
    if (!isWanted('export') && !isWanted(format)) continue
    tell(`measuring: memory of an export as ${format}`)
    const bytes = await measureExportMemory(store, stdout.trim(), format)
    console.log(
      `export as ${format}: ${Math.round(bytes / 1e6)} MB of its own at most; ` +
        expected(bytes <= exportBytesMax, `${exportBytesMax / 1e6} MB`),
    )
  }
}

interface Subjects {
  readonly api: Api
  readonly server: Server
  readonly floor: Server
  readonly random: Random
}

const header = 'a question: median, p99, CPU time of the server; floor; expected of the median'

async function ask(
  { name, paths, msMax }: Question,
  { api, server, floor, random }: Subjects,
  rounds: number,
): Promise<string> {
  const body = await api.bytes(pick(random, paths))
  const floorPath = `/${encodeURIComponent(name)}`
  await fetch(`http://127.0.0.1:${floor.port}${floorPath}`, {
    method: 'PUT',
    body: Buffer.from(body),
  })
  const floorFeed = inTurn(new Api(floor, api.token), [floorPath])
  using floorLoad = new Load(floor.port, floorFeed, 1)
  using load = new Load(server.port, inTurn(api, paths), 1)
  await load.run({ requests: warmUpRequests })
  await floorLoad.run({ requests: warmUpRequests })
  const [ms, floorMs]: [number[], number[]] = [[], []]
  let cpu = 0
  for (let round = 0; round < rounds; round++) {
    floorMs.push(...(await latencies(floorLoad)))
    const before = cpuMs(server.pid)
    ms.push(...(await latencies(load)))
    cpu += cpuMs(server.pid) - before
  }
  const median = quantile(ms, 0.5)
  return (
    `${name}: ${median.toFixed(1)} ms, ${quantile(ms, 0.99).toFixed(1)} ms, ` +
    `${(cpu / ms.length).toFixed(1)} ms; ${quantile(floorMs, 0.5).toFixed(1)} ms; ` +
    expected(median <= msMax, `${msMax} ms`)
  )
}

async function latencies(load: Load): Promise<number[]> {
  const found: number[] = []
  while (found.length < requestsPerRound) {
    found.push((await load.run({ requests: 1 })).seconds * 1000)
  }
  return found
}

/** Everything by a cursor, from beginning to end. */
async function walk(
  api: Api,
  server: Server,
  slowness: number,
  tell: (line: string) => void,
): Promise<string> {
  const speedMin = walkedPerSecondMin / slowness
  const total = await countVisits(api)
  const pages = Math.max(1, Math.floor(total / perPage / tenths))
  using load = new Load(server.port, walking(api, `/v2/visits?per_page=${perPage}`), 1)
  const [speeds, costs]: [number[], number[]] = [[], []]
  for (let tenth = 0; tenth < tenths; tenth++) {
    tell(`measuring: walk, ${tenth * tenths} % done`)
    const before = cpuMs(server.pid)
    const { requests, seconds } = await load.run({ requests: pages })
    costs.push(((cpuMs(server.pid) - before) * 1000) / (requests * perPage))
    speeds.push((requests * perPage) / seconds)
  }
  const speed = quantile(speeds, 0.5)
  const depth = (costs.at(-1) ?? Number.NaN) / (costs[0] ?? Number.NaN)
  return (
    `walk of ${total} visits by ${perPage}: ${Math.round(speed)} rows/s in the median tenth, ` +
    `${quantile(costs, 0.5).toFixed(1)} µs CPU a row; ` +
    `${expected(speed >= speedMin, `${speedMin}`)}; ` +
    `the last tenth costs ${depth.toFixed(2)} times the first; ` +
    expected(depth <= depthCostMax, `${depthCostMax}`)
  )
}

/** Everything as NDJSON, beside a bare loop over the same rows. */
async function exportAll(
  api: Api,
  server: Server,
  store: string,
  { rounds, slowness = 1 }: QuestionOptions,
): Promise<string> {
  const shareMin = exportShareMin / slowness
  const total = await countVisits(api)
  const speeds = []
  for (let round = 0; round < rounds; round++) {
    speeds.push(await measureExport(api, server, store, total))
  }
  const share = quantile(
    speeds.map(({ perSecond, barePerSecond }) => perSecond / barePerSecond),
    0.5,
  )
  const speed = quantile(
    speeds.map(({ perSecond }) => perSecond),
    0.5,
  )
  const cost = quantile(
    speeds.map(({ cpuUs }) => cpuUs),
    0.5,
  )
  return (
    `export of ${total} visits as NDJSON: ${Math.round(speed)} rows/s, ${cost.toFixed(1)} µs CPU a row; ` +
    `${share.toFixed(2)} of the bare loop; ${expected(share >= shareMin, `${shareMin}`)}`
  )
}

const countVisits = (api: Api): Promise<number> =>
  api.total('/v2/visits?include_total=true&per_page=1')

/** A list that nobody changed, asked for with its tag. */
async function askKnown(
  api: Api,
  server: Server,
  floor: Server,
  { rounds, seconds }: RoundOptions,
): Promise<string> {
  const path = '/v2/visits?per_page=100'
  const tag = await api.tag(path)
  using load = new Load(server.port, tagged(api, path, tag), connections, 304)
  const floorFeed = tagged(new Api(floor, api.token), path, tag)
  using floorLoad = new Load(floor.port, floorFeed, connections, 304)
  const shares: number[] = []
  const cpuShares: number[] = []
  const cpus: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bareBefore = cpuMs(floor.pid)
    const bare = await floorLoad.run({ seconds })
    const bareUs = ((cpuMs(floor.pid) - bareBefore) * 1000) / bare.requests
    const before = cpuMs(server.pid)
    const own = await load.run({ seconds })
    const us = ((cpuMs(server.pid) - before) * 1000) / own.requests
    cpus.push(us)
    cpuShares.push(bareUs / us)
    shares.push(own.requests / own.seconds / (bare.requests / bare.seconds))
  }
  const share = quantile(shares, 0.5)
  return (
    `304 of a list: ${quantile(cpus, 0.5).toFixed(0)} µs CPU; ${share.toFixed(2)} of the floor, ` +
    `${quantile(cpuShares, 0.5).toFixed(2)} by CPU time; ` +
    expected(share >= knownShareMin, String(knownShareMin))
  )
}

const expected = (isMet: boolean, limit: string): string =>
  `${limit} expected: ${isMet ? 'met' : 'missed'}`

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
