import type {
  getVisitOutcome,
  listVisitOutcomes,
  VisitOutcome as Answer,
} from '@doorstep/contract/visit-outcomes'

import { printMillis } from '../domain/clock.ts'
import type { VisitOutcome } from '../domain/visit-outcomes.ts'
import type { Handler } from './request/call.ts'
import { idOf, notFound } from './request/ids.ts'
import { collectionOf, pageLinks, printItems, toSort } from './request/pages.ts'

export const handleListVisitOutcomes: Handler<typeof listVisitOutcomes> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id' } = query
  const { rows, hasMore } = await store.outcomes.list(actor.accountKey, query.ids, {
    offset: (page - 1) * limit,
    limit,
    sort: toSort(sort_by, ['id']),
  })
  const links = pageLinks(`${origin}/v2/visit_outcomes`, query, hasMore)
  const items = rows.map((outcome) => toAnswer(outcome, query.include))
  return collectionOf(printItems('visit_outcome', items), rows.length, links)
}

export const handleGetVisitOutcome: Handler<typeof getVisitOutcome> = async (call) => {
  const { query, actor, store, params } = call
  const { rows } = await store.outcomes.list(actor.accountKey, [idOf(params)], {
    offset: 0,
    limit: 1,
    sort: { field: 'id', descending: false },
  })
  const [outcome] = rows
  if (!outcome) throw notFound('visit_outcome', params)
  return printOutcome(outcome, query.include)
}

export const printOutcome = (outcome: VisitOutcome, include: 'style' | undefined): string =>
  JSON.stringify({ data: toAnswer(outcome, include), meta: { type: 'visit_outcome' } })

const toAnswer = (outcome: VisitOutcome, include: 'style' | undefined): Answer => ({
  id: outcome.id,
  name: outcome.name,
  created_at: printMillis(outcome.createdAt),
  updated_at: printMillis(outcome.updatedAt),
  ...(include === 'style' && {
    color: outcome.color,
    icon: outcome.icon,
    position: outcome.position,
    active: outcome.isActive,
  }),
})
