import type { Device } from '@doorstep/contract/visits'

import type { Fixing } from '../offline/fixes.ts'

/** How a visit says where the phone was: the best fix so far, or why there is none. */
export function deviceOf(fixing: Fixing | 'declined' | 'desk'): Device {
  const captured_at = new Date().toISOString()
  if (fixing === 'desk') return { unavailable: 'not_on_device', captured_at }
  if (fixing === 'declined') return { unavailable: 'permission_denied', captured_at }
  const { best, problem } = fixing
  if (!best) return { unavailable: problem ?? 'timeout', captured_at }
  return {
    latitude: best.latitude,
    longitude: best.longitude,
    accuracy_m: best.accuracy,
    fix_at: new Date(best.at).toISOString(),
    captured_at,
  }
}
