import { mkdirSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { newIdempotencyKey } from '../client/src/idempotency-keys.ts'
import { Api } from './api.ts'
import { CheckIns, findReps } from './check-in-feed.ts'
import { doorstep } from './doorstep.ts'
import { type Feed, Load } from './load.ts'
import type { RoundOptions } from './rounds.ts'
import { startDoorstepOnAllCores } from './servers.ts'
import { adminEmail } from './stores.ts'

const refusalsCount = 10_000
const slowdownMax = 0.1

const visits = 50_000
const people = 4
const connections = 32
const refusalConnections = 4
const warmUpSeconds = 8
const tickMs = 20

const folder = join(import.meta.dirname, '.data/refusals')

/** What 10,000 refused POSTs, spread over the rounds, cost the check-ins beside them. */
export async function benchRefusals(
  { rounds, seconds }: RoundOptions,
  tell: (line: string) => void,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  tell(`creating a store of ${visits} visits`)
  await doorstep(folder, ['init', '--account', 'Bench', '--email', adminEmail])
  await doorstep(folder, ['demo', '--visits', String(visits), '--seed', '1'])
  await using server = await startDoorstepOnAllCores(folder, [])
  const apiOf = async (email: string) => new Api(server, await tokenOf(email))
  const admin = await apiOf(adminEmail)
  using checkIns = new Load(
    server.port,
    new CheckIns(await findReps(admin, people, apiOf)),
    connections,
  )
  using refusals = new Load(server.port, refusedBy(admin), refusalConnections, 422)
  await checkIns.run({ seconds: warmUpSeconds })
  await refusals.run({ requests: 1_000 })
  const alone: number[] = []
  const beside: number[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await perSecond(checkIns, seconds))
    const [speed] = await Promise.all([
      perSecond(checkIns, seconds),
      paced(refusals, Math.ceil(refusalsCount / rounds), seconds),
    ])
    beside.push(speed)
  }
  const share = median(beside.map((speed, round) => speed / (alone[round] ?? Number.NaN)))
  const mark = 1 - share < slowdownMax ? 'met' : 'missed'
  console.log(
    `check-ins alone ${Math.round(median(alone))} per second, beside ` +
      `${Math.round(refusalsCount / rounds / seconds)} refusals per second ` +
      `${Math.round(median(beside))}: ${((1 - share) * 100).toFixed(1)} % slower, expected less ` +
      `than ${slowdownMax * 100} %: ${mark} (load ${loadavg()[0]?.toFixed(1)})`,
  )
}

async function perSecond(load: Load, seconds: number): Promise<number> {
  const ran = await load.run({ seconds })
  return ran.requests / ran.seconds
}

/** So many requests, spread evenly over the time. */
async function paced(load: Load, requests: number, seconds: number): Promise<void> {
  const startMs = performance.now()
  for (let sent = 0; sent < requests;) {
    const elapsedShare = (performance.now() - startMs) / (seconds * 1000)
    const due = Math.min(requests, Math.ceil(requests * elapsedShare)) - sent
    if (due > 0) await load.run({ requests: due })
    sent += due
    await pause(tickMs)
  }
}

/** In turn: a draft whose lead does not exist, and one that the schema refuses as well. */
function refusedBy({ port, token }: Api): Feed {
  const wrong = { resource_type: 'lead', resource_id: 1, outcome_id: 1 }
  const bodies = [wrong, { ...wrong, color: 'red' }].map((data) => JSON.stringify({ data }))
  let turn = 0
  return {
    endLength: 0,
    next() {
      const body = bodies[turn++ % bodies.length] ?? ''
      return Buffer.from(
        `POST /v2/visits HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bench\r\n` +
          `Accept: application/json\r\nAuthorization: Bearer ${token}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
          `Idempotency-Key: ${newIdempotencyKey()}\r\n\r\n${body}`,
        'latin1',
      )
    },
  }
}

async function tokenOf(email: string): Promise<string> {
  const { stdout } = await doorstep(folder, ['token', 'create', '--user', email])
  return stdout.trim()
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
