import { inject } from 'vitest'

interface Runs {
  /** In `npm test`. */
  readonly test: number
  /** In `npm run test:rest`, on SQLite. */
  readonly rest: number
  /** Whether SQL decides what is tested, so that PostgreSQL repeats it as often. */
  readonly isOfSql?: boolean
}

/** How often a test with random input repeats itself. */
export const runs = ({ test, rest, isOfSql = false }: Runs): number =>
  inject('isLong') && (isOfSql || inject('engine') === 'sqlite') ? rest : test
