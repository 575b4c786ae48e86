import type { perPageMax } from '@doorstep/contract/limits'

import { type Collection, lists, type Lists } from './pages.ts'
import { type CallOptions, type Connection, remove } from './request.ts'
import { createOnce } from './writes.ts'

/** Tokens or OAuth clients: made with a secret, listed without it; scope `profile`, and `write`. */
export interface Secrets<ListQuery, Page extends Collection, Draft, Item> extends Lists<
  ListQuery,
  Page
> {
  /**
   * Makes one; the answer alone tells its secret. Made once, whatever fails: one whose answer was
   * lost stands in the list. Throws UnprocessableError, ForbiddenError.
   */
  create(draft: Draft, options?: CallOptions): Promise<Item>

  /**
   * Ends it, and all that it opens, at once. Throws NotFoundError, unless an earlier attempt of this
   * call had lost its answer.
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
