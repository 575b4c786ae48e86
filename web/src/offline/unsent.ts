import { type ChangedPlan, readChangedPlans } from './changed-plans.ts'
import { type ChangedVisit, readChangedVisits } from './changed-visits.ts'
import type { Database, OutboxRow } from './database.ts'
import { type Proposal, readProposals } from './waiting-pins.ts'

/** What this browser holds that the server does not have yet, or has refused. */
export interface Unsent {
  readonly visits: readonly OutboxRow[]
  /** Edits of visits, and requests for a review. */
  readonly changes: readonly ChangedVisit[]
  readonly plans: readonly ChangedPlan[]
  readonly pins: readonly Proposal[]
}

/** Reads what waits, without visits that were taken back. */
export async function readUnsent(database: Database): Promise<Unsent> {
  const [visits, changes, plans, pins] = await Promise.all([
    database.getAllFromIndex('outbox', 'order'),
    readChangedVisits(database),
    readChangedPlans(database),
    readProposals(database),
  ])
  return {
    visits: visits.filter(({ isTakenBack }) => isTakenBack !== true),
    changes,
    plans,
    pins,
  }
}

/** How many things wait. */
export interface UnsentCount {
  /** Those that the server refused as well. */
  readonly all: number
  readonly refused: number
  readonly visits: number
  readonly edits: number
  /** For a review. */
  readonly requests: number
  readonly plans: number
  readonly pins: number
}

export const isRequest = ({ change }: ChangedVisit): boolean => Object.keys(change).length === 0

/** Counts what waits. */
export function countUnsent({ visits, changes, plans, pins }: Unsent): UnsentCount {
  const requests = changes.filter(isRequest).length
  const refused =
    visits.filter(({ refusal }) => refusal !== undefined).length +
    [...changes, ...pins].filter(({ problem }) => problem !== null).length
  return {
    all: visits.length + changes.length + plans.length + pins.length,
    refused,
    visits: visits.length,
    edits: changes.length - requests,
    requests,
    plans: plans.length,
    pins: pins.length,
  }
}
