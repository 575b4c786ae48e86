import { sessionQuery } from './api/queries.ts'
import { queryClient } from './api/query-client.ts'
import { router } from './routes.tsx'
import { isPhone } from './shells/is-phone.ts'
import { Phone } from './shells/Shell.tsx'

/**
 * Asks for all that the first screen needs at once. By itself the router loads a screen only when it is known
 * who is signed in, and the frame of the phone only when the screen is there.
 */
export function askForFirstScreen(): void {
  const [routes] = router.getMatchedRoutes(router.latestLocation.pathname)
  if (routes.some(({ id }) => id === '/shell')) void queryClient.prefetchQuery(sessionQuery)
  // Just after that: browsers make six requests at a time, and a screen is more files than that.
  setTimeout(() => {
    if (isPhone()) void Phone.preload?.()
    for (const { options } of routes) void options.component?.preload?.()
  })
}
