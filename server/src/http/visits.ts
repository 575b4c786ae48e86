import type { listVisits } from '@doorstep/contract/visits'

import type { Handler } from './request/call.ts'
import { readAtLeast } from './request/min-position.ts'
import { collectionOfBytes, pageLinks, toSort } from './request/pages.ts'

export const handleListVisits: Handler<typeof listVisits> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { items, count, hasMore } = await readAtLeast(query.min_position, (minPosition) =>
    store.visits.list(actor.accountKey, {
      offset: (page - 1) * limit,
      limit,
      sort: toSort(sort_by, ['id', 'visited_at']),
      filter: {
        outcomeId: query.outcome_id,
        creatorId: query.creator_id,
        resourceKind: query.resource_type,
        resourceId: query.resource_id,
        status: query.rep_location_verification_status,
        ids: query.ids,
      },
      viewer: actor,
      includeVerification: query.include === 'verification',
      minPosition,
    }),
  )
  return collectionOfBytes(items, count, pageLinks(`${origin}/v2/visits`, query, hasMore))
}
