import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

/** Who is signed in. Throws UnauthorizedError if nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => (await client.session.get({ signal })).data,
  staleTime: 300_000,
})
