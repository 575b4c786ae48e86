import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { type Operation, scopes } from './operations.ts'
import { Id, nullable, pages, sortBy } from './parameters.ts'

const Moment = Type.String({ format: 'date-time' })

/** What a user has allowed a program to do in their name, by OAuth 2. */
export const Grant = Type.Object({
  id: Id,
  user_id: Id,
  client_id: Type.String({ description: 'The program’s, as in OAuth' }),
  client_name: Type.String(),
  scopes: Type.Array(Type.Enum(scopes)),
  created_at: Moment,
  expires_at: nullable(
    Type.String({ format: 'date-time', description: 'null: it lasts until it is revoked' }),
  ),
})

const shared = { tag: 'Grants', resource: 'grant' } as const

export const listGrants = {
  ...shared,
  id: 'listGrants',
  method: 'GET',
  path: '/v2/grants',
  summary: 'List what you have allowed programs to do in your name',
  description: 'Your own; an admin may give another user in `user_id`.',
  scopes: ['profile'],
  query: Type.Object({
    ...pages(),
    sort_by: sortBy(['id'], 'id'),
    user_id: Type.Optional(Id),
  }),
  answer: collection(item(Grant, 'grant')),
} as const satisfies Operation

export const deleteGrant = {
  ...shared,
  id: 'deleteGrant',
  method: 'DELETE',
  path: '/v2/grants/:id',
  summary: 'Take it back, and revoke its tokens immediately',
  description:
    'For its user or an admin. Personal tokens that were made with one of its tokens end too.',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Grant = Type.Static<typeof Grant>
