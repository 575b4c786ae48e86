import { type Case, floorShareMin, importPerSecondMin, memoryBytesMax } from './cases.ts'
import type { Memory } from './processes.ts'
import type { Measured, Measurement, Round } from './rounds.ts'
import type { ImportMeasurement } from './stores.ts'

/** What the issue expected, beside what was measured. */
export interface Verdict {
  readonly measured: number
  readonly limit: number
  readonly isMet: boolean
}

export interface CaseSummary extends Measurement {
  readonly name: string
  readonly items: number
  /** CPU time of a page that is asked for the first time since a change of the store. */
  readonly firstCpuUs: number | undefined
  readonly floor: Measurement & {
    /** How much of the floor's requests per second the server answers. */
    readonly share: number
    /** The same of CPU time, which other processes disturb less. */
    readonly cpuShare: number
    readonly verdict: Verdict | undefined
  }
  readonly baseline:
    | (Measurement & {
        readonly name: string
        /** How many times the baseline's CPU time, and its time, a request takes. */
        readonly cpuRatio: number
        readonly timeRatio: number
        readonly verdict: Verdict | undefined
      })
    | undefined
  /** How much the host and other processes disturbed: shares of all cores. */
  readonly stolen: number
  readonly others: number
  readonly roundsKept: number
}

export interface Summary {
  readonly at: string
  readonly machine: string
  readonly cases: readonly CaseSummary[]
  readonly server: { readonly memory: Memory; readonly verdict: Verdict }
  readonly importing: {
    readonly measured: ImportMeasurement
    readonly speedVerdict: Verdict
    readonly memoryVerdict: Verdict
  }
}

/** A round in which the host took more than this share of time is left out, while others are left. */
const stolenMax = 0.02
const roundsMin = 3

/** Medians over the rounds; ratios are taken within each round first. */
export function summarize(each: Case, measured: Measured): CaseSummary {
  const calm = measured.rounds.filter(({ stolen }) => stolen <= stolenMax)
  const rounds = calm.length >= roundsMin ? calm : measured.rounds
  const of = (value: (round: Round) => number) => median(rounds.map(value))
  const share = of(({ subject, floor }) => subject.perSecond / floor.perSecond)
  return {
    name: each.name,
    items: each.items,
    ...medians(rounds.map(({ subject }) => subject)),
    firstCpuUs: measured.firstCpuUs,
    floor: {
      ...medians(rounds.map(({ floor }) => floor)),
      share,
      cpuShare: of(({ subject, floor }) => floor.cpuUs / subject.cpuUs),
      verdict: each.isFloorExpected ? atLeast(share, floorShareMin) : undefined,
    },
    baseline: summarizeBaseline(each, rounds),
    stolen: of(({ stolen }) => stolen),
    others: of(({ others }) => others),
    roundsKept: rounds.length,
  }
}

function summarizeBaseline(each: Case, rounds: readonly Round[]): CaseSummary['baseline'] {
  if (!each.baseline) return undefined
  const { name, costMax } = each.baseline
  const pairs = rounds.flatMap(({ subject, baseline }) => (baseline ? { subject, baseline } : []))
  const cpuRatio = median(pairs.map(({ subject, baseline }) => subject.cpuUs / baseline.cpuUs))
  return {
    name,
    ...medians(pairs.map(({ baseline }) => baseline)),
    cpuRatio,
    timeRatio: median(pairs.map(({ subject, baseline }) => baseline.perSecond / subject.perSecond)),
    verdict: costMax === undefined ? undefined : atMost(cpuRatio, costMax),
  }
}

export const summarizeServer = (memory: Memory): Summary['server'] => ({
  memory,
  verdict: atMost(memory.anonBytes, memoryBytesMax),
})

export const summarizeImport = (measured: ImportMeasurement): Summary['importing'] => ({
  measured,
  speedVerdict: atLeast(measured.visits / measured.seconds, importPerSecondMin),
  memoryVerdict: atMost(measured.anonBytes, memoryBytesMax),
})

export const verdictsOf = ({ cases, server, importing }: Summary): Verdict[] =>
  [
    ...cases.flatMap(({ floor, baseline }) => [floor.verdict, baseline?.verdict]),
    server.verdict,
    importing.speedVerdict,
    importing.memoryVerdict,
  ].filter((verdict) => verdict !== undefined)

const atLeast = (measured: number, limit: number): Verdict => ({
  measured,
  limit,
  isMet: measured >= limit,
})

const atMost = (measured: number, limit: number): Verdict => ({
  measured,
  limit,
  isMet: measured <= limit,
})

const medians = (all: readonly Measurement[]): Measurement => ({
  perSecond: median(all.map(({ perSecond }) => perSecond)),
  cpuUs: median(all.map(({ cpuUs }) => cpuUs)),
})

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}
