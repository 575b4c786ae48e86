import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import type { PlacedCustomer } from '../api/placed-customers.ts'
import type { Place } from '../map/movable-pin.ts'
import type { PinStart } from './PinForm.tsx'
import type { PlacedVisit } from './visits-there.ts'

const zooms: Readonly<Record<string, number>> = { street: 16, postcode: 14, city: 12.5 }
const visitZoom = 16
const townZoom = 12.5
const regionZoom = 9

interface Pointed {
  readonly latitude: number | null
  readonly longitude: number | null
}

function firstPlace(items: readonly (Pointed | null | undefined)[]): Place | undefined {
  for (const item of items) {
    const { latitude = null, longitude = null } = item ?? {}
    if (latitude !== null && longitude !== null) return { latitude, longitude }
  }
  return undefined
}

/** Another customer whose address names the town. */
async function findInTown(town: string, signal: AbortSignal) {
  const query = { q: town.slice(0, 100), types: ['lead' as const, 'contact' as const], limit: 20 }
  const { items } = await client.search(query, { signal })
  return firstPlace(items.map(({ data }) => data))
}

/** The customer that the owner visited last. */
async function findAtOwner(owner: number, signal: AbortSignal) {
  const { items } = await client.visits.list(
    { creator_id: owner, sort_by: 'visited_at:desc', per_page: 20, include: ['resource'] },
    { signal },
  )
  return firstPlace(items.map(({ data }) => data.resource))
}

/**
 * Where the map begins: at the last visit there, at the point that is too vague, in the town of the
 * address as far as another customer is known in it, or where its owner was last. undefined: that is still being looked up; null:
 * nowhere.
 */
export function usePinStart(
  customer: PlacedCustomer,
  placed: readonly PlacedVisit[],
): PinStart | null | undefined {
  const { place, precision, address, ownerId } = customer
  const [last] = placed
  const town = (address.city || address.postal_code).trim()
  const isLookedUp = !last && !place
  const { data, isLoading } = useQuery({
    queryKey: ['unplaced', 'town', town, ownerId],
    queryFn: async ({ signal }) => {
      const inTown = town === '' ? undefined : await findInTown(town, signal)
      if (inTown) return { place: inTown, zoom: townZoom }
      const atOwner = ownerId === null ? undefined : await findAtOwner(ownerId, signal)
      return atOwner ? { place: atOwner, zoom: regionZoom } : null
    },
    enabled: isLookedUp,
    staleTime: 300_000,
    placeholderData: () => undefined,
  })
  if (last) return { place: last.place, zoom: visitZoom, isGood: true }
  if (place) return { place, zoom: zooms[precision ?? ''] ?? townZoom, isGood: false }
  if (isLoading) return undefined
  return data ? { ...data, isGood: false } : null
}
