import type { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import type {
  createSavedView,
  listSavedViews,
  SavedViewChange,
  SavedViewDraft,
} from '@doorstep/contract/saved-views'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import { remove } from './request.ts'
import { create, type KeyOptions, update } from './writes.ts'

export type SavedViewQuery = QueryOf<typeof listSavedViews>
export type SavedViewPage = AnswerOf<typeof listSavedViews>
export type SavedViewItem = AnswerOf<typeof createSavedView>

/** Saved views of the list of visits, the user's own and shared ones; scope `read`, `write`. */
export interface SavedViews extends Lists<SavedViewQuery, SavedViewPage> {
  /** Saves a view. Throws UnprocessableError, also if `query` is none of `visits.list`. */
  create(draft: SavedViewDraft, options?: KeyOptions): Promise<SavedViewItem>

  /** Changes what is given. Throws NotFoundError, ForbiddenError, UnprocessableError. */
  update(id: number, change: SavedViewChange, options?: CallOptions): Promise<SavedViewItem>

  /**
   * Deletes the view. Throws ForbiddenError. Throws NotFoundError, unless the answer to an earlier
   * attempt of this call was lost.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listSavedViews.path = '/v2/saved_views'
const perPage: typeof perPageMax = 100

export const savedViews = (connection: Connection): SavedViews => ({
  ...lists<SavedViewQuery, SavedViewPage>(connection, path, perPage),
  create: (draft, options) => create(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
