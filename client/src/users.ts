import type { BodyOf, QueryOf } from '@doorstep/contract/operations'
import type {
  getUser,
  getUserSelf,
  listUsers,
  setPassword,
  updatePassword,
  UserChange,
  UserCollection,
  UserDraft,
  UserItem,
  UserQuery,
} from '@doorstep/contract/users'

import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { walks, type Walks } from './pages.ts'
import type { Query } from './query.ts'
import { get, sendOnce } from './request.ts'
import { create, type KeyOptions, update } from './writes.ts'

/** The current password (`old`) and its replacement (`new`). */
export type PasswordChange = BodyOf<typeof updatePassword>

/** Another user's new password (`new`). */
export type NewPassword = BodyOf<typeof setPassword>

/** `include: 'activity'` adds when the user was last seen, and how exact their fixes are. */
export interface UserOptions extends Query<QueryOf<typeof getUser>>, CallOptions {}

/** The account's users; scope `profile`, and an admin's `write` too for changes. */
export interface Users extends Walks<UserQuery, UserCollection> {
  /** The user with this id, `{data, meta}`. Throws NotFoundError. */
  get(id: number, options?: UserOptions): Promise<UserItem>

  /** The token's user, `{data, meta}`. */
  self(options?: UserOptions): Promise<UserItem>

  /** Creates a user. Throws UnprocessableError. */
  create(draft: UserDraft, options?: KeyOptions): Promise<UserItem>

  /**
   * Changes what is given. A user who becomes `inactive` is signed out, and their tokens stop
   * working. Throws NotFoundError, UnprocessableError.
   */
  update(id: number, change: UserChange, options?: MatchOptions): Promise<UserItem>

  /**
   * Changes the password of the token's user, of any role, ends their other sessions, and revokes
   * what OAuth clients were given. Never retried: after a success, `old` is wrong. Throws
   * UnprocessableError.
   */
  changePassword(change: PasswordChange, options?: CallOptions): Promise<void>

  /**
   * Sets another user's password, ends their sessions, and revokes what OAuth clients were given;
   * for admins. Never retried. Throws NotFoundError, ForbiddenError for the admin's own id,
   * UnprocessableError.
   */
  setPassword(id: number, password: NewPassword, options?: CallOptions): Promise<void>
}

const path: typeof listUsers.path = '/v2/users'
const selfPath: typeof getUserSelf.path = '/v2/users/self'
const passwordPath: typeof updatePassword.path = '/v2/users/self/password'

export const users = (connection: Connection): Users => ({
  ...walks<UserQuery, UserCollection>(connection, path),
  get: (id, { signal, ...query } = {}) => get(connection, `${path}/${id}`, query, { signal }),
  self: ({ signal, ...query } = {}) => get(connection, selfPath, query, { signal }),
  create: (draft, options) => create(connection, path, draft, {}, options),
  update: (id, change, options) => update(connection, `${path}/${id}`, change, {}, options),
  changePassword: (change, options) =>
    sendOnce(connection, { method: 'PUT', path: passwordPath, data: change }, options),
  setPassword: (id, password, options) =>
    sendOnce(
      connection,
      { method: 'PUT', path: `${path}/${id}/password`, data: password },
      options,
    ),
})
