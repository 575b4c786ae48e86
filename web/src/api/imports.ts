import { DoorstepError, NetworkError } from '@doorstep/client/errors'
import type { Import } from '@doorstep/contract/imports'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { imports } from '../texts/en/imports.ts'
import { problemOf } from '../texts/problem.ts'
import { client } from './client.ts'
import { nextPage, pageSize } from './pages.ts'
import { queryClient } from './query-client.ts'
import { isTokenRefused } from './token-refused.ts'

const liveMs = 2_000
const idleMs = 6_000

/** All imports from Sell, the newest first; read every other second while one of them runs. */
export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: async ({ signal }) =>
    Array.fromAsync(client.imports.each({ sort_by: 'id:desc', source: 'sell' }, { signal })),
  refetchInterval: ({ state }) =>
    state.data?.some(({ is_running: runs }) => runs) ? liveMs : idleMs,
  staleTime: 0,
})

export const rejectedQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'rejected', id],
    queryFn: ({ pageParam, signal }) =>
      client.imports.rejected(id, { page: pageParam, per_page: pageSize }, { signal }),
    initialPageParam: 1,
    getNextPageParam: (last, _all, page) => nextPage(last, page),
    placeholderData: () => undefined,
  })

export const readImportsAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['imports'] })

/** Sell does not accept the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

const looks = 12
const lookMs = 250

/** Waits until Sell has answered for the first time. Throws TokenRefused. */
async function untilAnswered({ id, requests }: Import): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const { data } = await client.imports.get(id)
    if (isTokenRefused(data.last_error)) throw new TokenRefused()
    if (!data.is_running || data.requests > requests + 2) return
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

/** Starts or resumes the import from Sell. Throws TokenRefused where Sell says so at once. */
export async function startImport(token: string, follow: boolean): Promise<void> {
  const { data } = await client.imports.start({ source: 'sell', token: token.trim(), follow })
  await untilAnswered(data)
}

/** Resumes an import. Throws TokenRefused where Sell says so at once. */
export async function resumeImport(id: number, token: string, follow: boolean): Promise<void> {
  const { data } = await client.imports.update(id, {
    state: 'running',
    token: token.trim(),
    follow,
  })
  await untilAnswered(data)
}

/** What a failed start, change or comparison says. */
export function importProblem(error: unknown): string {
  if (error instanceof TokenRefused) return imports.token.refused
  if (error instanceof DoorstepError && !(error instanceof NetworkError) && error.status === 503) {
    return imports.token.unavailable
  }
  return problemOf(error, imports.token.failed)
}
