import type { Visit } from '@doorstep/contract/visits'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'

import { onNewVisits } from '../api/live-cache.ts'
import { atMostEvery } from '../api/live-pauses.ts'
import { queryClient } from '../api/query-client.ts'
import { heldReviews } from '../api/visit-reviews.ts'
import { visitTotalQuery } from '../api/visits.ts'
import { useHeld } from '../parts/held.ts'
import { listQueryOf } from './list-query.ts'
import { visitFilters } from './visit-filters.ts'
import type { VisitsSearch } from './visits-search.ts'

/** How often the list looks for what was logged. */
const lookMs = 1_000

export interface VisitList {
  readonly visits: readonly Visit[]
  readonly total: number | undefined
  readonly hasMore: boolean
  readonly isLoading: boolean
  /** Whether what is shown is still the answer to the filters before. */
  readonly isOld: boolean
  readonly error: Error | null
  /** How many were logged since the list was read. */
  readonly fresh: number
  /** Whether the next page could not be read. It is asked for again only by `readRest`. */
  readonly hasRestFailed: boolean
  readonly readMore: () => void
  readonly readRest: () => void
  /** Reads the list again from its top. */
  readonly readAgain: () => void
}

/** The visits of the filters as far as they were read, and whether there are new ones. */
export function useVisitList(search: VisitsSearch, mayRenew: boolean): VisitList {
  const filters = visitFilters(search)
  const query = listQueryOf(search)
  const list = useInfiniteQuery(query)
  const latest = useQuery({ ...visitTotalQuery(filters), staleTime: 0 })
  const held = useHeld(heldReviews)
  const look = latest.refetch
  useEffect(() => onNewVisits(atMostEvery(lookMs, () => void look())), [look])
  const visits = useMemo(
    () => list.data?.pages.flatMap(({ items }) => items.map(({ data }) => data)) ?? [],
    [list.data],
  )
  const total = list.data?.pages[0]?.meta.total_count
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError, refetch } = list
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  const readAgain = () => {
    // Otherwise all pages that were read would be read again.
    queryClient.setQueryData(
      query.queryKey,
      (before) =>
        before && { pages: before.pages.slice(0, 1), pageParams: before.pageParams.slice(0, 1) },
    )
    void refetch()
  }
  const isCurrent = !list.isPlaceholderData && !latest.isPlaceholderData && !isFetching
  const isAfter = latest.dataUpdatedAt > list.dataUpdatedAt
  // Those that were decided a moment ago are still counted at the server.
  const decided = search.review === 'open' ? visits.filter(({ id }) => held.has(id)).length : 0
  const more = (latest.data ?? 0) - decided - (total ?? 0)
  const fresh = isCurrent && isAfter ? Math.max(0, more) : 0
  useEffect(() => {
    if (fresh > 0 && mayRenew && search.sort !== 'oldest') readAgain()
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [fresh, mayRenew])
  return {
    visits,
    total,
    hasMore: hasNextPage,
    isLoading: list.isPending,
    isOld: list.isPlaceholderData,
    error: list.error,
    fresh,
    hasRestFailed: isFetchNextPageError,
    readMore,
    readRest: () => void fetchNextPage(),
    readAgain,
  }
}
