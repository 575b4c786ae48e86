import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

import type { LoadResult } from '../load.ts'
import type { RoundOptions } from '../rounds.ts'

const warmUpSeconds = 2
const pauseMs = 20

/** What is measured: something that makes requests for a while. */
export interface Side {
  readonly name: string
  readonly run: (seconds: number) => Promise<LoadResult>
}

export interface Row {
  readonly name: string
  readonly sides: readonly Side[]
}

interface Measured extends Row {
  /** Requests per second of each side, a figure a round. */
  readonly speeds: readonly (readonly number[])[]
}

/** Measures the sides of each row in turn, round by round. */
export async function measure(
  rows: readonly Row[],
  { rounds, seconds }: RoundOptions,
  tell: (line: string) => void,
): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const row of rows) {
    tell(`measuring: ${row.name}`)
    const speeds = row.sides.map((): number[] => [])
    for (const { run } of row.sides) await run(warmUpSeconds)
    for (let round = 0; round < rounds; round++) {
      for (const [index, { run }] of row.sides.entries()) {
        await pause(pauseMs)
        const result = await run(seconds)
        speeds[index]?.push(result.requests / result.seconds)
      }
    }
    measured.push({ ...row, speeds })
  }
  return measured
}

/** Ratios first: how many times as many requests Doorstep answers, medians within rounds. */
export function print(measured: readonly Measured[]): void {
  console.log(`load ${loadavg()[0]?.toFixed(1)}; times: what Doorstep answers against the other`)
  for (const { name, sides, speeds } of measured) {
    const own = speeds[sides.findIndex((each) => each.name === 'Doorstep')] ?? []
    console.log(`\n${name}: ${Math.round(median(own))} requests/s of Doorstep`)
    for (const [index, side] of sides.entries()) {
      const other = speeds[index] ?? []
      if (other === own) continue
      const times = median(own.map((speed, round) => speed / (other[round] ?? Number.NaN)))
      console.log(
        `  ${times.toFixed(2)} times  ${side.name.padEnd(26)} ${Math.round(median(other))} requests/s`,
      )
    }
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
