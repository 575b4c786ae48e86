import type { Import } from '@doorstep/contract/imports'

import { readOf } from './phases.ts'

/** What one look at an import has seen. */
export interface Sample {
  readonly at: number
  readonly visits: number
  readonly waits: number
  readonly waitedS: number
}

const windowMs = 60_000

export const sampleOf = (sellImport: Import, at: number): Sample => ({
  at,
  visits: readOf(sellImport, 'visits'),
  waits: sellImport.waits.count,
  waitedS: sellImport.waits.seconds,
})

/** The samples of the last minute. A count that has fallen starts again: it is another pass. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1)
  if (last && sample.visits < last.visits) return [sample]
  return [...samples.filter(({ at }) => at > sample.at - windowMs), sample]
}

/** Visits a second between each two samples. */
export const ratesOf = (samples: readonly Sample[]): readonly number[] =>
  samples.slice(1).map(({ at, visits }, index) => {
    const before = samples[index]
    if (!before || at <= before.at) return 0
    return (1_000 * (visits - before.visits)) / (at - before.at)
  })

/** How many seconds Sell has last asked to wait, while they run; undefined: it has not. */
export function waitOf(samples: readonly Sample[], now: number): number | undefined {
  for (let index = samples.length - 1; index > 0; index--) {
    const [before, after] = [samples[index - 1], samples[index]]
    if (!before || !after || after.waits === before.waits) continue
    const seconds = Math.max(1, after.waitedS - before.waitedS)
    // A sample sees a wait up to a few seconds after it began.
    return now - after.at < 1_000 * (seconds + 2) ? seconds : undefined
  }
  return undefined
}
