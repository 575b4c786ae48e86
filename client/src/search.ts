import type { QueryOf } from '@doorstep/contract/operations'
import type { search as contract } from '@doorstep/contract/search'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import type { Query } from './query.ts'
import { get } from './request.ts'

export type SearchQuery = QueryOf<typeof contract>
export type SearchAnswer = AnswerOf<typeof contract>

/**
 * Finds leads, contacts and users by the beginnings of words, the best matches first; scope `read`,
 * and `profile` for users.
 */
export type Search = (query: Query<SearchQuery>, options?: CallOptions) => Promise<SearchAnswer>

const path: typeof contract.path = '/v2/search'

export const search =
  (connection: Connection): Search =>
  (query, options) =>
    get<SearchAnswer>(connection, path, { ...query }, options)
