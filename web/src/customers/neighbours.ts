import { useQuery } from '@tanstack/react-query'

import type { Customer, CustomerKey } from '../api/customers.ts'
import { queryClient } from '../api/query-client.ts'

const queryKey = ['customers-shown'] as const

/** Remembers in which order a list showed its customers, for J and K on their pages. */
export function noteShown(rows: readonly Customer[]): void {
  const keys = rows.map(({ resource_type: type, id }): CustomerKey => ({ type, id }))
  queryClient.setQueryData(queryKey, keys)
}

/** The customers before and after this one in the list that was shown last. */
export function useNeighbours({ type, id }: CustomerKey): {
  readonly before: CustomerKey | undefined
  readonly after: CustomerKey | undefined
} {
  const { data: keys = [] } = useQuery<readonly CustomerKey[]>({
    queryKey,
    queryFn: () => [],
    staleTime: Number.POSITIVE_INFINITY,
  })
  const at = keys.findIndex((key) => key.id === id && key.type === type)
  return { before: at > 0 ? keys[at - 1] : undefined, after: at < 0 ? undefined : keys[at + 1] }
}
