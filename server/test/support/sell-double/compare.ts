import type { Store } from '../../../src/domain/store.ts'
import { firstLocalId } from '../../../src/domain/users.ts'
import { everyVisit } from '../every-visit.ts'
import type { SellDouble } from './start.ts'

/** Every visit here that Sell could have, with the names of its list, by id. */
export async function visitsIn(store: Store): Promise<Map<number, Record<string, unknown>>> {
  const [account] = await store.accounts.list()
  const found = new Map<number, Record<string, unknown>>()
  const visits = account ? await everyVisit(store, account.key) : []
  for (const visit of visits.filter(({ id }) => id < firstLocalId)) {
    found.set(visit.id, {
      id: visit.id,
      creator_id: visit.creatorId,
      outcome_id: visit.outcome?.id ?? null,
      resource_type: visit.resourceType,
      resource_id: visit.resourceId,
      status: visit.status,
      summary: visit.summary,
      address: visit.resourceAddress,
      visited_at: visit.visitedAt,
      created_at: visit.createdAt,
    })
  }
  return found
}

/** Sentences on visits that are on one side only, or differ; none: the sets are equal. */
export async function differencesBetween(store: Store, double: SellDouble): Promise<string[]> {
  const there = double.visits()
  const here = await visitsIn(store)
  const found = [...here.keys()].filter((id) => !there.has(id)).map((id) => `${id} only here`)
  for (const [id, visit] of there) {
    const theirs = {
      id,
      creator_id: visit.creator_id,
      outcome_id: visit.outcome_id,
      resource_type: visit.resource_type,
      resource_id: visit.resource_id,
      status: visit.rep_location_verification_status,
      summary: visit.summary,
      address: visit.resource_address,
      visited_at: Date.parse(visit.visited_at),
      created_at: Date.parse(visit.created_at),
    }
    const ours = here.get(id)
    if (!ours) found.push(`${id} only in Sell`)
    else if (JSON.stringify(theirs) !== JSON.stringify(ours)) found.push(`${id} differs`)
  }
  return found
}
