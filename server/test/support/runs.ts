import { inject } from 'vitest'

import { randomRuns } from './random-runs.ts'

interface Runs {
  /** In `npm test`. */
  readonly test: number
  /** In `npm run test:rest`, on SQLite. */
  readonly rest: number
  /** Whether SQL decides what is tested, so that PostgreSQL repeats it as often. */
  readonly isOfSql?: boolean
}

/** How often a test repeats itself, or how much it does. */
export const repeats = ({ test, rest, isOfSql = false }: Runs): number =>
  inject('isLong') && (isOfSql || inject('engine') === 'sqlite') ? rest : test

/** How often a test with random input repeats itself. */
export const runs = (given: Runs): number => randomRuns * repeats(given)
