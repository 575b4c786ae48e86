import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { Api } from './api.ts'
import { BareCommits } from './bare-commits.ts'
import { CheckIns, findReps } from './check-in-feed.ts'
import { doorstep } from './doorstep.ts'
import { Load } from './load.ts'
import { PacedReads } from './paced-reads.ts'
import { cpuMs } from './processes.ts'
import { type Server, startDoorstepOnAllCores } from './servers.ts'
import { adminEmail } from './stores.ts'

/**
 * How many check-ins per second are on disk when they are answered, while others read, and what
 * SQLite alone does with the same rows. Run by itself: `node bench/check-ins.ts`.
 */
const checkInsPerSecondMin = 5_000
const readP99MsMax = 50

const visits = 100_000
const people = 8
const connections = 32
const readsPerSecond = 200
/** So long the compiler is at work, in two threads. */
const warmUpSeconds = 20
const restMs = 200

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    profile: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)

const folder = join(import.meta.dirname, '.data/check-ins')
const profiles = join(import.meta.dirname, '.data/profiles')
const storeFile = join(folder, 'doorstep.db')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
console.error(`making a store of ${visits} visits`)
await doorstep(folder, ['init', '--account', 'Bench', '--email', adminEmail])
await doorstep(folder, ['demo', '--visits', String(visits), '--seed', '1'])
const adminToken = await tokenOf(adminEmail)
const profiling = ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
await using server = await startDoorstepOnAllCores(folder, options.profile ? profiling : [])
await measure(server)

async function measure(subject: Server): Promise<void> {
  const admin = new Api(subject, adminToken)
  const apiOf = async (email: string) => new Api(subject, await tokenOf(email))
  const feed = new CheckIns(await findReps(admin, people, apiOf))
  using load = new Load(subject.port, feed, connections)
  await load.run({ seconds: warmUpSeconds })
  using bare = new BareCommits(join(folder, 'bare.db'), storeFile, false)
  using indexed = new BareCommits(join(folder, 'indexed.db'), storeFile, true)
  feed.takeTimes()

  const measured = { checkIns: [0], bare: [0], indexed: [0], cpuUs: [0] }
  for (const all of Object.values(measured)) all.length = 0
  const writesMs: number[] = []
  const readsMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    // NOTE: what the bare loops left to be written would be written by the server's next sync.
    execFileSync('sync')
    await pause(restMs)
    {
      await using reads = new PacedReads(admin, '/v2/visits?per_page=25', readsPerSecond)
      const before = cpuMs(subject.pid)
      const { requests, seconds: took } = await load.run({ seconds })
      measured.checkIns.push(requests / took)
      measured.cpuUs.push(((cpuMs(subject.pid) - before) * 1000) / requests)
      readsMs.push(...reads.takeTimes())
      writesMs.push(...feed.takeTimes())
    }
    await pause(restMs)
    measured.bare.push(bare.run(seconds))
    measured.indexed.push(indexed.run(seconds))
  }

  const checkIns = quantile(measured.checkIns, 0.5)
  const ratio = (to: readonly number[]) =>
    quantile(
      measured.checkIns.map((each, round) => each / (to[round] ?? Number.NaN)),
      0.5,
    )
  const readP99Ms = quantile(readsMs, 0.99)
  const lines = [
    `${cpus()[0]?.model} x ${cpus().length}, shared with the client; ` +
      `${connections} connections, ${rounds} rounds of ${seconds} s, medians`,
    `check-ins/s       ${Math.round(checkIns)} (rounds: ${rounded(measured.checkIns)})  ` +
      `expected ${checkInsPerSecondMin}: ${mark(checkIns >= checkInsPerSecondMin)}`,
    `CPU of a check-in ${Math.round(quantile(measured.cpuUs, 0.5))} us, its share of reads included`,
    `check-ins         p50 ${ms(quantile(writesMs, 0.5))}, p99 ${ms(quantile(writesMs, 0.99))}`,
    `reads meanwhile   p50 ${ms(quantile(readsMs, 0.5))}, p99 ${ms(readP99Ms)} ` +
      `(${readsMs.length} reads)  expected ${readP99MsMax} ms: ${mark(readP99Ms <= readP99MsMax)}`,
    `bare commits/s    ${Math.round(quantile(measured.bare, 0.5))} check-ins (rounds: ` +
      `${rounded(measured.bare)}); the server does ${ratio(measured.bare).toFixed(3)} of it`,
    `with the indexes  ${Math.round(quantile(measured.indexed, 0.5))} check-ins (rounds: ` +
      `${rounded(measured.indexed)}); the server does ${ratio(measured.indexed).toFixed(3)} of it`,
  ]
  console.log(lines.join('\n'))
}

async function tokenOf(email: string): Promise<string> {
  const { stdout } = await doorstep(folder, ['token', 'create', '--user', email])
  return stdout.trim()
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function mark(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED'
}

function rounded(values: readonly number[]): string {
  return values.map(Math.round).join(' ')
}
