import type * as contract from '@doorstep/contract/import-conflicts'

import { printSeconds } from '../domain/clock.ts'
import type { ImportConflict } from '../domain/import-conflicts.ts'
import { resolveConflict } from '../rules/imports/conflicts.ts'
import type { Handler } from './request/call.ts'
import { writeObject } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'

export const listImportConflicts: Handler<typeof contract.listImportConflicts> = (call) => {
  const { query, actor, store } = call
  return answerPage(
    call,
    'import_conflict',
    ['id'],
    (page) => store.imports.listConflicts(actor.accountKey, query.status, page),
    toAnswer,
  )
}

export const updateImportConflict: Handler<typeof contract.updateImportConflict> = async (call) => {
  const { actor, body, clock, newEventId } = call
  const resolved = await writeObject(call, 'import_conflict', (tx, id) =>
    resolveConflict(tx, id, body.status, actor.userId, { now: clock(), newEventId }),
  )
  return printItem('import_conflict', toAnswer(resolved))
}

const toAnswer = (conflict: ImportConflict): contract.ImportConflict => ({
  id: conflict.id,
  visit_id: conflict.visitId,
  differs: [...conflict.differs],
  item: JSON.parse(conflict.item),
  status: conflict.status,
  created_at: printSeconds(conflict.createdAt),
  resolved_at: conflict.resolvedAt === null ? null : printSeconds(conflict.resolvedAt),
  resolved_by: conflict.resolvedBy,
})
