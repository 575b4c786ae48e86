import { getAccountSelf } from './accounts.ts'
import type { Operation } from './operations.ts'
import { createPinChange, listPinChanges, updatePinChange } from './pin-changes.ts'
import { streamVisits } from './stream.ts'
import { getUser, getUserSelf, listUsers } from './users.ts'
import { listVisitOutcomes } from './visit-outcomes.ts'
import { createVisit, deleteVisit, getVisit, listVisits, updateVisit } from './visits.ts'

/** Every operation that the server answers. */
export const operations: readonly Operation[] = [
  listVisits,
  getVisit,
  createVisit,
  updateVisit,
  deleteVisit,
  streamVisits,
  listPinChanges,
  createPinChange,
  updatePinChange,
  listVisitOutcomes,
  listUsers,
  getUserSelf,
  getUser,
  getAccountSelf,
]
