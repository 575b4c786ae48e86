import { queryClient } from './api/query-client.ts'
import { sessionQuery } from './api/sessions.ts'
import { usersQuery } from './api/users.ts'
import { outcomesQuery } from './api/visit-outcomes.ts'
import { isPhone } from './parts/is-phone.ts'
import { router, startPath } from './routes.tsx'
import { loadPhone } from './shells/Shell.tsx'
import { listQueryOf } from './visits/list-query.ts'
import { parseVisitsSearch } from './visits/visits-search.ts'

/**
 * Asks for what the first screen needs at once. By itself the router loads a screen only when it is known who is
 * signed in, the frame of the phone only when the screen is there, and a list only when the screen is drawn.
 */
export function askForFirstScreen(): void {
  const { pathname, search } = router.latestLocation
  const [routes] = router.getMatchedRoutes(pathname)
  if (routes.some(({ id }) => id === '/shell')) {
    void (pathname === '/' ? askForData(startPath(), {}) : askForData(pathname, search))
  }
  // Just after that: browsers make six requests at a time, and a screen is more files than that.
  setTimeout(() => {
    // Where this fails, it is asked for again when it is drawn.
    if (isPhone()) loadPhone().catch(() => {})
    for (const { options } of routes) void options.component?.preload?.()
  })
}

/** What a screen reads first, by its path. */
const firstReads: Readonly<Record<string, () => Promise<(search: object) => Promise<void>>>> = {
  '/visits': async () => (search) =>
    queryClient.prefetchInfiniteQuery(listQueryOf(parseVisitsSearch({ ...search }))),
  '/map': async () => (await import('./map/first-reads.ts')).readMap,
}

async function askForData(pathname: string, search: object): Promise<void> {
  try {
    const session = queryClient.fetchQuery(sessionQuery)
    const [read] = await Promise.all([firstReads[pathname]?.(), session])
    if (!read) return
    const reading = read(search)
    void queryClient.prefetchQuery(outcomesQuery)
    void queryClient.prefetchQuery(usersQuery)
    await reading
  } catch {
    // Whoever draws the screen says what failed.
  }
}
