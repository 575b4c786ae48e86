import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Back to where a step was opened from. */
export function useClose(): () => void {
  const router = useRouter()
  return useCallback(() => {
    if (router.history.canGoBack()) router.history.back()
    else void router.navigate({ to: '/near', replace: true })
  }, [router])
}
