import type { ImportGap } from '../../../domain/imports.ts'

const nounOf = (list: string, count: number): string =>
  (count === 1 ? list.replace(/s$/, '') : list).replaceAll('_', ' ')

/** What Sell told and could not be kept, as a gap for each list. */
export const unkeptGaps = (counts: Readonly<Record<string, number>>): ImportGap[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([list, count]) => ({
      list,
      cause: 'unkept',
      filter: '',
      reason: `${count} ${nounOf(list, count)} could not be kept: doorstep import status --rejected names each with the reason`,
      missingMax: count,
    }))
