import { inject } from 'vitest'

/** How often a test with random input repeats itself: in `npm test`, and in `npm run test:rest`. */
export const runs = ({ test, rest }: { readonly test: number; readonly rest: number }): number =>
  inject('isLong') ? rest : test
