import { useMatch, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Routes are found whatever the case of a path, and with a slash at its end. */
const plain = (path: string): string => path.replace(/(?<=.)\/$/, '').toLowerCase()

/**
 * Whether another screen is being opened, or is there already. Who goes elsewhere by itself, because a map
 * came to rest, somebody stopped typing or an answer came, would then take that back.
 */
export function useIsLeaving(): () => boolean {
  const router = useRouter()
  const pathname = useMatch({ strict: false, select: (match) => match.pathname })
  return useCallback(
    () => plain(router.latestLocation.pathname) !== plain(pathname),
    [router, pathname],
  )
}
