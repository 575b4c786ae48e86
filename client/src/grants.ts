import type { listGrants } from '@doorstep/contract/grants'
import type { perPageMax } from '@doorstep/contract/limits'
import type { QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import { remove } from './request.ts'

export type GrantQuery = QueryOf<typeof listGrants>
export type GrantPage = AnswerOf<typeof listGrants>

/**
 * What the user has allowed programs to do in their name or, for admins, any user has; scope
 * `profile`, and `write` to take it back.
 */
export interface Grants extends Lists<GrantQuery, GrantPage> {
  /**
   * Revokes the grant and its tokens immediately. Throws NotFoundError, unless the answer to an
   * earlier attempt of this call was lost.
   */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listGrants.path = '/v2/grants'
const perPage: typeof perPageMax = 100

export const grants = (connection: Connection): Grants => ({
  ...lists<GrantQuery, GrantPage>(connection, path, perPage),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
