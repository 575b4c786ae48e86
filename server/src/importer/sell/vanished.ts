import type { AccountKey } from '../../domain/accounts.ts'
import type { ToldVisit } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { isObject } from '../attributes.ts'
import type { SellApi } from './api-client.ts'
import { toldValues } from './drain.ts'
import type { Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import { visitParameters } from './sightings.ts'
import { sellCap } from './walk.ts'

const chunk = 5_000

interface VanishedOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly api: SellApi
  readonly clock: () => number
  readonly newEventId: () => string
  readonly signal?: AbortSignal | undefined
}

/**
 * Visits that an earlier comparison has told of and this one has not were deleted while nobody could
 * follow the stream. Each is looked for once more where it would stand, before it is taken out.
 */
export async function removeVanished(
  ledger: Ledger,
  options: VanishedOptions,
  plan: Plan,
): Promise<void> {
  const { comparison } = ledger.progress
  if (comparison === 1 || !plan.isDone) return
  const { store, account } = options
  for (let after = 0; ;) {
    const told = await store.imports.listTold(account, after, chunk)
    for (const visit of told) {
      const isSeen = visit.comparison >= comparison || visit.comparison === 0
      if (isSeen || visit.isGone || (await isListed(options, visit))) continue
      await ledger.enter({ list: 'visits', items: [deletion(visit, options)] })
    }
    const last = told.at(-1)
    if (!last) return
    after = last.id
  }
}

async function isListed({ api, signal }: VanishedOptions, visit: ToldVisit): Promise<boolean> {
  const values = toldValues(visit)
  const filter = Object.fromEntries(
    visitParameters.flatMap((name) => {
      const value = values[name] ?? ''
      return value === '' ? [] : [[name, value]]
    }),
  )
  for (let page = 1; page <= sellCap.pages; page++) {
    const params = { ...filter, sort_by: 'id:asc', page: String(page), per_page: '100' }
    const { items, hasMore } = await api.list('/v2/visits', params, signal)
    const ids = items.map((item) =>
      isObject(item) && isObject(item['data']) ? Number(item['data']['id']) : 0,
    )
    if (ids.includes(visit.id)) return true
    const last = ids.at(-1)
    if (last === undefined || last > visit.id) return false
    if (ids.length < sellCap.perPage && !hasMore) return false
  }
  // NOTE: more stand before it than Sell shows, so that nothing is known: it stays.
  return true
}

/** The event that nobody has told. */
const deletion = (
  visit: ToldVisit,
  { clock, newEventId }: Pick<VanishedOptions, 'clock' | 'newEventId'>,
): unknown => ({
  data: {
    id: visit.id,
    creator_id: visit.creatorId,
    resource_type: visit.resourceKind,
    resource_id: visit.resourceId,
    visited_at: new Date(visit.visitedAt).toISOString(),
    created_at: new Date(visit.visitedAt).toISOString(),
    summary: null,
    outcome: null,
    sales_rep_location: null,
  },
  meta: {
    type: 'visit',
    event_type: 'deleted',
    event_cause: 'system',
    event_id: newEventId(),
    sequence: (visit.sequence ?? 0) + 1,
    event_time: new Date(clock()).toISOString(),
  },
})
