import type { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'
import type { listUnplaced, Unplaced } from '@doorstep/contract/unplaced'

import type { AnswerOf } from './answers.ts'
import { lists, type Lists } from './pages.ts'
import type { Query } from './query.ts'
import type { CallOptions, Connection } from './request.ts'

export type UnplacedQuery = QueryOf<typeof listUnplaced>
export type UnplacedPage = AnswerOf<typeof listUnplaced>

/** Leads or contacts at which no visit can be verified, with the reason; scope `read`. */
export interface UnplacedRecords extends Lists<UnplacedQuery, UnplacedPage> {
  /** One page of leads or contacts, by `query.resource_type`. */
  list(query: Query<UnplacedQuery>, options?: CallOptions): Promise<UnplacedPage>

  /** The pages from `query.page` (default 1) to the last one, at most the 100th. */
  pages(
    query: Query<UnplacedQuery>,
    options?: CallOptions,
  ): AsyncGenerator<UnplacedPage, void, void>

  /** The `data` of every one, read in the largest pages unless `per_page` is given. */
  each(
    query: Query<Omit<UnplacedQuery, 'page'>>,
    options?: CallOptions,
  ): AsyncGenerator<Unplaced, void, void>
}

const path: typeof listUnplaced.path = '/v2/unplaced'
const perPage: typeof perPageMax = 100

export const unplaced = (connection: Connection): UnplacedRecords =>
  lists<UnplacedQuery, UnplacedPage>(connection, path, perPage)
