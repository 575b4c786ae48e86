import { inject } from 'vitest'

interface Runs {
  /** In `npm test`. */
  readonly test: number
  /** In `npm run test:rest`, on SQLite. */
  readonly rest: number
  /** Whether SQL decides what is tested, so that PostgreSQL repeats it as often. */
  readonly isOfSql?: boolean
}

/** `RANDOM_RUNS=10`: ten times as often, for who looks for what is rare. */
const times = Number(process.env['RANDOM_RUNS'] ?? 1)

/** How often a test with random input repeats itself. */
export const runs = ({ test, rest, isOfSql = false }: Runs): number =>
  times * (inject('isLong') && (isOfSql || inject('engine') === 'sqlite') ? rest : test)
