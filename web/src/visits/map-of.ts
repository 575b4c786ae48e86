import type { Visit } from '@doorstep/contract/visits'

import { findingOf } from '../api/visits.ts'
import type { MiniMapProps } from './MiniMap.tsx'

/** What can be drawn of a visit: the customer's place at least. */
export function mapOf(visit: Visit): Omit<MiniMapProps, 'color' | 'status'> | null {
  const { verification, resource } = visit
  const finding = findingOf(visit)
  if (finding?.point) {
    return {
      point: finding.point,
      radiusM: finding.radius_m,
      phone: verification?.location ?? null,
      distanceM: finding.distance_m,
      accuracyM: finding.accuracy_m,
    }
  }
  const { latitude = null, longitude = null } = resource ?? {}
  if (latitude === null || longitude === null) return null
  const point = { latitude, longitude }
  return { point, radiusM: null, phone: null, distanceM: null, accuracyM: null }
}
