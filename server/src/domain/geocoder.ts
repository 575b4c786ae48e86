import type { RecordPoint } from './records.ts'

/** Why the geocoder found no point for an address. */
export type GeocodingFailure =
  /** The geocoder has no such address. Do not retry until the address changes. */
  | 'not_found'
  /** The geocoder refused the request: check its key and settings. */
  | 'refused'
  /** The geocoder was busy, unreachable or slow. Retry later. */
  | 'unavailable'

/** A point, or why there is none; `detail` is for an admin to read. */
export type GeocodingResult =
  | { readonly point: RecordPoint }
  | { readonly failure: GeocodingFailure; readonly detail: string }

/** Looks up the point of an address in one line, with its precision. Never throws. */
export type Geocoder = (address: string, signal?: AbortSignal) => Promise<GeocodingResult>
