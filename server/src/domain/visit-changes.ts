import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import { printSeconds } from './clock.ts'
import type { LocatedVisit } from './location-data.ts'
import type { Position, SightedPosition } from './positions.ts'
import { visitSnapshot } from './visit-items.ts'
import type { Visit } from './visits.ts'

/** Which changes to read: after the position, or from where the stream begins or ends now. */
export interface ChangesRequest {
  readonly viewer: Viewer
  readonly from: Position | 'tail' | 'top'
  readonly limit: number
}

/** What a viewer learns of the stream. */
export interface ChangesPage {
  /** As the API answers them, JSON. */
  readonly items: readonly string[]
  /** Just after them, with its place in what changed who sees a visit. */
  readonly position: SightedPosition
  /** Whether nothing was left at the moment of the reading. */
  readonly isTop: boolean
  /** Those that show where their creators were. */
  readonly located: readonly LocatedVisit[]
}

/** Changes of visits for one viewer, outside of any transaction. */
export interface VisitChangeReads {
  /**
   * The changes of what the viewer sees (PROTOCOL 10.7); the page may be empty before the top. Throws
   * as `resumeOffset` does.
   */
  read(account: AccountKey, request: ChangesRequest): Promise<ChangesPage>
}

/** Of an item that stands for no event: its own id, and when what it reports was committed, in ms. */
interface Origin {
  readonly eventId: string
  readonly at: number
}

/** A visit as it is now, which the viewer may not have seen before. */
export const printSighted = (visit: Visit, isNew: boolean, { eventId, at }: Origin): string =>
  JSON.stringify({
    data: visitSnapshot(visit),
    meta: {
      event_cause: 'system',
      sequence: visit.sequence,
      event_id: eventId,
      event_type: isNew ? 'created' : 'updated',
      ...(!isNew && { previous: {} }),
      type: 'visit',
      event_time: printSeconds(at),
    },
  })

/** A visit that the viewer does not see any more. `eventTime`: as the API answers it. */
export const printOutOfSight = (
  { id, sequence }: Pick<Visit, 'id' | 'sequence'>,
  eventId: string,
  eventTime: string,
): string =>
  JSON.stringify({
    data: { id },
    meta: {
      event_cause: 'system',
      sequence,
      event_id: eventId,
      event_type: 'deleted',
      reason: 'out_of_sight',
      type: 'visit',
      event_time: eventTime,
    },
  })
