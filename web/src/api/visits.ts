import type { VisitFilters } from '@doorstep/contract/visit-filters'
import type { Visit, VisitCollection } from '@doorstep/contract/visits'
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryKey,
  queryOptions,
} from '@tanstack/react-query'

import { client } from './client.ts'
import { queryClient } from './query-client.ts'
import { visitHistoryQuery } from './visit-history.ts'
import { asHeld } from './visit-reviews.ts'

export type VisitPages = InfiniteData<VisitCollection, string>

const parts = ['finding', 'resource', 'creator', 'review'] as const

/** Of one visit that somebody opens: where the rep was is a look, which the rep is shown. */
const placedParts = ['verification', 'resource', 'creator', 'review'] as const

/** What the visit's status rests on; null: it was judged elsewhere. */
export const findingOf = (visit: Visit) => visit.verification ?? visit.finding ?? null

export type VisitSort = 'visited_at:desc' | 'visited_at:asc'

/**
 * The visits that the filters leave, page by page. Pages that were read stay as they are: the screen
 * says when there are new ones.
 */
export const visitListQuery = (filters: VisitFilters, sort: VisitSort) =>
  infiniteQueryOptions({
    queryKey: ['visits', 'list', filters, sort],
    queryFn: async ({ pageParam, signal }) => {
      const page = await client.visits.list(
        {
          ...filters,
          sort_by: sort,
          cursor: pageParam,
          per_page: 100,
          include: [...parts],
          ...(pageParam === '' && { include_total: true }),
        },
        { signal },
      )
      return { ...page, items: page.items.map((item) => ({ ...item, data: asHeld(item.data) })) }
    },
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  })

/** How many visits the filters leave. */
export const visitTotalQuery = (filters: VisitFilters) =>
  queryOptions({
    queryKey: ['visits', 'total', filters],
    queryFn: async ({ signal }) => {
      const query = { ...filters, per_page: 1, include_total: true }
      const { meta } = await client.visits.list(query, { signal })
      return meta.total_count ?? 0
    },
  })

export const visitQuery = (id: number) =>
  queryOptions({
    queryKey: ['visits', 'one', id],
    queryFn: async ({ signal }) =>
      asHeld((await client.visits.get(id, { include: [...placedParts], signal })).data),
    placeholderData: () => findListed(id),
  })

const listKey = { queryKey: ['visits', 'list'] } as const

function findListed(id: number): Visit | undefined {
  for (const [, pages] of queryClient.getQueriesData<VisitPages>(listKey)) {
    for (const { items } of pages?.pages ?? []) {
      const found = items.find(({ data }) => data.id === id)
      if (found) return found.data
    }
  }
  return undefined
}

const withTotal = (page: VisitCollection, by: number): VisitCollection =>
  page.meta.total_count === undefined || by === 0
    ? page
    : { ...page, meta: { ...page.meta, total_count: page.meta.total_count + by } }

/** The pages with this visit changed, or without it if `change` is undefined. */
function changePages(
  { pages, pageParams }: VisitPages,
  visit: Visit,
  change: ((visit: Visit) => Visit) | undefined,
  by: number,
): VisitPages {
  const changed = pages.map((page) => {
    if (!page.items.some(({ data }) => data.id === visit.id)) return withTotal(page, by)
    const items = page.items.flatMap((item) => {
      if (item.data.id !== visit.id) return [item]
      return change ? [{ ...item, data: change(item.data) }] : []
    })
    return withTotal({ ...page, items }, by)
  })
  return { pages: changed, pageParams }
}

/** Whether the total of a list counts this visit, which may have left its filter of reviews. */
function isCounted([, , filters]: QueryKey, { review }: Visit): boolean {
  if (typeof filters !== 'object' || filters === null || !('review' in filters)) return true
  return review?.state === filters.review
}

/** Changes or drops a visit in all lists; their totals follow, so that what is new can be counted. */
function changeLists(id: number, change: ((visit: Visit) => Visit) | undefined): void {
  for (const [key, list] of queryClient.getQueriesData<VisitPages>(listKey)) {
    const found = list?.pages.flatMap(({ items }) => items).find(({ data }) => data.id === id)
    if (!list || !found) continue
    const after = change?.(found.data)
    const by = (after && isCounted(key, after) ? 1 : 0) - (isCounted(key, found.data) ? 1 : 0)
    queryClient.setQueryData(key, changePages(list, found.data, change, by))
  }
}

/** Changes a visit wherever it is shown, without asking the server again. */
export function patchVisit(id: number, change: (visit: Visit) => Visit): void {
  queryClient.setQueryData(visitQuery(id).queryKey, (visit) => visit && change(visit))
  changeLists(id, change)
}

/** Whether a visit stands in a list or on a page of its own. */
export const isShown = (id: number): boolean =>
  queryClient.getQueryData(visitQuery(id).queryKey) !== undefined || findListed(id) !== undefined

/** Takes a visit that is gone out of the lists; where it stands alone, it is asked for again. */
export function dropVisit(id: number): void {
  changeLists(id, undefined)
  void queryClient.invalidateQueries({ queryKey: visitQuery(id).queryKey })
  void queryClient.invalidateQueries({ queryKey: visitHistoryQuery(id).queryKey })
}

/** Reads up to 100 visits that are shown, with all that belongs to them. */
export async function readVisitsAnew(ids: readonly number[]): Promise<void> {
  const { items } = await client.visits.list({ ids: [...ids], per_page: 100, include: [...parts] })
  for (const { data } of items) {
    // A list has less of a visit than the page of its own, which says where the rep was.
    changeLists(data.id, () => asHeld(data))
    void queryClient.invalidateQueries({ queryKey: visitQuery(data.id).queryKey })
    void queryClient.invalidateQueries({ queryKey: visitHistoryQuery(data.id).queryKey })
  }
}
