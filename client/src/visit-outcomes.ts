import type { outcomesPerPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type {
  getVisitOutcome,
  listVisitOutcomes,
  mergeVisitOutcome,
  VisitOutcomeChange,
  VisitOutcomeCollection,
  VisitOutcomeDraft,
  VisitOutcomeItem,
  VisitOutcomeQuery,
} from '@doorstep/contract/visit-outcomes'

import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'
import { create, createOnce, type KeyOptions, update } from './writes.ts'

/** `include: 'style'` adds color, icon, position and active. */
export interface OutcomeOptions extends Query<QueryOf<typeof getVisitOutcome>>, CallOptions {}

export interface OutcomeKeyOptions extends OutcomeOptions, KeyOptions {}

export type OutcomeMerge = BodyOf<typeof mergeVisitOutcome>

/** The outcomes of visits; scope `read`, and an admin's `write` for changes. */
export interface VisitOutcomes extends Lists<VisitOutcomeQuery, VisitOutcomeCollection> {
  /** The outcome with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: OutcomeOptions): Promise<VisitOutcomeItem>

  /** Creates an outcome, by default in the last position. Throws UnprocessableError. */
  create(draft: VisitOutcomeDraft, options?: OutcomeKeyOptions): Promise<VisitOutcomeItem>

  /**
   * Changes what is given; a new name is written to visits in the background. Throws NotFoundError,
   * UnprocessableError.
   */
  update(
    id: number,
    change: VisitOutcomeChange,
    options?: OutcomeOptions & MatchOptions,
  ): Promise<VisitOutcomeItem>

  /**
   * Makes an outcome inactive; its visits get the one in `into_id` in the background. Never
   * retried. Throws NotFoundError, UnprocessableError.
   */
  merge(id: number, merge: OutcomeMerge, options?: OutcomeOptions): Promise<VisitOutcomeItem>
}

const path: typeof listVisitOutcomes.path = '/v2/visit_outcomes'
const perPage: typeof outcomesPerPageMax = 200

export const visitOutcomes = (connection: Connection): VisitOutcomes => ({
  ...lists<VisitOutcomeQuery, VisitOutcomeCollection>(connection, path, perPage),
  get: (id, { signal, ...query } = {}) => get(connection, `${path}/${id}`, query, { signal }),
  create: (draft, { signal, idempotencyKey, ...query } = {}) =>
    create(connection, path, draft, query, { signal, idempotencyKey }),
  update: (id, change, { signal, ifMatch, ...query } = {}) =>
    update(connection, `${path}/${id}`, change, query, { signal, ifMatch }),
  merge: (id, merge, { signal, ...query } = {}) =>
    createOnce(connection, `${path}/${id}/merge`, merge, query, { signal }),
})
