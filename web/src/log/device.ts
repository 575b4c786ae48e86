import type { Device } from '@doorstep/contract/devices'

import type { Fixing } from '../offline/fixes.ts'

/**
 * How a visit says where the phone was: the best fix so far, or why there is none. Without one, the
 * queue says when it was.
 */
export function deviceOf(fixing: Fixing | 'declined' | 'desk'): Device {
  if (fixing === 'desk') return { unavailable: 'not_on_device' }
  if (fixing === 'declined') return { unavailable: 'permission_denied' }
  const { best, problem } = fixing
  if (!best) return { unavailable: problem ?? 'timeout' }
  return {
    latitude: best.latitude,
    longitude: best.longitude,
    accuracy_m: best.accuracy,
    fix_at: new Date(best.at).toISOString(),
    captured_at: new Date().toISOString(),
  }
}
