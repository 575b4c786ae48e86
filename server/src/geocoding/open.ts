import type { Geocoder } from '../domain/geocoder.ts'
import { ask, type Provider } from './ask.ts'
import { google } from './google.ts'
import { nominatim } from './nominatim.ts'
import { pelias } from './pelias.ts'
import { photon } from './photon.ts'

export type GeocoderName = 'none' | 'nominatim' | 'photon' | 'pelias' | 'google'

export interface GeocoderSettings {
  readonly name: GeocoderName
  /** Base address; undefined: the public service. */
  readonly url: string | undefined
  readonly key: string | undefined
}

/** The configured geocoder; undefined: none is configured. */
export function openGeocoder({ name, url, key }: GeocoderSettings): Geocoder | undefined {
  const provider = providerOf(name, url?.replace(/\/+$/, ''), key)
  return provider && ((address, signal) => ask(provider, address, signal))
}

function providerOf(
  name: GeocoderName,
  url: string | undefined,
  key: string | undefined,
): Provider | undefined {
  switch (name) {
    case 'nominatim':
      return nominatim(url ?? 'https://nominatim.openstreetmap.org')
    case 'photon':
      return photon(url ?? 'https://photon.komoot.io')
    case 'pelias':
      return pelias(url ?? 'https://api.geocode.earth', key)
    case 'google':
      return google(url ?? 'https://maps.googleapis.com', key)
    case 'none':
      return undefined
  }
}
