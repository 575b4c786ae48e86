import { parseTime } from '../../domain/clock.ts'
import type { ToldVisit } from '../../domain/imports.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { isObject } from '../attributes.ts'
import { type SellApi, SellRefusal } from './api-client.ts'
import type { Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import type { Sighting } from './ranges.ts'

const path = '/v3/visits/stream'
const limit = '100'
/** Answers in a row that lead nowhere, with more to come, after which it is looked at again later. */
const stuckMax = 20

/** The stream's newest end, or why it may not be read. */
export async function findTop(
  api: SellApi,
  signal: AbortSignal | undefined,
): Promise<{ position: string } | { refusal: string }> {
  try {
    const { meta } = await api.list(path, { position: 'top', limit: '1' }, signal)
    const { position } = meta
    if (typeof position === 'string' && position !== '') return { position }
    return { refusal: 'Sell answered no position' }
  } catch (error) {
    if (error instanceof SellRefusal && error.status !== 401) return { refusal: error.message }
    throw error
  }
}

/**
 * Takes in what the stream tells until nothing newer is there. `gone`: the position is too old, and
 * changes were missed; `behind`: there is more, and Sell does not tell it now. The ranges of a plan that an event may have shifted are marked.
 */
export async function drainStream(
  api: SellApi,
  ledger: Ledger,
  plan: Plan | undefined,
  signal: AbortSignal | undefined,
  clock: () => number,
  named?: NamedRecords,
): Promise<'top' | 'gone' | 'behind'> {
  let stuck = 0
  for (;;) {
    const { position } = ledger.progress
    if (position === null) return 'top'
    const askedAt = clock()
    let page
    try {
      page = await api.list(path, { position, limit }, signal)
    } catch (error) {
      if (error instanceof SellRefusal && error.status === 410) return 'gone'
      throw error
    }
    const { items, meta } = page
    const next = typeof meta['position'] === 'string' ? meta['position'] : position
    const isTop = meta['top'] === true
    const eventAt = newestTime(items) ?? ledger.progress.eventAt
    for (const item of items) noteNamed(named, dataOf(item))
    const ids = items.map((item) => Number(dataOf(item)['id'])).filter(Number.isSafeInteger)
    await ledger.enter({
      list: 'visits',
      items,
      events: items.length,
      progress: { position: next, eventAt, ...(isTop && { topAt: askedAt }) },
      before: async (tx) => {
        if (plan) markShifted(plan, items, await tx.imports.findTold(ids))
      },
      changed: () => plan?.takeChanged() ?? [],
    })
    if (isTop) return 'top'
    stuck = items.length === 0 || next === position ? stuck + 1 : 0
    if (stuck >= stuckMax) return 'behind'
  }
}

/** Leads and contacts that visits have named. */
export type NamedRecords = Readonly<Record<ResourceKind, Set<number>>>

function noteNamed(named: NamedRecords | undefined, data: Readonly<Record<string, unknown>>): void {
  const id = Number(data['resource_id'])
  if (Number.isSafeInteger(id))
    named?.[data['resource_type'] === 'lead' ? 'lead' : 'contact'].add(id)
}

const dataOf = (item: unknown): Readonly<Record<string, unknown>> =>
  isObject(item) && isObject(item['data']) ? item['data'] : {}

function newestTime(items: readonly unknown[]): number | undefined {
  const times = items.flatMap((item) => {
    const meta = isObject(item) && isObject(item['meta']) ? item['meta'] : {}
    const at = typeof meta['event_time'] === 'string' ? parseTime(meta['event_time']) : undefined
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
  told: ReadonlyMap<number, ToldVisit>,
): void {
  for (const item of items) {
    const data = dataOf(item)
    const meta = isObject(item) && isObject(item['meta']) ? item['meta'] : {}
    const now = snapshotValues(data)
    const last = told.get(Number(data['id']))
    const type = meta['event_type']
    if (type === 'deleted') plan.mark(now, false)
    if (type === 'deleted' && last) plan.mark(toldValues(last), false)
    if (type === 'created') plan.mark(now, true)
    if (type !== 'updated') continue
    const previous = isObject(meta['previous']) ? meta['previous'] : {}
    const before = snapshotValues({ ...data, ...previous })
    for (const old of [before, ...(last ? [toldValues(last)] : [])]) {
      const hasMoved = Object.entries(now).some(([name, value]) => old[name] !== value)
      if (!hasMoved) continue
      plan.mark(old, false)
      plan.mark(now, false)
    }
  }
}

function snapshotValues(data: Readonly<Record<string, unknown>>): Sighting['values'] {
  const outcome = isObject(data['outcome']) ? data['outcome'] : {}
  const location = isObject(data['sales_rep_location']) ? data['sales_rep_location'] : {}
  const type = data['resource_type'] === 'lead' ? 'lead' : 'contact'
  return {
    creator_id: String(data['creator_id'] ?? ''),
    outcome_id: String(outcome['id'] ?? ''),
    resource_type: type,
    resource_id: String(data['resource_id'] ?? ''),
    rep_location_verification_status: String(location['verification_status'] ?? ''),
  }
}

export const toldValues = (told: ToldVisit): Sighting['values'] => ({
  creator_id: String(told.creatorId),
  outcome_id: String(told.outcomeId ?? ''),
  resource_type: told.resourceKind,
  resource_id: String(told.resourceId),
  rep_location_verification_status: told.status,
})
