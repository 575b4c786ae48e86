import { getAccountSelf } from './accounts.ts'
import type { Operation } from './operations.ts'
import { streamVisits } from './stream.ts'
import { getUser, getUserSelf, listUsers } from './users.ts'
import { listVisitOutcomes } from './visit-outcomes.ts'
import { listVisits } from './visits.ts'

/** Every operation that the server answers. */
export const operations: readonly Operation[] = [
  listVisits,
  streamVisits,
  listVisitOutcomes,
  listUsers,
  getUserSelf,
  getUser,
  getAccountSelf,
]
