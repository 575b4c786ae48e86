import type { Unplaced } from '@doorstep/contract/unplaced'
import type { Visit } from '@doorstep/contract/visits'
import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'
import type { CustomerKey } from './placed-customers.ts'
import { queryClient } from './query-client.ts'

export type UnplacedReason = Unplaced['reason']

/** Whose customers. */
export interface Owners {
  readonly owner_id?: number | undefined
  readonly below?: number | undefined
}

export const unplacedCountsQuery = (owners: Owners) =>
  queryOptions({
    queryKey: ['unplaced', 'counts', owners],
    queryFn: async ({ signal }) => (await client.unplaced.counts(owners, { signal })).data,
    refetchInterval: 60_000,
  })

const perPage = 100
const keyOf = ({ resource_type: type, resource_id: id }: Unplaced) => `${type}.${id}`

interface UnplacedPart {
  readonly rows: readonly Unplaced[]
  readonly hasMore: boolean
}
type UnplacedParts = InfiniteData<UnplacedPart, number>

async function readPart(
  reason: UnplacedReason,
  owners: Owners,
  { page, size, signal }: { readonly page: number; readonly size: number; signal: AbortSignal },
): Promise<UnplacedPart> {
  const query = { ...owners, reason, page, per_page: size }
  const { items, meta } = await client.unplaced.list(query, { signal })
  return { rows: items.map(({ data }) => data), hasMore: meta.links.next_page !== undefined }
}

/** Each once: a page that was read again repeats some of the last. */
export const rowsOf = (parts: readonly UnplacedPart[]): readonly Unplaced[] => [
  ...new Map(parts.flatMap(({ rows }) => rows.map((row) => [keyOf(row), row]))).values(),
]

/**
 * Those with one reason, page by page. Rows that were fixed leave the pages that were read, and the
 * server's pages move up: so the next page is counted by the rows that are left.
 */
export const unplacedListQuery = (reason: UnplacedReason, owners: Owners) =>
  infiniteQueryOptions({
    queryKey: ['unplaced', 'list', reason, owners],
    queryFn: ({ pageParam: page, signal }) =>
      readPart(reason, owners, { page, size: perPage, signal }),
    initialPageParam: 1,
    getNextPageParam: (last, parts) =>
      last.hasMore ? Math.floor(rowsOf(parts).length / perPage) + 1 : undefined,
    placeholderData: () => undefined,
  })

/** The first ones with a reason. */
export const unplacedFirstQuery = (reason: UnplacedReason, owners: Owners, size: number) =>
  queryOptions({
    queryKey: ['unplaced', 'first', reason, owners, size],
    queryFn: ({ signal }) => readPart(reason, owners, { page: 1, size, signal }),
  })

/** The newest visits to a customer, and how many there are. */
export const visitsThereQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['unplaced', 'visits', type, id],
    queryFn: async ({ signal }): Promise<{ visits: readonly Visit[]; total: number }> => {
      const { items, meta } = await client.visits.list(
        {
          resource_type: type,
          resource_id: id,
          sort_by: 'visited_at:desc',
          per_page: 20,
          include: ['verification', 'creator'],
          include_total: true,
        },
        { signal },
      )
      return { visits: items.map(({ data }) => data), total: meta.total_count ?? items.length }
    },
    placeholderData: () => undefined,
  })

/** Takes a customer out of every list that was read, without reading it again. */
export function dropUnplaced(key: string): void {
  const without = (part: UnplacedPart) => ({
    ...part,
    rows: part.rows.filter((row) => keyOf(row) !== key),
  })
  queryClient.setQueriesData<UnplacedParts>(
    { queryKey: ['unplaced', 'list'] },
    (list) => list && { ...list, pages: list.pages.map(without) },
  )
}

/** How many customers have no place, without those for which the geocoder is yet to be asked. */
export const placelessQuery = queryOptions({
  queryKey: ['unplaced', 'placeless'],
  queryFn: async ({ signal }) => {
    const { data } = await client.unplaced.counts({}, { signal })
    const { address_missing: missing, address_imprecise: imprecise, waiting } = data
    const known = missing + imprecise + data.not_found + data.refused + data.unavailable
    return data.has_geocoder ? known : known + waiting
  },
  staleTime: 60_000,
  refetchInterval: 60_000,
})
