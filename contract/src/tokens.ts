import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { textFilterMax } from './limits.ts'
import { type Operation, scopes } from './operations.ts'
import { Id, nullable, pages, sortBy, Time } from './parameters.ts'

const Moment = Type.String({ format: 'date-time' })

/** A personal token; its secret is told once, when it is made. */
export const Token = Type.Object({
  id: Id,
  user_id: Id,
  description: Type.String(),
  scopes: Type.Array(Type.Enum(scopes)),
  created_at: Moment,
  expires_at: nullable(Moment),
  last_used_at: nullable(
    Type.String({ format: 'date-time', description: 'To about a minute; null: never' }),
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
  description: 'One’s own; an admin may name another user in `user_id`.',
  scopes: ['profile'],
  query: TokenQuery,
  answer: collection(item(Token, 'token')),
} as const satisfies Operation

export const createToken = {
  ...shared,
  id: 'createToken',
  method: 'POST',
  path: '/v2/tokens',
  summary: 'Make a personal token',
  description:
    'The answer holds the token’s 64 characters, this once. Its scopes are at most those of the ' +
    'token that asks. An admin may make it for another user.',
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
  summary: 'Revoke a personal token at once',
  description: 'By its owner or an admin.',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type Token = Type.Static<typeof Token>
