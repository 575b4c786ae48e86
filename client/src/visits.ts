import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type { exportVisits, VisitExportQuery } from '@doorstep/contract/visit-exports'
import type { listVisitHistory } from '@doorstep/contract/visit-history'
import type { updateVisitReview } from '@doorstep/contract/visit-reviews'
import type {
  createVisit,
  getVisit,
  listVisits,
  Visit,
  VisitChange,
  VisitCollection,
  VisitDraft,
  VisitItem,
  VisitQuery,
} from '@doorstep/contract/visits'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { exports, type Exports } from './exports.ts'
import { walks, type Walks } from './pages.ts'
import type { Query } from './query.ts'
import { get, remove } from './request.ts'
import { create, update } from './writes.ts'

export type ReviewDraft = BodyOf<typeof updateVisitReview>
export type VisitReviewItem = AnswerOf<typeof updateVisitReview>
export type VisitHistoryPage = AnswerOf<typeof listVisitHistory>

/** `include: 'verification'` adds the verdict with its evidence to the returned visit. */
export interface VisitOptions extends Query<QueryOf<typeof createVisit>>, CallOptions {}

/** With `min_position`, the `meta.position` of a write, the answer reflects that write. */
export interface GetOptions extends Query<QueryOf<typeof getVisit>>, CallOptions {}

export interface CreateOptions extends VisitOptions {
  /**
   * 1-128 visible ASCII characters. The same key with the same draft logs one visit, however often
   * it is sent within 30 days. Store it with a draft that outlives this call. The default is a new
   * key, which makes retries of this call safe.
   */
  readonly idempotencyKey?: string | undefined
}

/** The visits that the token's user may see; scope `read`, and `write` for changes. */
export interface Visits
  extends Walks<VisitQuery, VisitCollection>, Exports<Query<VisitExportQuery>, Visit> {
  /** The visit with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: GetOptions): Promise<VisitItem>

  /**
   * Logs a visit. The answer's `meta.position` is the stream's position just after it; a read with
   * it as `min_position` reflects the visit, even from a replica. If the device has a fix, each
   * attempt sets `sent_at`, from which the server computes the error of the device's clock. Retried
   * as `retry` allows, also while the key's first request is still running. Throws
   * UnprocessableError, PayloadTooLargeError or another DoorstepError.
   */
  create(draft: VisitDraft, options?: CreateOptions): Promise<VisitItem>

  /** Changes what is given. Throws NotFoundError, ForbiddenError, UnprocessableError. */
  update(id: number, change: VisitChange, options?: VisitOptions & MatchOptions): Promise<VisitItem>

  /**
   * Keeps or dismisses a visit of a user below, or asks for a review of one's own. Throws
   * NotFoundError, ForbiddenError, UnprocessableError.
   */
  review(id: number, review: ReviewDraft, options?: CallOptions): Promise<VisitReviewItem>

  /** What happened to the visit, the oldest first: a page of it. Throws NotFoundError. */
  history(
    id: number,
    query?: Query<QueryOf<typeof listVisitHistory>>,
    options?: CallOptions,
  ): Promise<VisitHistoryPage>

  /**
   * Deletes the visit permanently. Throws ForbiddenError. Throws NotFoundError, unless the answer
   * to an earlier attempt of this call was lost.
   */
  remove(id: number, options?: MatchOptions): Promise<void>
}

const path: typeof listVisits.path = '/v2/visits'
const exportPath: typeof exportVisits.path = '/v2/visits/export'

export const visits = (connection: Connection): Visits => ({
  ...walks<VisitQuery, VisitCollection>(connection, path),
  ...exports<Query<VisitExportQuery>, Visit>(connection, exportPath),
  get: (id, { signal, ...query } = {}) => get(connection, `${path}/${id}`, query, { signal }),
  create: (draft, { signal, idempotencyKey, ...query } = {}) =>
    create(connection, path, () => sentAt(draft, connection.timing.now()), query, {
      signal,
      idempotencyKey,
    }),
  update: (id, change, { signal, ifMatch, ...query } = {}) =>
    update(connection, `${path}/${id}`, change, query, { signal, ifMatch }),
  review: (id, review, options) => update(connection, `${path}/${id}/review`, review, {}, options),
  history: (id, query = {}, options = {}) =>
    get(connection, `${path}/${id}/history`, { ...query }, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})

function sentAt(draft: VisitDraft, now: number): VisitDraft {
  if (draft.device?.captured_at === undefined) return draft
  return { ...draft, device: { ...draft.device, sent_at: new Date(now).toISOString() } }
}
