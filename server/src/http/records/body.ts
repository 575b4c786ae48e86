import type { Location } from '@doorstep/contract/records'

import type { RecordChange } from '../../rules/records.ts'

/** The attributes of a write to a lead or contact. */
export type RecordBody = Location & Readonly<Record<string, unknown>>

export function toChange(body: RecordBody): RecordChange {
  const {
    latitude,
    longitude,
    location_precision,
    verification_radius_m,
    sites,
    visit_every_days,
    ...rest
  } = body
  return {
    attributes: rest,
    latitude,
    longitude,
    precision: location_precision,
    verificationRadiusM: verification_radius_m,
    visitEveryDays: visit_every_days,
    sites: sites?.map((site) => ({
      name: site.name ?? null,
      latitude: site.latitude,
      longitude: site.longitude,
      precision: site.location_precision ?? 'pin',
    })),
  }
}
