import { type InfiniteData, keepPreviousData, QueryClient } from '@tanstack/react-query'

export const queryClient = new QueryClient({
  defaultOptions: {
    // The SDK retries what may be retried, and says when there is no network.
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      gcTime: 600_000,
      retry: false,
      placeholderData: keepPreviousData,
    },
    // What was sent and answered can be a password or a token, and is gone with the form.
    mutations: { networkMode: 'always', retry: false, gcTime: 0 },
  },
})

const isPaged = (data: unknown): data is InfiniteData<unknown> =>
  typeof data === 'object' && data !== null && 'pages' in data && 'pageParams' in data

/** Reads again what is under a key; of a list only its first page, and the rest as it is looked at. */
export async function renew(queryKey: readonly unknown[]): Promise<void> {
  queryClient.setQueriesData({ queryKey }, (data: unknown) =>
    isPaged(data) && data.pages.length > 1
      ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) }
      : undefined,
  )
  await queryClient.invalidateQueries({ queryKey })
}
