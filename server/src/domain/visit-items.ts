import { printMillis, printSeconds } from './clock.ts'
import { type Position, printPosition } from './positions.ts'
import { type Visit, resourceKind } from './visits.ts'

let last: { readonly visit: Visit; readonly item: string } | undefined

/**
 * The item of `GET /v2/visits` as JSON text, keys in the documented order (PROTOCOL 4.1). Caches
 * the last item, since a check-in stores it and then answers it.
 */
export function printVisit(visit: Visit): string {
  if (last?.visit === visit) return last.item
  const item = JSON.stringify({
    data: {
      id: visit.id,
      creator_id: visit.creatorId,
      outcome_id: visit.outcome?.id ?? null,
      resource_type: resourceKind(visit.resourceType),
      resource_id: visit.resourceId,
      visited_at: printMillis(visit.visitedAt),
      resource_address: visit.resourceAddress,
      rep_location_verification_status: visit.status,
      summary: visit.summary,
      created_at: printMillis(visit.createdAt),
      updated_at: printMillis(visit.updatedAt),
    },
    meta: { type: 'visit' },
  })
  last = { visit, item }
  return item
}

/** The end of every item of `printVisit`, behind the last attribute. */
export const visitItemEnd = '},"meta":{"type":"visit"}}'

/** The answer to a write of a visit, with the position just after its event (PROTOCOL 6.4). */
export function printWrittenVisit(
  visit: Visit,
  position: Position,
  includesVerification: boolean,
): string {
  const attributes = printVisit(visit).slice(0, -visitItemEnd.length)
  const verification = includesVerification ? `,"verification":${visit.evidence ?? 'null'}` : ''
  return `${attributes}${verification}},"meta":{"type":"visit","position":"${printPosition(position)}"}}`
}

/** `data` of a stream item, keys in the documented order (PROTOCOL 5.3). */
export function visitSnapshot(visit: Visit) {
  return {
    summary: visit.summary,
    sales_rep_location: {
      latitude: visit.latitude,
      verification_status: visit.status,
      longitude: visit.longitude,
    },
    creator_id: visit.creatorId,
    resource_type: visit.resourceType,
    resource_id: visit.resourceId,
    created_at: printSeconds(visit.createdAt),
    visited_at: printSeconds(visit.visitedAt),
    id: visit.id,
    outcome: visit.outcome && {
      has_original_name: visit.outcome.hasOriginalName,
      name: visit.outcome.name,
      id: visit.outcome.id,
    },
  }
}

/** `data` of a stream item. */
export type VisitSnapshot = ReturnType<typeof visitSnapshot>
