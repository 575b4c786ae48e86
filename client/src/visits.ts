import type { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import type {
  createVisit,
  getVisit,
  listVisits,
  VisitChange,
  VisitCollection,
  VisitDraft,
  VisitItem,
  VisitQuery,
} from '@doorstep/contract/visits'

import { lists, type Lists } from './pages.ts'
import type { Query } from './query.ts'
import { type CallOptions, type Connection, get, remove } from './request.ts'
import { create, update } from './writes.ts'

/** `include: 'verification'` adds the verdict's evidence to the answered visit. */
export interface VisitOptions extends Query<QueryOf<typeof createVisit>>, CallOptions {}

/** `min_position`, the `meta.position` of a write: the answer has seen it, whoever gives it. */
export interface GetOptions extends Query<QueryOf<typeof getVisit>>, CallOptions {}

export interface CreateOptions extends VisitOptions {
  /**
   * 1-128 visible ASCII characters. The same key with the same draft logs one visit, however often
   * it is sent within 30 days: keep it with a draft that outlives this call. Without one, a new one
   * is made, which makes the attempts of this call safe.
   */
  readonly idempotencyKey?: string | undefined
}

/** The visits that the token's user may see; scope `read`, and `write` for changes. */
export interface Visits extends Lists<VisitQuery, VisitCollection> {
  /** The visit with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: GetOptions): Promise<VisitItem>

  /**
   * Logs a visit; the answer's `meta.position` is the stream's position just after it: given to a read as
   * `min_position`, it is seen there also where replicas answer. Where the
   * device has a fix, each attempt sets `sent_at`, by which the server knows how wrong the device's
   * clock is. Tried again as `retry` allows, and while the key's first request is still running.
   * Throws UnprocessableError, PayloadTooLargeError or another DoorstepError.
   */
  create(draft: VisitDraft, options?: CreateOptions): Promise<VisitItem>

  /** Changes what is given. Throws NotFoundError, ForbiddenError, UnprocessableError. */
  update(id: number, change: VisitChange, options?: VisitOptions): Promise<VisitItem>

  /**
   * Deletes the visit for good. Throws NotFoundError, unless an earlier attempt of this call had
   * lost its answer; ForbiddenError.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listVisits.path = '/v2/visits'
const perPage: typeof perPageMax = 100

export const visits = (connection: Connection): Visits => ({
  ...lists<VisitQuery, VisitCollection>(connection, path, perPage),
  get: (id, { signal, ...query } = {}) => get(connection, `${path}/${id}`, query, { signal }),
  create: (draft, { signal, idempotencyKey, ...query } = {}) =>
    create(connection, path, () => sentAt(draft, connection.timing.now()), query, {
      signal,
      idempotencyKey,
    }),
  update: (id, change, { signal, ...query } = {}) =>
    update(connection, `${path}/${id}`, change, query, { signal }),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})

function sentAt(draft: VisitDraft, now: number): VisitDraft {
  if (draft.device?.captured_at === undefined) return draft
  return { ...draft, device: { ...draft.device, sent_at: new Date(now).toISOString() } }
}
