import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

import { suggestedPinsQuery } from '../api/pin-suggestions.ts'
import {
  type Owners,
  rowsOf,
  unplacedCountsQuery,
  unplacedFirstQuery,
  unplacedListQuery,
  type UnplacedReason,
} from '../api/unplaced.ts'
import { useHeld } from '../parts/held.ts'
import {
  type AddressGroup,
  type AddressRow,
  rowOfSuggestion,
  rowOfUnplaced,
} from './address-rows.ts'
import { type AddressReason, addressReasons } from './addresses-search.ts'
import { type Held, heldFixes } from './held.ts'
import type { Sight } from './use-owners.ts'

export interface AddressCounts {
  readonly of: Readonly<Record<AddressReason, number>>
  readonly total: number
  /** Whether there are more than were counted. */
  readonly isPartial: boolean
  readonly hasGeocoder: boolean
}

const visible = (rows: readonly AddressRow[], held: Held) =>
  rows.filter(({ key }) => !held.has(key))

/** Those whose visits happen elsewhere. The server knows whose one may see; the owner is chosen here. */
function useElsewhere(ownerIds: ReadonlySet<number> | undefined) {
  const query = useQuery(suggestedPinsQuery)
  const held = useHeld(heldFixes)
  const rows = (query.data?.suggestions ?? [])
    .map(({ suggestion, customer }) => rowOfSuggestion(suggestion, customer))
    .filter(({ ownerId }) => !ownerIds || (ownerId !== null && ownerIds.has(ownerId)))
  return { ...query, rows: visible(rows, held), hasMore: query.data?.hasMore ?? false }
}

export type Elsewhere = ReturnType<typeof useElsewhere>

/** How many there are for each reason, without those that were fixed a moment ago. */
export function useAddressCounts(sight: Sight | undefined) {
  const unplaced = useQuery({
    ...unplacedCountsQuery(sight?.owners ?? {}),
    enabled: sight !== undefined,
  })
  const elsewhere = useElsewhere(sight?.ownerIds)
  const held = useHeld(heldFixes)
  const { data } = unplaced
  const counts = useMemo((): AddressCounts | undefined => {
    if (!data) return undefined
    const heldFor = (reason: AddressReason) =>
      [...held.values()].filter((each) => each === reason).length
    const left = (reason: UnplacedReason) => Math.max(0, data[reason] - heldFor(reason))
    const of = {
      elsewhere: elsewhere.rows.length,
      not_found: left('not_found'),
      address_missing: left('address_missing'),
      address_imprecise: left('address_imprecise'),
      refused: left('refused'),
      unavailable: left('unavailable'),
      waiting: left('waiting'),
    }
    return {
      of,
      total: Object.values(of).reduce((sum, count) => sum + count, 0),
      isPartial: !data.is_complete || elsewhere.hasMore,
      hasGeocoder: data.has_geocoder,
    }
  }, [data, held, elsewhere.rows.length, elsewhere.hasMore])
  return { counts, elsewhere, error: unplaced.error, refetch: unplaced.refetch }
}

const firstMax = 5
const unplacedReasons = addressReasons.filter((reason) => reason !== 'elsewhere')

interface Groups {
  readonly groups: readonly AddressGroup[]
  readonly isLoading: boolean
  readonly error: Error | null
  /** Whether the next page could not be read. It is asked for again only by `readRest`. */
  readonly hasRestFailed: boolean
  readonly readMore: () => void
  readonly readRest: () => void
  readonly readAgain: () => void
}

/** The first ones of each reason, or all of one. */
export function useGroups(
  reason: AddressReason | undefined,
  owners: Owners,
  counts: AddressCounts | undefined,
  elsewhere: Elsewhere,
): Groups {
  const held = useHeld(heldFixes)
  const shown = reason ?? 'all'
  const isUnplaced = shown !== 'all' && shown !== 'elsewhere'
  const list = useInfiniteQuery({
    ...unplacedListQuery(isUnplaced ? shown : 'waiting', owners),
    enabled: isUnplaced,
  })
  // Those held back are read too, so that five are left to show.
  const size = Math.min(100, firstMax + held.size)
  const firsts = useQueries({
    queries: unplacedReasons.map((each) => ({
      ...unplacedFirstQuery(each, owners, size),
      enabled: shown === 'all' && (counts?.of[each] ?? 0) > 0,
    })),
  })
  const group = (of: AddressReason, rows: readonly AddressRow[]): AddressGroup[] =>
    rows.length > 0 ? [{ reason: of, count: counts?.of[of] ?? rows.length, rows }] : []
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])
  const more = {
    hasRestFailed: isUnplaced && isFetchNextPageError,
    readMore,
    readRest: () => void fetchNextPage(),
  }
  if (shown === 'elsewhere') {
    const { rows, isPending, error, refetch } = elsewhere
    const readAgain = () => void refetch()
    return { groups: group('elsewhere', rows), isLoading: isPending, error, ...more, readAgain }
  }
  if (isUnplaced) {
    const rows = visible(rowsOf(list.data?.pages ?? []).map(rowOfUnplaced), held)
    return {
      groups: group(shown, rows),
      isLoading: list.isPending,
      error: list.error,
      ...more,
      readAgain: () => void list.refetch(),
    }
  }
  const groups = [
    ...group('elsewhere', elsewhere.rows.slice(0, firstMax)),
    ...unplacedReasons.flatMap((each, at) => {
      const rows = visible(firsts[at]?.data?.rows.map(rowOfUnplaced) ?? [], held)
      return (counts?.of[each] ?? 0) > 0 ? group(each, rows.slice(0, firstMax)) : []
    }),
  ]
  const failed = firsts.find(({ error }) => error)
  return {
    groups,
    isLoading:
      counts === undefined || elsewhere.isPending || firsts.some(({ isLoading }) => isLoading),
    error: failed?.error ?? elsewhere.error,
    ...more,
    readAgain: () => {
      void elsewhere.refetch()
      for (const first of firsts) if (first.error) void first.refetch()
    },
  }
}
