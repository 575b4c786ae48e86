import { UnauthorizedError } from '@doorstep/client/errors'
import { keepPreviousData, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

import { sessionExpiry } from '../session/expiry.ts'

/** A session that ended while somebody works is asked for again over the page, which stays. */
function noteExpiry(error: Error, meta: Record<string, unknown> | undefined): void {
  if (error instanceof UnauthorizedError && meta?.mayBeSignedOut !== true) sessionExpiry.begin()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => noteExpiry(error, query.meta) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => noteExpiry(error, mutation.meta),
  }),
  defaultOptions: {
    // The SDK retries what may be retried, and says when there is no network.
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      gcTime: 600_000,
      retry: false,
      placeholderData: keepPreviousData,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
