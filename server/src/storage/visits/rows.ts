import type { Selectable } from 'kysely'

import { findingOf } from '../../domain/findings.ts'
import { printVisit } from '../../domain/visit-items.ts'
import { resourceKind, type Visit } from '../../domain/visits.ts'
import {
  resourceKinds,
  resourceTypes,
  statuses,
  word,
  reasons,
  reviewFlags,
  reviewStates,
} from '../schema.ts'
import { bitsOf } from './filters.ts'
import type { VisitsTable } from './schema.ts'

/** Saved in this order, visits of one creator share pages of the file, which their lists read. */
export const byCreator = (a: Selectable<VisitsTable>, b: Selectable<VisitsTable>): number =>
  a.creator_id - b.creator_id || a.id - b.id

export function toRow(
  account: number,
  visit: Visit,
  ownerId: number | null,
): Selectable<VisitsTable> {
  const finding = findingOf(visit.evidence)
  return {
    account_id: account,
    id: visit.id,
    creator_id: visit.creatorId,
    outcome_id: visit.outcome?.id ?? null,
    status: statuses.indexOf(visit.status),
    resource_kind: resourceKinds.indexOf(resourceKind(visit.resourceType)),
    owner_id: ownerId,
    visited_at: visit.visitedAt,
    item: printVisit(visit),
    resource_id: visit.resourceId,
    resource_type: resourceTypes.indexOf(visit.resourceType),
    sequence: visit.sequence,
    created_at: visit.createdAt,
    updated_at: visit.updatedAt,
    source_updated_at: visit.source.updatedAt,
    source_sequence: visit.source.sequence,
    source_event_at: visit.source.eventAt,
    latitude: visit.latitude,
    longitude: visit.longitude,
    outcome_name: visit.outcome?.name ?? null,
    outcome_has_original_name: visit.outcome && Number(visit.outcome.hasOriginalName),
    resource_address: visit.resourceAddress,
    summary: visit.summary,
    evidence: visit.evidence,
    reason: finding ? reasons.indexOf(finding.reason) : null,
    flags: finding ? bitsOf(finding.flags, reviewFlags) : 0,
    review: visit.review && reviewStates.indexOf(visit.review),
  }
}

export function toVisit(row: Selectable<VisitsTable>): Visit {
  return {
    id: row.id,
    creatorId: row.creator_id,
    outcome:
      row.outcome_id === null
        ? null
        : {
            id: row.outcome_id,
            name: row.outcome_name,
            hasOriginalName: row.outcome_has_original_name === 1,
          },
    resourceType: word(resourceTypes, row.resource_type),
    resourceId: row.resource_id,
    resourceAddress: row.resource_address,
    status: word(statuses, row.status),
    latitude: row.latitude,
    longitude: row.longitude,
    summary: row.summary,
    visitedAt: row.visited_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    source: {
      updatedAt: row.source_updated_at,
      sequence: row.source_sequence,
      eventAt: row.source_event_at,
    },
    evidence: row.evidence,
    review: row.review === null ? null : word(reviewStates, row.review),
    sequence: row.sequence,
  }
}
