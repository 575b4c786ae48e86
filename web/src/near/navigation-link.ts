import { isIphone } from '../offline/install.ts'

interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Opens the phone's own app for the way there; null: nobody knows where it is. */
export function navigationLink(
  place: Place | null,
  address: string | null,
  name: string,
): string | null {
  if (!place && !address) return null
  const at = place && `${place.latitude},${place.longitude}`
  const there = at ?? encodeURIComponent(address ?? '')
  // NOTE: Apple's phones and tablets have no app for geo: links.
  if (isIphone()) return `maps://?daddr=${there}`
  return at ? `geo:${at}?q=${at}(${encodeURIComponent(name)})` : `geo:0,0?q=${there}`
}
