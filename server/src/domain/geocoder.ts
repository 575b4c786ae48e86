import type { RecordPoint } from './records.ts'

/** Why an address could not be placed. */
export type GeocodingFailure =
  /** The geocoder knows no such address: asking again is of no use until the address changes. */
  | 'not_found'
  /** It refused the request: the key or the settings are wrong. */
  | 'refused'
  /** It was busy, unreachable or slow: to be asked again later. */
  | 'unavailable'

export type GeocodingResult =
  | { readonly point: RecordPoint }
  | { readonly failure: GeocodingFailure; readonly detail: string }

/** Finds where an address is, and how precisely that is known. Never throws. */
export type Geocoder = (address: string, signal?: AbortSignal) => Promise<GeocodingResult>
