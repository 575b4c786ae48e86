import type { listUnplaced, Unplaced as Answer } from '@doorstep/contract/unplaced'

import type { UnplacedRecord } from '../../domain/geocoding.ts'
import type { Handler } from '../request/call.ts'
import { collectionOf, pageLinks, printItems, toSort } from '../request/pages.ts'

export const handleListUnplaced: Handler<typeof listUnplaced> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.geocoding.listUnplaced(
    actor.accountKey,
    query.resource_type,
    { offset: (page - 1) * limit, limit, sort: toSort(sort_by, ['id']) },
  )
  const links = pageLinks(`${origin}/v2/unplaced`, query, hasMore)
  return collectionOf(printItems('unplaced', rows.map(toAnswer)), rows.length, links)
}

const toAnswer = (record: UnplacedRecord): Answer => ({
  resource_type: record.resourceKind,
  resource_id: record.id,
  address: record.address,
  reason: record.reason,
  detail: record.detail,
})
