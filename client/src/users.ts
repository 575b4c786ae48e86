import type { perPageMax } from '@doorstep/contract/limits'
import type {
  getUserSelf,
  listUsers,
  UserCollection,
  UserItem,
  UserQuery,
} from '@doorstep/contract/users'

import { lists, type Lists } from './pages.ts'
import { type CallOptions, type Connection, get } from './request.ts'

/** The account's users; scope `profile`. */
export interface Users extends Lists<UserQuery, UserCollection> {
  /** The user with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: CallOptions): Promise<UserItem>

  /** The token's user, `{data, meta}`. */
  self(options?: CallOptions): Promise<UserItem>
}

const path: typeof listUsers.path = '/v2/users'
const selfPath: typeof getUserSelf.path = '/v2/users/self'
const perPage: typeof perPageMax = 100

export const users = (connection: Connection): Users => ({
  ...lists<UserQuery, UserCollection>(connection, path, perPage),
  get: (id, options) => get(connection, `${path}/${id}`, {}, options),
  self: (options) => get(connection, selfPath, {}, options),
})
