interface Place {
  readonly latitude: number
  readonly longitude: number
}

const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent)

/** Opens the phone's own app for the way there; null: nobody knows where it is. */
export function navigationLink(
  place: Place | null,
  address: string | null,
  name: string,
): string | null {
  if (!place && !address) return null
  const at = place ? `${place.latitude},${place.longitude}` : ''
  // NOTE: Apple's phones have no app for geo: links.
  if (isApple) return `maps://?daddr=${encodeURIComponent(at || (address ?? ''))}`
  const query = place ? `${at}(${name})` : (address ?? '')
  return `geo:${at || '0,0'}?q=${encodeURIComponent(query)}`
}
