import type { Plan } from '@doorstep/contract/plans'

import type { Database } from './database.ts'

export type Stop = Plan['stops'][number]

/** A plan that was changed on this phone and not sent yet. */
export interface ChangedPlan {
  readonly date: string
  readonly stops: readonly Stop[]
  /** The stops of the server's plan that were known then: others were added elsewhere. */
  readonly known: readonly string[]
  /** Another for each change. */
  readonly change: string
}

const prefix = 'plan '
/** The key of the changed plan of a day. */
export const changedPlanKey = (date: string): string => prefix + date

export const isChangedPlan = (value: unknown): value is ChangedPlan =>
  typeof value === 'object' && value !== null && 'stops' in value && 'change' in value

/** The changed plans that wait, the earliest day first. */
export async function readChangedPlans(database: Database): Promise<readonly ChangedPlan[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  return (await database.getAll('facts', range)).filter(isChangedPlan)
}
