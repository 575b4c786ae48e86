import type { listVisitOutcomes, VisitOutcome as Answer } from '@doorstep/contract/visit-outcomes'

import { printMillis } from '../domain/clock.ts'
import type { VisitOutcome } from '../domain/visit-outcomes.ts'
import { collectionOf, pageLinks, printItems, toSort } from './pages.ts'
import type { Handler } from './routes.ts'

export const handleListVisitOutcomes: Handler<typeof listVisitOutcomes> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.outcomes.list(actor.accountKey, query.ids, {
    offset: (page - 1) * limit,
    limit,
    sort: toSort(sort_by, ['id']),
  })
  const links = pageLinks(`${origin}/v2/visit_outcomes`, query, hasMore)
  return collectionOf(printItems('visit_outcome', rows.map(toAnswer)), rows.length, links)
}

const toAnswer = (outcome: VisitOutcome): Answer => ({
  id: outcome.id,
  name: outcome.name,
  created_at: printMillis(outcome.createdAt),
  updated_at: printMillis(outcome.updatedAt),
})
