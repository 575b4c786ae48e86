/**
 * How long it takes to take 250,000 visits out of Sell, against the least that its rate allows, with
 * the process killed on the way: `node bench/leaving-sell.ts [--kills 20] [--visits 250000]
 * [--per-second 50]`. Against a stand-in for Sell in a process of its own.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { openSqliteStore } from '../server/src/storage/sqlite/open.ts'
import { differencesBetween } from '../server/test/support/sell-double/compare.ts'
import { sellToken, startSellDouble } from '../server/test/support/sell-double/start.ts'
import { commandLine, doorstep, environment } from './doorstep.ts'
import { MemoryWatch } from './processes.ts'

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '250000' },
    kills: { type: 'string', default: '0' },
    'per-second': { type: 'string', default: '50' },
    latency: { type: 'string', default: '100' },
    churn: { type: 'string', default: '0' },
  },
})
const visits = Number(values.visits)
const kills = Number(values.kills)
const perSecond = Number(values['per-second'])
const perPage = 100
const expectedMax = 1.15
const memoryMax = 300 * 1024 * 1024

const world = { visits, users: 60, leads: 4000, contacts: 2500, ofTheBusiest: 0.12 * visits }
const dataDir = mkdtempSync(join(tmpdir(), 'doorstep-leaving-'))
await using double = await startSellDouble({
  ...world,
  perSecond,
  latencyMs: Number(values.latency),
})
await doorstep(dataDir, ['init', '--account', 'Acme', '--email', 'ada@acme.example'])
await double.setChurn(Number(values.churn))

const args = commandLine([
  'import',
  'sell',
  '--token-stdin',
  '--base-url',
  double.url,
  '--sell-requests-per-second',
  String(perSecond),
  '--sell-stream-lag-ms',
  '500',
])
const leastRequests =
  Math.ceil(visits / perPage) +
  Math.ceil(world.leads / perPage) +
  Math.ceil(world.contacts / perPage)
const leastSeconds = leastRequests / perSecond
let peak = 0
let killed = 0
let busyMs = 0
let output = ''
for (;;) {
  const startMs = performance.now()
  const child = spawn(process.execPath, args, {
    env: environment(dataDir),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  using watch = new MemoryWatch(child.pid ?? 0, 200)
  const ended = once(child, 'exit')
  output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stdin.end(sellToken)
  const lastsMs = killed < kills ? (1000 * leastSeconds * (0.5 + Math.random())) / (kills + 1) : 0
  if (lastsMs > 0) await Promise.race([ended, pause(lastsMs + 600)])
  const isKilled = lastsMs > 0 && child.kill('SIGKILL')
  await ended
  peak = Math.max(peak, watch.highest.rssBytes)
  busyMs += performance.now() - startMs
  if (!isKilled) break
  killed++
}
process.stdout.write(`${output}\n`)
await double.setChurn(0)
// What changed after the last look is taken in by running it once more.
if (values.churn !== '0') await doorstep(dataDir, args.slice(1), sellToken)
const counts = await double.counts()
const store = openSqliteStore({
  file: join(dataDir, 'doorstep.db'),
  purpose: 'reading',
  clock: Date.now,
  onDiskError: (error) => {
    throw error
  },
})
const differences = await differencesBetween(store, double)
await store[Symbol.asyncDispose]()
const seconds = busyMs / 1000
const asked = counts['all'] ?? 0
const line = (name: string, value: string): void => console.log(`${name.padEnd(34)} ${value}`)
const judged = (isMet: boolean): string => (isMet ? 'met' : 'MISSED')
line('visits', String(visits))
line('killed', `${killed} times`)
line('requests, least', String(leastRequests))
line('requests', `${asked}, of which 429: ${counts['429'] ?? 0}`)
const byRequests = asked / leastRequests
const byTime = seconds / leastSeconds
line(
  'requests over least',
  `${byRequests.toFixed(3)} (<= ${expectedMax}: ${judged(byRequests <= expectedMax)})`,
)
line('seconds, least', leastSeconds.toFixed(1))
line('seconds', seconds.toFixed(1))
line(
  'time over least',
  `${byTime.toFixed(3)} (<= ${expectedMax}: ${judged(byTime <= expectedMax)})`,
)
line(
  'memory, highest',
  `${(peak / 1024 / 1024).toFixed(0)} MB (< 300: ${judged(peak < memoryMax)})`,
)
line('visits that differ', String(differences.length))
rmSync(dataDir, { recursive: true })
