import type { VerificationPreview } from '@doorstep/contract/verification-previews'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { basePath } from '../base-path.ts'
import { client } from './client.ts'

export type PreviewedVisit = VerificationPreview['visits'][number]

/** The account's settings, with those that whoever runs the server has fixed. For admins. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await client.settings.get({ signal })).data,
})

/** What another radius would have made of the last findings. */
export const radiusPreviewQuery = (radiusM: number) =>
  queryOptions({
    queryKey: ['settings', 'radius', radiusM],
    queryFn: async ({ signal }) =>
      (await client.settings.previewRadius({ radius_m: radiusM }, { signal })).data,
  })

/** Some visits by their ids, with what an example says of them. */
export const exampleVisitsQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: ['visits', 'examples', ids],
    queryFn: async ({ signal }) => {
      const { items } = await client.visits.list(
        { ids: [...ids], include: ['resource', 'creator'], per_page: 100 },
        { signal },
      )
      return new Map(items.map(({ data }) => [data.id, data]))
    },
    enabled: ids.length > 0,
  })

/** What is held about where whoever is signed in was. */
export const locationDataQuery = queryOptions({
  queryKey: ['location_data'],
  queryFn: async ({ signal }) => (await client.locationData.get({ per_page: 1 }, { signal })).data,
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

const looksPerPage = 50

/** Who else was shown where whoever is signed in was, page by page. */
export const looksQuery = infiniteQueryOptions({
  queryKey: ['location_data', 'looks'],
  queryFn: async ({ pageParam, signal }) => {
    const query = { page: pageParam, per_page: looksPerPage }
    const { data, meta } = await client.locationData.get(query, { signal })
    return { looks: data.looks, hasMore: meta.links.next_page !== undefined }
  },
  initialPageParam: 1,
  getNextPageParam: ({ hasMore }, _pages, page) => (hasMore ? page + 1 : undefined),
  // For when there is no network.
  meta: { isKept: true },
  gcTime: Number.POSITIVE_INFINITY,
})

/** The server's time to the second, and how far it is ahead of this device's. */
export const serverClockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }) => {
    const { headers } = await fetch(`${basePath}/healthz`, { signal, cache: 'no-store' })
    const at = Date.parse(headers.get('date') ?? '')
    return Number.isNaN(at) ? null : { at: new Date(at), aheadS: (at - Date.now()) / 1_000 }
  },
  staleTime: 0,
  refetchInterval: 30_000,
})
