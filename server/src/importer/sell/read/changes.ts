import { parseTime } from '../../../domain/clock.ts'
import type { SellSnapshot } from '../../../domain/imports.ts'
import type { ResourceKind } from '../../../domain/visits.ts'
import { isObject } from '../../attributes.ts'
import type { SellApi } from '../api/client.ts'
import { dataOf, idOf, metaOf } from '../api/items.ts'
import { readStream, type StreamEnd } from '../api/stream.ts'
import type { Ledger } from '../ledger.ts'
import type { Plan } from '../plan/plan.ts'
import type { Sighting } from '../plan/ranges.ts'

export const visitStream = '/v3/visits/stream'

/**
 * Takes in what the stream tells until nothing newer is there. The ranges of a plan that an event may
 * have shifted are marked, and what only the stream names is asked for.
 */
export async function drainStream(
  api: SellApi,
  ledger: Ledger,
  plan: Plan | undefined,
  signal: AbortSignal | undefined,
  clock: () => number,
  heard?: Heard,
): Promise<StreamEnd> {
  const from = ledger.progress.position
  if (from === null) return 'top'
  return readStream(api, visitStream, from, signal, clock, async (page) => {
    const { items, position, isTop, askedAt } = page
    const eventAt = newestTime(items) ?? ledger.progress.eventAt
    for (const item of items) noteHeard(heard, item)
    await ledger.enter({
      list: 'visits',
      items,
      events: items.length,
      progress: { position, eventAt, ...(isTop && { topAt: askedAt }) },
      before: async (tx) => {
        if (plan) markShifted(plan, items, await tx.imports.findTold(items.map(idOf)))
        const standing = items.filter((item) => typeOf(item) !== 'deleted')
        plan?.observe(standing.map(sightingOfEvent))
      },
      changed: () => plan?.takeChanged() ?? [],
    })
  })
}

/** What visits have named. */
export interface Heard extends Readonly<Record<ResourceKind, Set<number>>> {
  /** Visits of which an event has told. */
  readonly visits: Set<number>
}

export const newHeard = (): Heard => ({ lead: new Set(), contact: new Set(), visits: new Set() })

function noteHeard(heard: Heard | undefined, item: unknown): void {
  const { resource_id: resourceId, resource_type: type } = dataOf(item)
  const id = Number(resourceId)
  if (Number.isSafeInteger(id)) heard?.[type === 'lead' ? 'lead' : 'contact'].add(id)
  if (typeOf(item) !== 'deleted') heard?.visits.add(idOf(item))
}

const typeOf = (item: unknown): unknown => metaOf(item)['event_type']

function newestTime(items: readonly unknown[]): number | undefined {
  const times = items.flatMap((item) => {
    const { event_time: time } = metaOf(item)
    const at = typeof time === 'string' ? parseTime(time) : undefined
    return at === undefined ? [] : [at]
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

/**
 * A visit that comes into a range or leaves it moves all that stand behind it, so that one may slip
 * from a page that is still to be read to one that has been read.
 */
function markShifted(
  plan: Plan,
  items: readonly unknown[],
  told: ReadonlyMap<number, SellSnapshot>,
): void {
  for (const item of items) {
    const data = dataOf(item)
    const now = snapshotValues(data)
    const last = told.get(idOf(item))
    const type = typeOf(item)
    if (type === 'deleted') plan.mark(now, false)
    if (type === 'deleted' && last) plan.mark(toldValues(last), false)
    if (type === 'created') plan.mark(now, true)
    if (type !== 'updated') continue
    const previous = metaOf(item)['previous']
    const before = snapshotValues({ ...data, ...(isObject(previous) && previous) })
    for (const old of [before, ...(last ? [toldValues(last)] : [])]) {
      const hasMoved = Object.entries(now).some(([name, value]) => old[name] !== value)
      if (hasMoved) plan.markMoved(old, now)
    }
  }
}

/** What an event tells a plan: its item has been shown by no page, or by another than its place. */
function sightingOfEvent(item: unknown): Sighting {
  return { id: idOf(item), at: 0, values: snapshotValues(dataOf(item)) }
}

function snapshotValues(data: Readonly<Record<string, unknown>>): Sighting['values'] {
  const outcome = isObject(data['outcome']) ? data['outcome'] : {}
  const location = isObject(data['sales_rep_location']) ? data['sales_rep_location'] : {}
  const type = data['resource_type'] === 'lead' ? 'lead' : 'contact'
  const status = location['verification_status']
  return {
    ...named('creator_id', data['creator_id']),
    outcome_id: String(outcome['id'] ?? ''),
    resource_type: type,
    ...named('resource_id', data['resource_id']),
    ...named('rep_location_verification_status', status),
  }
}

/** A value that the event leaves out is not known, rather than none. */
const named = (name: string, value: unknown): Sighting['values'] =>
  value === undefined || value === null ? {} : { [name]: String(value) }

export const toldValues = (told: SellSnapshot): Sighting['values'] => ({
  creator_id: String(told.creatorId),
  outcome_id: String(told.outcomeId ?? ''),
  resource_type: told.resourceKind,
  resource_id: String(told.resourceId),
  rep_location_verification_status: told.status,
})
