import { useMatch, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/**
 * Whether another screen is being opened. What this one notes in the URL by itself, because a map came to
 * rest or somebody stopped typing, would then take them back.
 */
export function useIsLeaving(): () => boolean {
  const router = useRouter()
  const pathname = useMatch({ strict: false, select: (match) => match.pathname })
  return useCallback(() => router.latestLocation.pathname !== pathname, [router, pathname])
}
