import { queryOptions } from '@tanstack/react-query'

import { basePath } from '../base-path.ts'
import { client } from './client.ts'

/** The account's settings, with those that whoever runs the server has fixed. For admins. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await client.settings.get({ signal })).data,
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
