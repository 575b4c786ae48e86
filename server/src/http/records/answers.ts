import type { Location } from '@doorstep/contract/records'

import { printSeconds } from '../../domain/clock.ts'
import type { ExternalName } from '../../domain/external-ids.ts'
import {
  creatorOf,
  storedAttributes,
  readAttributes,
  type RecordKind,
} from '../../domain/record-kinds.ts'
import type { RecordSite, SalesRecord } from '../../domain/records.ts'
import { printExternalIds } from '../request/external-ids.ts'
import { printItem } from '../request/pages.ts'

/** What a record's answer includes. */
export interface IncludedParts {
  /** With its location. */
  readonly sites?: readonly RecordSite[] | undefined
  readonly names?: readonly ExternalName[] | undefined
}

export const printRecord = (
  kind: RecordKind,
  record: SalesRecord,
  included: IncludedParts,
): string => printItem(kind.name, toAnswer(kind, record, included))

/** Keys in Sell's order; times in whole seconds (PROTOCOL 1.7). */
export function toAnswer(kind: RecordKind, record: SalesRecord, { sites, names }: IncludedParts) {
  const attributes = storedAttributes(record)
  return {
    id: record.id,
    creator_id: creatorOf(attributes),
    owner_id: record.ownerId,
    ...readAttributes(kind, attributes),
    created_at: printSeconds(record.createdAt),
    updated_at: printSeconds(record.updatedAt),
    ...(sites && toLocation(record, sites)),
    ...(names && { external_ids: printExternalIds(names) }),
  }
}

const toLocation = (
  { point, verificationRadiusM, visitEveryDays }: SalesRecord,
  sites: readonly RecordSite[],
): Required<Location> => ({
  latitude: point?.latitude ?? null,
  longitude: point?.longitude ?? null,
  location_precision: point?.precision ?? null,
  verification_radius_m: verificationRadiusM,
  sites: sites.map(({ name, latitude, longitude, precision }) => ({
    name,
    latitude,
    longitude,
    location_precision: precision,
  })),
  visit_every_days: visitEveryDays ?? null,
})
