import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { Api } from './api.ts'
import { CheckIns, findReps } from './check-in-feed.ts'
import { doorstep } from './doorstep.ts'
import { type Feed, Load } from './load.ts'
import { cpuMs } from './processes.ts'
import { type Server, startDoorstepOnAllCores } from './servers.ts'
import { adminEmail } from './stores.ts'

/**
 * What the request log and the metrics cost: CPU time of two servers in turn, one of which has both.
 * Run by itself, on Linux: `node bench/watching.ts 2>watching.log`, which takes the request log.
 */
const costMax = 0.03
const visits = 20_000
const pagesMax = 100
const people = 4
const connections = 16
const warmUpSeconds = 6

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '0.25' },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)

const folder = join(import.meta.dirname, '.data/watching')
const [plainFolder, watchedFolder] = [join(folder, 'plain'), join(folder, 'watched')]
rmSync(folder, { recursive: true, force: true })
mkdirSync(plainFolder, { recursive: true })
await doorstep(plainFolder, ['init', '--account', 'Bench', '--email', adminEmail])
await doorstep(plainFolder, ['demo', '--visits', String(visits), '--seed', '1'])
const adminToken = await tokenOf(adminEmail)
const tokens = new Map<string, string>()
{
  await using server = await startDoorstepOnAllCores(plainFolder, [])
  await findReps(new Api(server, adminToken), people, async (email) => {
    tokens.set(email, await tokenOf(email))
    return new Api(server, tokens.get(email) ?? '')
  })
}
cpSync(plainFolder, watchedFolder, { recursive: true })

await using plain = await startDoorstepOnAllCores(plainFolder, [])
await using watched = await startDoorstepOnAllCores(watchedFolder, [], {
  LOG_LEVEL: 'info',
  METRICS_ALLOW: 'loopback',
})
const servers = [plain, watched]

/** More than the server keeps in memory, where there are several orders. */
class Pages implements Feed {
  readonly endLength = 0
  readonly #requests: readonly Buffer[]
  #at = 0

  constructor(orders: readonly string[]) {
    this.#requests = Array.from({ length: pagesMax * orders.length }, (_, at) =>
      Buffer.from(
        `GET /v2/visits?per_page=50&page=${1 + (at % pagesMax)}` +
          `&sort_by=${orders[Math.floor(at / pagesMax)]} HTTP/1.1\r\nHost: bench\r\n` +
          `Authorization: Bearer ${adminToken}\r\n\r\n`,
      ),
    )
  }

  next(): Buffer {
    this.#at = (this.#at + 1) % this.#requests.length
    const request = this.#requests[this.#at]
    if (!request) throw new Error('no page')
    return request
  }
}

const fields = ['id', 'visited_at', 'created_at', 'updated_at']
const orders = fields.flatMap((field) => [`${field}:asc`, `${field}:desc`])

const cases: readonly (readonly [string, (server: Server) => Promise<Feed>])[] = [
  ['pages of 50', async () => new Pages(orders)],
  ['pages of 50, in memory', async () => new Pages(['id:asc'])],
  [
    'check-ins',
    async (server) => {
      const apiOf = async (email: string) => new Api(server, tokens.get(email) ?? '')
      return new CheckIns(await findReps(new Api(server, adminToken), people, apiOf))
    },
  ],
]

for (const [name, newFeed] of cases) {
  const loads = await Promise.all(
    servers.map(async (server) => {
      const feed = await newFeed(server)
      return { server, load: new Load(server.port, feed, connections) }
    }),
  )
  for (const { load } of loads) await load.run({ seconds: warmUpSeconds })
  // NOTE: sums, since the system counts CPU time in hundredths of a second.
  const [cpu, answers] = [
    [0, 0],
    [0, 0],
  ]
  for (let round = 0; round < rounds; round++) {
    for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const each = loads[at]
      if (!each) continue
      const before = cpuMs(each.server.pid)
      const { requests } = await each.load.run({ seconds })
      cpu[at] = (cpu[at] ?? 0) + cpuMs(each.server.pid) - before
      answers[at] = (answers[at] ?? 0) + requests
    }
  }
  for (const { load } of loads) load[Symbol.dispose]()
  const [without = 0, and = 0] = cpu.map((ms, at) => (ms * 1000) / (answers[at] ?? 1))
  const cost = and / without - 1
  console.log(
    `${name}: ${without.toFixed(1)} us of CPU, watched ${and.toFixed(1)} us: ` +
      `${(cost * 100).toFixed(1)} % more, expected ${costMax * 100}: ` +
      `${cost <= costMax ? 'met' : 'MISSED'}`,
  )
}

async function tokenOf(email: string): Promise<string> {
  const { stdout } = await doorstep(plainFolder, ['token', 'create', '--user', email])
  return stdout.trim()
}
