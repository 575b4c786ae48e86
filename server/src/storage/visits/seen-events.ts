import type { LocatedVisit } from '../../domain/location-data.ts'
import type { StreamState } from '../../domain/positions.ts'
import { printOutOfSight } from '../../domain/visit-changes.ts'
import type { EventType } from '../../domain/visit-events.ts'
import type { VisitSnapshot } from '../../domain/visit-items.ts'
import { resourceKind, type ResourceKind } from '../../domain/visits.ts'
import type { Reader } from '../database.ts'
import { findOwners } from '../records/queries.ts'
import { sees, seesPlace, type Sight } from './sight.ts'

/** Events that one page looks at, of which the viewer may see few. */
const scannedMax = 500

/** An event as it is stored (`printEvent`). */
interface Stored {
  readonly data: VisitSnapshot
  readonly meta: {
    readonly sequence: number
    readonly event_id: string
    readonly event_type: EventType
    readonly event_time: string
    readonly previous?: Partial<VisitSnapshot>
  }
}

interface Scanned {
  readonly offset: number
  readonly body: string
  readonly event: Stored
  /** Who made the visit, as it is now or else in the event, and who owns its record. */
  readonly creatorId: number
  readonly ownerId: number | null
  readonly isThere: boolean
  readonly isJudgedHere: boolean
}

export interface SeenEvents {
  readonly items: string[]
  readonly located: LocatedVisit[]
  /** The last that was looked at. */
  readonly offset: number
}

/** Events after the offset, each as who sees its visit now may read it. */
export async function readSeenEvents(
  reader: Reader,
  account: number,
  {
    offset,
    limit,
    stream,
    sight,
  }: {
    readonly offset: number
    readonly limit: number
    readonly stream: StreamState
    readonly sight: Sight
  },
): Promise<SeenEvents> {
  const scanned = await scan(reader, account, offset, stream.head)
  const found: SeenEvents = { items: [], located: [], offset }
  let last = offset
  for (const each of scanned) {
    if (found.items.length === limit) break
    last = each.offset
    const { body, event, creatorId } = each
    if (isShown(each, sight)) {
      const isPlaceSeen = seesPlace(sight, creatorId)
      found.items.push(isPlaceSeen ? body : printWithoutPlace(event))
      const isLocated = isPlaceSeen && event.data.sales_rep_location.latitude !== null
      if (isLocated && (each.isJudgedHere || !each.isThere)) {
        found.located.push({ visitId: event.data.id, creatorId })
      }
    } else if (mayHaveBeenShown(event)) {
      const { sequence, event_id: eventId, event_time: at } = event.meta
      found.items.push(printOutOfSight({ id: event.data.id, sequence }, eventId, at))
    }
  }
  return { ...found, offset: last }
}

const isShown = ({ creatorId, ownerId }: Scanned, sight: Sight): boolean =>
  sees(sight, creatorId, ownerId)

/** An event of a visit that is out of sight: it may be the reason, or what a reader waits for. */
const mayHaveBeenShown = ({ meta: { event_type: type, previous = {} } }: Stored): boolean =>
  type === 'deleted' ||
  ['creator_id', 'resource_id', 'resource_type'].some((name) => name in previous)

function printWithoutPlace({ data, meta }: Stored): string {
  const { previous } = meta
  return JSON.stringify({
    data: withoutPlace(data),
    meta: previous ? { ...meta, previous: withoutPlace(previous) } : meta,
  })
}

const withoutPlace = <Part extends Partial<VisitSnapshot>>(part: Part): Part =>
  part.sales_rep_location
    ? {
        ...part,
        sales_rep_location: { ...part.sales_rep_location, latitude: null, longitude: null },
      }
    : part

async function scan(
  reader: Reader,
  account: number,
  offset: number,
  head: number,
): Promise<Scanned[]> {
  const rows = await reader.query(
    `select e."offset", e.body, v.id, v.creator_id, v.owner_id,
       case when v.evidence is null then 0 else 1 end is_judged
     from visit_events e
     left join visits v on v.account_id = e.account_id and v.id = e.visit_id
     where e.account_id = :account and e."offset" > :offset and e."offset" <= :head
     order by e."offset" limit :limit + 0`,
    { account, offset, head, limit: scannedMax },
  )
  const parsed = rows.map((row) => {
    const body = String(row['body'])
    // NOTE: as `printEvent` has written it.
    const event: Stored = JSON.parse(body)
    return { row, body, event }
  })
  const owners = await ownersOf(
    reader,
    account,
    parsed.filter(({ row }) => row['id'] === null).map(({ event }) => event.data),
  )
  return parsed.map(({ row, body, event }) => {
    const isThere = row['id'] !== null
    const owner = isThere ? row['owner_id'] : owners(event.data)
    return {
      offset: Number(row['offset']),
      body,
      event,
      creatorId: isThere ? Number(row['creator_id']) : event.data.creator_id,
      ownerId: owner === null || owner === undefined ? null : Number(owner),
      isThere,
      isJudgedHere: Number(row['is_judged']) === 1,
    }
  })
}

/** Who owns the records of visits that are gone. */
async function ownersOf(reader: Reader, account: number, visits: readonly VisitSnapshot[]) {
  const idsOf = (kind: ResourceKind) =>
    visits.flatMap(({ resource_type: type, resource_id: id }) =>
      resourceKind(type) === kind ? [id] : [],
    )
  const leads = await findOwners(reader, account, 'leads', idsOf('lead'))
  const contacts = await findOwners(reader, account, 'contacts', idsOf('contact'))
  return ({ resource_type: type, resource_id: id }: VisitSnapshot) =>
    (resourceKind(type) === 'lead' ? leads : contacts).get(id)
}
