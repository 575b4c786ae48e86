import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type {
  createGeocodingRetry,
  getUnplacedCounts,
  listUnplaced,
  Unplaced,
} from '@doorstep/contract/unplaced'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'
import { createOnce } from './writes.ts'

export type UnplacedQuery = QueryOf<typeof listUnplaced>
export type UnplacedPage = AnswerOf<typeof listUnplaced>
export type UnplacedCountsQuery = QueryOf<typeof getUnplacedCounts>
export type UnplacedCountsItem = AnswerOf<typeof getUnplacedCounts>
export type GeocodingRetryDraft = BodyOf<typeof createGeocodingRetry>
export type GeocodingRetryItem = AnswerOf<typeof createGeocodingRetry>

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

  /** How many there are for each reason. Throws a DoorstepError. */
  counts(query?: Query<UnplacedCountsQuery>, options?: CallOptions): Promise<UnplacedCountsItem>

  /** Asks the geocoder again about one or about many; scope `write`. Never retried by itself. */
  askAgain(draft: GeocodingRetryDraft, options?: CallOptions): Promise<GeocodingRetryItem>
}

const path: typeof listUnplaced.path = '/v2/unplaced'
const perPage: typeof perPageMax = 100

const countsPath: typeof getUnplacedCounts.path = '/v2/unplaced_counts'
const retryPath: typeof createGeocodingRetry.path = '/v2/geocoding_retries'

export const unplaced = (connection: Connection): UnplacedRecords => ({
  ...lists<UnplacedQuery, UnplacedPage>(connection, path, perPage),
  counts: (query, options) => get(connection, countsPath, { ...query }, options),
  askAgain: (draft, options) => createOnce(connection, retryPath, draft, {}, options),
})
