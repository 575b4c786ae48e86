import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { client } from '../api/client.ts'

const settleMs = 120
const limit = 10

/** What was typed, once it has rested. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), settleMs)
    return () => clearTimeout(timer)
  }, [typed])
  return settled
}

/** Customers and people whose words begin as typed. */
export function useFound(typed: string) {
  const q = useSettled(typed.trim())
  const { data, error } = useQuery({
    queryKey: ['search', q],
    queryFn: async ({ signal }) =>
      (await client.search({ q, limit }, { signal })).items.map(({ data: hit }) => hit),
    enabled: q !== '',
  })
  return { found: q === '' || typed.trim() === '' ? [] : (data ?? []), isFailed: error !== null }
}
