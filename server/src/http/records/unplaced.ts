import type * as contract from '@doorstep/contract/unplaced'

import type { UnplacedRecord } from '../../domain/geocoding.ts'
import type { Handler } from '../request/call.ts'
import { answerPage } from '../request/pages.ts'

export const listUnplaced: Handler<typeof contract.listUnplaced> = (call) => {
  const { query, actor, store } = call
  return answerPage(
    call,
    'unplaced',
    ['id'],
    (page) => store.geocoding.listUnplaced(actor.accountKey, query.resource_type, page),
    toAnswer,
  )
}

const toAnswer = (record: UnplacedRecord): contract.Unplaced => ({
  resource_type: record.resourceKind,
  resource_id: record.id,
  address: record.address,
  reason: record.reason,
  detail: record.detail,
})
