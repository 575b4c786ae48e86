import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import type { VisitFilter } from './visits.ts'

/** Which visits to sum up: those that the filter leaves of what the viewer may see (PROTOCOL 2.4). */
export interface SumRequest {
  readonly viewer: Viewer
  readonly filter: VisitFilter
}

export interface VisitSums {
  /** Of one moment, at least as new as the call. */
  count(account: AccountKey, request: SumRequest): Promise<number>
}
