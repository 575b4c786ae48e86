import { queryOptions } from '@tanstack/react-query'

import { client } from './client.ts'

const liveMs = 2_000
const idleMs = 30_000

export const verificationQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', 'verification', id],
    queryFn: async ({ signal }) => (await client.imports.verification(id, { signal })).data,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? liveMs : idleMs),
    placeholderData: () => undefined,
  })
