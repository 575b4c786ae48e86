import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { useSettled } from '../parts/use-settled.ts'

const settleMs = 120
const limit = 10

/** Customers and people whose words begin as typed. */
export function useFound(typed: string) {
  const q = useSettled(typed.trim(), settleMs)
  const { data, error } = useQuery({
    queryKey: ['search', q],
    queryFn: async ({ signal }) =>
      (await client.search({ q, limit }, { signal })).items.map(({ data: hit }) => hit),
    enabled: q !== '',
  })
  return { found: q === '' || typed.trim() === '' ? [] : (data ?? []), isFailed: error !== null }
}
