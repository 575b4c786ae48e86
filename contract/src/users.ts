import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { passwordLengthMax, passwordLengthMin, textFilterMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, nullable, pagesOrWalk, sortBy, Text, timeRanges, walk } from './parameters.ts'

export const userRoles = ['user', 'admin'] as const
export const userStatuses = ['active', 'inactive'] as const
export const identityTypes = ['person', 'integration'] as const

const Named = Type.Object({ id: Id, name: Type.String() })

/** How a user uses Doorstep; `fixes` are those of check-ins of the last 30 days. */
export const UserActivity = Type.Object({
  last_seen_at: nullable(
    Type.String({
      format: 'date-time',
      description: 'When a token or session of theirs was last used, precise to about a minute',
    }),
  ),
  fixes: Type.Integer({ description: 'At most the newest 1,000' }),
  median_accuracy_m: nullable(Type.Number()),
  above_100_m_share: nullable(
    Type.Number({ description: 'The share of fixes that are less exact than 100 m, 0 to 1' }),
  ),
})

export const User = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  status: Type.Enum(userStatuses),
  invited: Type.Boolean(),
  confirmed: Type.Boolean(),
  phone_number: nullable(Type.String()),
  role: Type.Enum(userRoles),
  roles: Type.Array(Named),
  team_name: nullable(Type.String()),
  group: nullable(Named),
  reports_to: nullable(Id),
  timezone: nullable(Type.String()),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  deleted_at: nullable(Type.String({ format: 'date-time' })),
  zendesk_user_id: nullable(Type.String()),
  identity_type: Type.Enum(identityTypes),
  activity: Type.Optional(nullable(UserActivity)),
})

const include = Type.Optional(
  Type.Enum(['activity'], {
    description:
      'Adds `activity`: of everybody for admins, of oneself and those below one for others; null ' +
      'for anybody else',
  }),
)

export const UserQuery = Type.Object({
  ...pagesOrWalk(),
  sort_by: sortBy(['id', 'name', 'created_at', 'updated_at'], 'id'),
  ...walk,
  ids: Type.Optional(Ids),
  name: Type.Optional(Text),
  email: Type.Optional(Text),
  role: Type.Optional(Type.Enum(userRoles)),
  role_id: Type.Optional(Id),
  status: Type.Optional(Type.Enum(userStatuses)),
  confirmed: Type.Optional(Type.Boolean()),
  zendesk_user_ids: Type.Optional(Ids),
  identity_type: Type.Optional(Type.Enum(identityTypes)),
  include,
  ...timeRanges,
})

const shared = { method: 'GET', tag: 'Users', scopes: ['profile'] } as const
const NoQuery = Type.Object({})

export const listUsers = {
  ...shared,
  id: 'listUsers',
  path: '/v2/users',
  summary: 'List users',
  query: UserQuery,
  answer: collection(item(User, 'user')),
} as const satisfies Operation

export const getUserSelf = {
  ...shared,
  id: 'getUserSelf',
  path: '/v2/users/self',
  summary: 'The token’s user',
  query: Type.Object({ include }),
  answer: item(User, 'user'),
} as const satisfies Operation

export const getUser = {
  ...shared,
  id: 'getUser',
  path: '/v2/users/:id',
  summary: 'One user',
  params: Type.Object({ id: Id }),
  query: Type.Object({ include }),
  answer: item(User, 'user'),
} as const satisfies Operation

export const Email = Type.String({
  minLength: 3,
  maxLength: textFilterMax,
  description: 'An e-mail address',
})
const OptionalText = Type.Optional(nullable(Text))

const attributes = {
  role: Type.Optional(Type.Enum(userRoles)),
  reports_to: Type.Optional(nullable(Id)),
  status: Type.Optional(Type.Enum(userStatuses)),
  phone_number: OptionalText,
  timezone: Type.Optional(nullable(Type.String({ pattern: '^UTC[+-][01][0-9]:[0-5][0-9]$' }))),
  team_name: OptionalText,
}

const written = {
  tag: 'Users',
  resource: 'user',
  scopes: ['profile', 'write'],
  isForAdmins: true,
  query: NoQuery,
  answer: item(User, 'user'),
} as const

export const createUser = {
  ...written,
  id: 'createUser',
  method: 'POST',
  path: '/v2/users',
  summary: 'Add a user',
  description: 'For admins.',
  body: Type.Object({ name: Text, email: Email, ...attributes }),
} as const satisfies Operation

export const updateUser = {
  ...written,
  id: 'updateUser',
  method: 'PUT',
  path: '/v2/users/:id',
  summary: 'Change a user',
  description:
    'For admins. A user who becomes inactive loses sessions, tokens and grants at once and for ' +
    'good. The last active admin can be neither demoted nor deactivated.',
  params: Type.Object({ id: Id }),
  body: Type.Object({ name: Type.Optional(Text), email: Type.Optional(Email), ...attributes }),
} as const satisfies Operation

export const NewPassword = Type.String({
  minLength: passwordLengthMin,
  maxLength: passwordLengthMax,
})

const password = {
  method: 'PUT',
  tag: 'Users',
  resource: 'password',
  scopes: ['profile', 'write'],
  query: NoQuery,
} as const

export const updatePassword = {
  ...password,
  id: 'updatePassword',
  path: '/v2/users/self/password',
  summary: 'Change your own password',
  description:
    'Ends the user’s other sessions and revokes what OAuth clients were given in their name. ' +
    'Personal tokens stay. An admin sets the first password of a user.',
  body: Type.Object({
    old: Type.String({ minLength: 1, maxLength: passwordLengthMax }),
    new: NewPassword,
  }),
} as const satisfies Operation

export const setPassword = {
  ...password,
  id: 'setPassword',
  path: '/v2/users/:id/password',
  summary: 'Set the password of another user',
  description:
    'For admins, but not for their own password. Ends the user’s sessions and revokes what OAuth ' +
    'clients were given in their name. Personal tokens stay.',
  isForAdmins: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ new: NewPassword }),
} as const satisfies Operation

export type User = Type.Static<typeof User>
export type UserActivity = Type.Static<typeof UserActivity>
export type UserDraft = Type.Static<typeof createUser.body>
export type UserChange = Type.Static<typeof updateUser.body>
export type UserQuery = Type.Static<typeof UserQuery>
export type UserItem = Type.Static<typeof getUser.answer>
export type UserCollection = Type.Static<typeof listUsers.answer>
