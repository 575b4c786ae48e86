import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { Id, Ids, nullable, pages, sortBy, Text } from './parameters.ts'

export const userRoles = ['user', 'admin'] as const
export const userStatuses = ['active', 'inactive'] as const
export const identityTypes = ['person', 'integration'] as const

const Named = Type.Object({ id: Id, name: Type.String() })

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
})

export const UserQuery = Type.Object({
  ...pages(),
  sort_by: sortBy(['id', 'name', 'created_at', 'updated_at'], 'id'),
  ids: Type.Optional(Ids),
  name: Type.Optional(Text),
  email: Type.Optional(Text),
  role: Type.Optional(Type.Enum(userRoles)),
  role_id: Type.Optional(Id),
  status: Type.Optional(Type.Enum(userStatuses)),
  confirmed: Type.Optional(Type.Boolean()),
  zendesk_user_ids: Type.Optional(Ids),
  identity_type: Type.Optional(Type.Enum(identityTypes)),
})

const shared = { method: 'GET', tag: 'Users', scope: 'profile' } as const
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
  query: NoQuery,
  answer: item(User, 'user'),
} as const satisfies Operation

export const getUser = {
  ...shared,
  id: 'getUser',
  path: '/v2/users/:id',
  summary: 'One user',
  params: Type.Object({ id: Id }),
  query: NoQuery,
  answer: item(User, 'user'),
} as const satisfies Operation

export type User = Type.Static<typeof User>
export type UserQuery = Type.Static<typeof UserQuery>
export type UserItem = Type.Static<typeof getUser.answer>
export type UserCollection = Type.Static<typeof listUsers.answer>
