import { moved, type Point } from './cities.ts'
import type { SellItem } from './item.ts'
import { between, newRandom, pick, type Random } from './random.ts'

/** What a rep's phone reports of a visit. Times in ms, `accuracyM` in metres. */
export type DemoDevice =
  | { readonly unavailable: 'permission_denied' | 'timeout' | 'position_unavailable' }
  | (Point & { readonly accuracyM: number; readonly fixAt: number })

const STREAM = 2

/** The report of a phone that leads to the status of a visit of the demo team to a customer at `place`. */
export function deviceOf({ data, meta }: SellItem, place: Point): DemoDevice {
  const random = newRandom(Number(data['id']), STREAM)
  const fixAt = Date.parse(String(data['visited_at'])) - between(random, 0, 9) * 1000
  if (data['rep_location_verification_status'] === 'location_services_disabled') {
    return { unavailable: 'permission_denied' }
  }
  const { latitude, longitude } = Object(meta['sales_rep_location'])
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    return { latitude, longitude, accuracyM: accuracyOf(random), fixAt }
  }
  const roll = random()
  if (roll < 0.3) return { unavailable: pick(random, ['timeout', 'position_unavailable']) }
  // Others know only roughly where they are, or are at the edge of the radius of 300 m.
  const isAtEdge = roll < 0.55
  const distanceM = isAtEdge ? between(random, 304, 312) : between(random, 20, 400)
  const accuracyM = isAtEdge ? between(random, 26, 60) : between(random, 420, 2_400)
  return { ...moved(place, distanceM * 0.6, distanceM * 0.8), accuracyM, fixAt }
}

/** Metres, as phones have them under the open sky and between houses. */
function accuracyOf(random: Random): number {
  const metres = random() < 0.8 ? 4 + 11 * random() : 15 + 35 * random() ** 2
  return Math.round(metres * 10) / 10
}
