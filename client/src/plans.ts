import type { QueryOf } from '@doorstep/contract/operations'
import type { getPlan, PlanDraft } from '@doorstep/contract/plans'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'
import { update } from './writes.ts'

export type PlanQuery = QueryOf<typeof getPlan>
export type PlanItem = AnswerOf<typeof getPlan>

/** Whom the user means to visit on a day, `YYYY-MM-DD`; scope `read`, and `write` for changes. */
export interface Plans {
  /** The plan of a day; `user_id`: of a user below. Throws ForbiddenError, NotFoundError. */
  get(date: string, query?: Query<PlanQuery>, options?: CallOptions): Promise<PlanItem>

  /** Replaces the user's plan of a day. Throws UnprocessableError, NotFoundError. */
  save(date: string, plan: PlanDraft, options?: MatchOptions): Promise<PlanItem>
}

const path = '/v2/plans'

export const plans = (connection: Connection): Plans => ({
  get: (date, query = {}, options = {}) =>
    get(connection, `${path}/${encodeURIComponent(date)}`, { ...query }, options),
  save: (date, plan, options) =>
    update(connection, `${path}/${encodeURIComponent(date)}`, plan, {}, options),
})
