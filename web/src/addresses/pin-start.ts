import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import type { PlacedCustomer } from '../api/unplaced.ts'
import type { PinStart } from './PinForm.tsx'
import type { PlacedVisit } from './visits-there.ts'

const zooms: Readonly<Record<string, number>> = { street: 16, postcode: 14, city: 12.5 }
const visitZoom = 16
const townZoom = 12.5

/**
 * Where the map begins: at the last visit there, at the point that is too vague, or in the town of the
 * address, as far as another customer is known in it. undefined: that is still being looked up; null:
 * nowhere.
 */
export function usePinStart(
  customer: PlacedCustomer,
  placed: readonly PlacedVisit[],
): PinStart | null | undefined {
  const { place, precision, address } = customer
  const [last] = placed
  const town = (address.city || address.postal_code).trim()
  const isLookedUp = !last && !place && town !== ''
  const { data, isLoading } = useQuery({
    queryKey: ['unplaced', 'town', town],
    queryFn: async ({ signal }) => {
      const { items } = await client.search(
        { q: town.slice(0, 100), types: ['lead', 'contact'], limit: 20 },
        { signal },
      )
      const hit = items.find((item) => item.data.latitude !== null && item.data.longitude !== null)
      const { latitude = null, longitude = null } = hit?.data ?? {}
      return latitude === null || longitude === null ? null : { latitude, longitude }
    },
    enabled: isLookedUp,
    staleTime: 300_000,
    placeholderData: () => undefined,
  })
  if (last) return { place: last.place, zoom: visitZoom, isGood: true }
  if (place) return { place, zoom: zooms[precision ?? ''] ?? townZoom, isGood: false }
  if (!isLookedUp) return null
  if (isLoading) return undefined
  return data ? { place: data, zoom: townZoom, isGood: false } : null
}
