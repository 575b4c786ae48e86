import Type from 'typebox'

import { item } from './envelopes.ts'
import type { Operation } from './operations.ts'
import { nullable } from './parameters.ts'

/** What a page needs to know before somebody signs in. */
export const App = Type.Object({
  version: Type.String(),
  account_name: nullable(
    Type.String({ description: 'null before the sign-in where the server has several accounts' }),
  ),
  needs_setup: Type.Boolean({ description: 'Whether no admin has a password yet' }),
  map: Type.Object({
    style_url: nullable(Type.String({ description: 'null: the map that the server brings' })),
    attribution: nullable(Type.String()),
    has_streets: Type.Boolean(),
  }),
  location: Type.Object({
    radius_m: Type.Integer({ description: 'The radius of records without one of their own' }),
    days_kept: Type.Integer({ description: 'Days until precise locations are deleted' }),
  }),
  sign_in: Type.Array(Type.Enum(['password']), { description: 'The ways to sign in' }),
})

export const getApp = {
  id: 'getApp',
  method: 'GET',
  path: '/v2/app',
  tag: 'App',
  summary: 'What a page needs before somebody signs in',
  description:
    'Needs no token. With a token or a session it answers for that account; without one, for the ' +
    'only account of the server.',
  scopes: null,
  query: Type.Object({}),
  answer: item(App, 'app'),
} as const satisfies Operation

export type App = Type.Static<typeof App>
