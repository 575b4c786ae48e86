import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type {
  createPinChange,
  listPinChanges,
  updatePinChange,
} from '@doorstep/contract/pin-changes'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import { createOnce, update } from './writes.ts'

export type PinChangeQuery = QueryOf<typeof listPinChanges>
export type PinChangePage = AnswerOf<typeof listPinChanges>
export type PinChangeDraft = BodyOf<typeof createPinChange>
export type PinChangeItem = AnswerOf<typeof createPinChange>
export type PinDecision = BodyOf<typeof updatePinChange>
export type DecidedPinChange = AnswerOf<typeof updatePinChange>

/** Proposals to move pins, the user's own and those of the users below; scope `read`, `write`. */
export interface PinChanges extends Lists<PinChangeQuery, PinChangePage> {
  /**
   * Proposes where a lead or contact is; with `status`, decides at once. Never retried. Throws
   * UnprocessableError, and ForbiddenError if the user may not decide.
   */
  create(draft: PinChangeDraft, options?: CallOptions): Promise<PinChangeItem>

  /**
   * Approves or rejects a proposal, as an admin or manager; `meta.reverified` counts the visits
   * whose verdict `reverify` changed. Throws NotFoundError, ForbiddenError, or UnprocessableError
   * (`conflict`) if it is decided already, maybe by an attempt whose answer was lost.
   */
  decide(id: number, decision: PinDecision, options?: CallOptions): Promise<DecidedPinChange>
}

const path: typeof listPinChanges.path = '/v2/pin_changes'
const perPage: typeof perPageMax = 100

export const pinChanges = (connection: Connection): PinChanges => ({
  ...lists<PinChangeQuery, PinChangePage>(connection, path, perPage),
  create: (draft, options) => createOnce(connection, path, draft, {}, options),
  decide: (id, decision, options) => update(connection, `${path}/${id}`, decision, {}, options),
})
