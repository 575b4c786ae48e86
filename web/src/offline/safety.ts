import { isInstalled } from './install.ts'
import { usePhoneStore } from './use-outbox.ts'

/**
 * How safe what waits is. `page`: this browser stores nothing; `tab`: it may empty a website; `phone`:
 * the app is on the home screen.
 */
export type Safety = 'page' | 'tab' | 'phone'

export function useSafety(): Safety {
  const isLasting = usePhoneStore()?.isLasting
  if (isLasting === false) return 'page'
  return isInstalled() ? 'phone' : 'tab'
}
