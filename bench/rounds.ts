import { setTimeout as pause } from 'node:timers/promises'

import type { Case, Plan } from './cases.ts'
import { draining, inTurn } from './feeds.ts'
import { type Feed, Load } from './load.ts'
import { cpuMs, machineTime } from './processes.ts'
import { fillFloor } from './samples.ts'
import type { Server } from './servers.ts'

export interface RoundOptions {
  readonly rounds: number
  readonly seconds: number
}

/** One server under load for one round. */
export interface Measurement {
  readonly perSecond: number
  /** CPU time of a request, all threads of the server together. */
  readonly cpuUs: number
}

export interface Measured {
  /** CPU time of the subject for a page that is asked for the first time since a change. */
  readonly firstCpuUs: number | undefined
  readonly rounds: readonly Round[]
}

export interface Round {
  readonly subject: Measurement
  readonly floor: Measurement
  readonly baseline: Measurement | undefined
  /** Shares of both cores that the host took away, and that other processes here used. */
  readonly stolen: number
  readonly others: number
}

const connections = 16
const warmUpSeconds = 0.4
/** Fewer cannot be told from nothing, as CPU time is counted in hundredths of a second. */
const firstRequestsMin = 50
const pauseMs = 20

interface Side {
  readonly server: Server
  readonly load: Load
}

/** Which server answers a plan. */
export type ServerOf = (plan: Plan) => Server

/** Floor, subject and baseline in turn, so that what disturbs one disturbs the others too. */
export async function measure(
  each: Case,
  floorServer: Server,
  serverOf: ServerOf,
  { rounds, seconds }: RoundOptions,
): Promise<Measured> {
  using loads = new DisposableStack()
  const side = (server: Server, feed: Feed): Side => ({
    server,
    load: loads.use(new Load(server.port, feed, connections)),
  })
  const sideOf = (plan: Plan) => side(serverOf(plan), feedOf(plan, each.items))
  const floor = side(floorServer, await fillFloor(floorServer, each))
  const subject = sideOf(each.plan)
  const baseline = each.baseline && sideOf(each.baseline.plan)
  const firstCpuUs = await askOnce(subject, each.plan)
  if (each.baseline && baseline) await askOnce(baseline, each.baseline.plan)
  for (const { load } of [floor, subject, ...(baseline ? [baseline] : [])]) {
    await load.run({ seconds: warmUpSeconds })
  }
  const measured: Round[] = []
  while (measured.length < rounds) {
    const before = machineTime()
    const ownBefore = process.cpuUsage()
    const used = { ms: 0 }
    const round = {
      floor: await runSide(floor, seconds, used),
      subject: await runSide(subject, seconds, used),
      baseline: baseline && (await runSide(baseline, seconds, used)),
    }
    const own = process.cpuUsage(ownBefore)
    const after = machineTime()
    const totalMs = after.totalMs - before.totalMs
    const stolenMs = after.stolenMs - before.stolenMs
    const busyMs = totalMs - (after.idleMs - before.idleMs) - stolenMs
    const othersMs = Math.max(0, busyMs - used.ms - (own.user + own.system) / 1000)
    measured.push({ ...round, stolen: stolenMs / totalMs, others: othersMs / totalMs })
  }
  return { firstCpuUs, rounds: measured }
}

/** Every page of the plan once, so that the rounds do not find half of them known. */
async function askOnce({ server, load }: Side, plan: Plan): Promise<number | undefined> {
  if (plan.kind === 'stream') return undefined
  const before = cpuMs(server.pid)
  const { requests } = await load.run({ requests: plan.paths.length })
  return requests < firstRequestsMin ? undefined : ((cpuMs(server.pid) - before) * 1000) / requests
}

const feedOf = (plan: Plan, items: number): Feed =>
  plan.kind === 'stream' ? draining(plan.api, items) : inTurn(plan.api, plan.paths)

async function runSide(
  { server, load }: Side,
  seconds: number,
  used: { ms: number },
): Promise<Measurement> {
  // NOTE: lets the server that was measured before end what it does after its last answer.
  await pause(pauseMs)
  const before = cpuMs(server.pid)
  const result = await load.run({ seconds })
  const ms = cpuMs(server.pid) - before
  used.ms += ms
  return { perSecond: result.requests / result.seconds, cpuUs: (ms * 1000) / result.requests }
}
