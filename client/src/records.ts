import type { RecordPart } from '@doorstep/contract/records'

import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { exports, type Exports } from './exports.ts'
import { type Collection, walks, type Walks } from './pages.ts'
import type { Query } from './query.ts'
import { get, remove } from './request.ts'
import { create, type KeyOptions, update } from './writes.ts'

/**
 * `include`: `location` adds the record's location, its precision, and its sites, `external_ids`
 * what other products call it.
 */
export interface RecordOptions extends CallOptions {
  readonly include?: RecordPart | readonly RecordPart[] | undefined
}

export interface RecordKeyOptions extends RecordOptions, KeyOptions {}

/** Leads or contacts, all readable by every user; scope `read`, and `write` for changes. */
export interface Records<ListQuery, Filters, Change, Item, Page extends Collection, ExportQuery>
  extends Walks<ListQuery, Page>, Exports<Query<ExportQuery>, Page['items'][number]['data']> {
  /** The record with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: RecordOptions): Promise<Item>

  /** Creates a record; `owner_id` defaults to the token's user. Throws UnprocessableError. */
  create(draft: Change, options?: RecordKeyOptions): Promise<Item>

  /**
   * Changes what is given; `tags` and `sites` are replaced. Throws NotFoundError, ForbiddenError,
   * UnprocessableError.
   */
  update(id: number, change: Change, options?: RecordOptions & MatchOptions): Promise<Item>

  /**
   * Changes the one record that matches the filters, or creates one. Throws UnprocessableError if
   * several match, InvalidRequestError without a filter, ForbiddenError.
   */
  upsert(filters: Query<Filters>, change: Change, options?: RecordKeyOptions): Promise<Item>

  /**
   * Deletes the record permanently; visits to it stay. Throws ForbiddenError. Throws NotFoundError,
   * unless the answer to an earlier attempt of this call was lost.
   */
  remove(id: number, options?: MatchOptions): Promise<void>
}

export const records = <
  ListQuery extends object,
  Filters extends object,
  Change extends object,
  Item,
  Page extends Collection,
  ExportQuery,
>(
  connection: Connection,
  path: string,
  upsertPath: string,
  exportPath: string,
): Records<ListQuery, Filters, Change, Item, Page, ExportQuery> => ({
  ...walks<ListQuery, Page>(connection, path),
  ...exports(connection, exportPath),
  get: (id, { signal, include } = {}) => get(connection, `${path}/${id}`, { include }, { signal }),
  create: (draft, { include, ...options } = {}) =>
    create(connection, path, draft, { include }, options),
  update: (id, change, { signal, ifMatch, include } = {}) =>
    update(connection, `${path}/${id}`, change, { include }, { signal, ifMatch }),
  upsert: (filters, change, { include, ...options } = {}) =>
    create(connection, upsertPath, change, { ...filters, include }, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
