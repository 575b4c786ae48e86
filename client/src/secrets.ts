import type { perPageMax } from '@doorstep/contract/limits'

import type { CallOptions, Connection } from './connection.ts'
import { type Collection, lists, type Lists } from './pages.ts'
import { remove } from './request.ts'
import { createOnce } from './writes.ts'

/** Tokens or OAuth clients, listed without secret; scope `profile`, and `write` for changes. */
export interface Secrets<ListQuery, Page extends Collection, Draft, Item> extends Lists<
  ListQuery,
  Page
> {
  /**
   * Creates one; only this answer contains its secret. Never retried: if the answer was lost, look
   * in the list. Throws UnprocessableError, ForbiddenError.
   */
  create(draft: Draft, options?: CallOptions): Promise<Item>

  /**
   * Revokes it, and everything it grants, immediately. Throws NotFoundError, unless the answer to
   * an earlier attempt of this call was lost.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const perPage: typeof perPageMax = 100

export const secrets = <
  ListQuery extends object,
  Page extends Collection,
  Draft extends object,
  Item,
>(
  connection: Connection,
  path: string,
): Secrets<ListQuery, Page, Draft, Item> => ({
  ...lists<ListQuery, Page>(connection, path, perPage),
  create: (draft, options) => createOnce(connection, path, draft, {}, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
