import type { SearchHit } from '@doorstep/contract/search'
import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { useSettled } from '../parts/use-settled.ts'
import { hasMatch, isMatch } from './marks.ts'

const settleMs = 120
const shown = 10
/** The server answers with those that were visited last; among so many, names come before the rest. */
const limit = 50

export interface Found extends SearchHit {
  /** Whether nothing that is shown of it was typed. */
  readonly isElsewhere: boolean
}

const namesFirst = (hits: readonly SearchHit[], q: string): readonly Found[] =>
  hits
    .toSorted((a, b) => Number(isMatch(b.name, q)) - Number(isMatch(a.name, q)))
    .slice(0, shown)
    .map((hit) => ({ ...hit, isElsewhere: !hasMatch(`${hit.name} ${hit.detail ?? ''}`, q) }))

/** Customers and people whose words begin as typed: first those whose names do. */
export function useFound(typed: string) {
  const q = useSettled(typed.trim(), settleMs)
  const { data, error } = useQuery({
    queryKey: ['search', q],
    queryFn: async ({ signal }) =>
      namesFirst(
        (await client.search({ q, limit }, { signal })).items.map(({ data: hit }) => hit),
        q,
      ),
    enabled: q !== '',
  })
  return { found: q === '' || typed.trim() === '' ? [] : (data ?? []), isFailed: error !== null }
}
