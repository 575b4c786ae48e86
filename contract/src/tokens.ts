import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { textFilterMax } from './limits.ts'
import { type Operation, scopes } from './operations.ts'
import { Id, nullable, pages, sortBy, Time } from './parameters.ts'

const Moment = Type.String({ format: 'date-time' })

/** A personal token. Its secret is returned once, on creation. */
export const Token = Type.Object({
  id: Id,
  user_id: Id,
  description: Type.String(),
  scopes: Type.Array(Type.Enum(scopes)),
  created_at: Moment,
  expires_at: nullable(Moment),
  last_used_at: nullable(
    Type.String({ format: 'date-time', description: 'Precise to about a minute; null: never' }),
  ),
})

export const TokenQuery = Type.Object({
  ...pages(),
  sort_by: sortBy(['id'], 'id'),
  user_id: Type.Optional(Id),
})

const shared = { tag: 'Tokens', resource: 'token' } as const

export const listTokens = {
  ...shared,
  id: 'listTokens',
  method: 'GET',
  path: '/v2/tokens',
  summary: 'List personal tokens that have not been revoked',
  description: 'Your own; an admin may give another user in `user_id`.',
  scopes: ['profile'],
  query: TokenQuery,
  answer: collection(item(Token, 'token')),
} as const satisfies Operation

export const createToken = {
  ...shared,
  id: 'createToken',
  method: 'POST',
  path: '/v2/tokens',
  summary: 'Create a personal token',
  description:
    'Only this answer contains the token’s 64 characters. The token has at most the scopes of ' +
    'the requesting token. An admin may create one for another user.',
  scopes: ['profile', 'write'],
  query: Type.Object({}),
  body: Type.Object({
    description: Type.String({ maxLength: textFilterMax }),
    scopes: Type.Array(Type.Enum(scopes), { minItems: 1, maxItems: scopes.length }),
    expires_at: Type.Optional(nullable(Time)),
    user_id: Type.Optional(Id),
  }),
  answer: item(Type.Object({ ...Token.properties, token: Type.String() }), 'token'),
} as const satisfies Operation

export const deleteToken = {
  ...shared,
  id: 'deleteToken',
  method: 'DELETE',
  path: '/v2/tokens/:id',
  summary: 'Revoke a personal token immediately',
  description: 'For its owner or an admin.',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Token = Type.Static<typeof Token>
