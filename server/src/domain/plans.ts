import type { AccountKey } from './accounts.ts'
import type { ResourceKind } from './visits.ts'

export type StopState = 'planned' | 'visited' | 'skipped'

/** A lead or contact that a user means to visit on a day. */
export interface PlanStop {
  readonly resourceKind: ResourceKind
  readonly resourceId: number
  readonly state: StopState
  /** null, unless it is skipped. */
  readonly skipReason: string | null
  /** null, unless it is visited. */
  readonly visitId: number | null
}

/** A stop and whose plan of which day (YYYY-MM-DD) it belongs to. */
export interface StopOfPlan extends Pick<PlanStop, 'resourceKind' | 'resourceId' | 'visitId'> {
  readonly userId: number
  readonly day: string
}

/** A visit, as far as plans need it. */
export interface PlannedVisit extends Pick<PlanStop, 'resourceKind' | 'resourceId'> {
  readonly id: number
  /** In ms. */
  readonly visitedAt: number
}

/** Plans, outside of any transaction. */
export interface PlanReads {
  /** The stops of a day, in their order. */
  find(account: AccountKey, userId: number, day: string): Promise<PlanStop[]>
}

/** Queries of plans. */
export interface PlanQueries {
  find(userId: number, day: string): Promise<PlanStop[]>
  /** The user's first visits with times (ms) from `from` to before `before`, by time. */
  findVisits(userId: number, from: number, before: number): Promise<PlannedVisit[]>
}

/** Plans, in a transaction. */
export interface PlanWrites extends PlanQueries {
  replace(userId: number, day: string, stops: readonly PlanStop[]): Promise<void>
  /** The user's stops without a visit on the days from the first to the last. */
  findOpen(userId: number, days: readonly [from: string, to: string]): Promise<StopOfPlan[]>
  /** The stops that these visits made visited. */
  findByVisits(visitIds: readonly number[]): Promise<StopOfPlan[]>
  /** Makes a stop visited; null: planned. */
  setVisit(stop: StopOfPlan, visitId: number | null): Promise<void>
}
