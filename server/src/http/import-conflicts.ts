import type {
  ImportConflict as Answer,
  listImportConflicts,
  updateImportConflict,
} from '@doorstep/contract/import-conflicts'

import { printSeconds } from '../domain/clock.ts'
import type { ImportConflict } from '../domain/imports.ts'
import { resolveConflict } from '../rules/imports/conflicts.ts'
import type { Handler } from './request/call.ts'
import { idOf, orNotFound } from './request/ids.ts'
import { collectionOf, pageLinks, printItems, toSort } from './request/pages.ts'

export const handleListImportConflicts: Handler<typeof listImportConflicts> = async (call) => {
  const { query, actor, store, origin } = call
  const { page = 1, per_page: limit = 25, sort_by = 'id', status } = query
  const { rows, hasMore } = await store.imports.listConflicts(actor.accountKey, status, {
    offset: (page - 1) * limit,
    limit,
    sort: toSort(sort_by, ['id']),
  })
  const links = pageLinks(`${origin}/v2/import_conflicts`, query, hasMore)
  return collectionOf(printItems('import_conflict', rows.map(toAnswer)), rows.length, links)
}

export const handleUpdateImportConflict: Handler<typeof updateImportConflict> = async (call) => {
  const { store, actor, body, params, clock, newEventId } = call
  const resolved = await orNotFound('import_conflict', params, () =>
    store.write(actor.accountKey, (tx) =>
      resolveConflict(tx, idOf(params), body.status, actor.userId, { now: clock(), newEventId }),
    ),
  )
  return JSON.stringify({ data: toAnswer(resolved), meta: { type: 'import_conflict' } })
}

const toAnswer = (conflict: ImportConflict): Answer => ({
  id: conflict.id,
  visit_id: conflict.visitId,
  differs: [...conflict.differs],
  item: JSON.parse(conflict.item),
  status: conflict.status,
  created_at: printSeconds(conflict.createdAt),
  resolved_at: conflict.resolvedAt === null ? null : printSeconds(conflict.resolvedAt),
  resolved_by: conflict.resolvedBy,
})
