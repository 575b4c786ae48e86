import Type from 'typebox'

import { item } from './envelopes.ts'
import { codeLengthMax, passwordLengthMax, textFilterMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { nullable } from './parameters.ts'
import { User } from './users.ts'

/** The signed-in user. */
export const Session = Type.Object({
  user: User,
  timezone: Type.String({
    description:
      'The account’s, in which reports have their days: `Europe/Berlin`, or `UTC(+|-)hh:mm`',
  }),
  csrf_token: nullable(
    Type.String({
      description: 'The `X-CSRF-Token` for every write with the cookie; null with a bearer token',
    }),
  ),
})

const shared = {
  tag: 'Session',
  resource: 'session',
  path: '/v2/session',
  query: Type.Object({}),
} as const

export const createSession = {
  ...shared,
  id: 'createSession',
  method: 'POST',
  summary: 'Sign in with e-mail and password',
  description:
    'Sets the cookie `doorstep_session`, which counts as a token with all scopes. Give the ' +
    '`account`, by id or name, if the same e-mail and password match several.',
  scopes: null,
  body: Type.Object({
    email: Type.String({ minLength: 1, maxLength: textFilterMax }),
    password: Type.String({ minLength: 1, maxLength: passwordLengthMax }),
    account: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: textFilterMax }))),
  }),
  answer: item(Session, 'session'),
} as const satisfies Operation

export const createSessionByCode = {
  ...shared,
  id: 'createSessionByCode',
  method: 'POST',
  path: '/v2/session/code',
  summary: 'Sign in with the code of a one-time link',
  description:
    'The `code` stands behind `/sign-in#code=` in the link, and works once. Sets the same cookie.',
  scopes: null,
  body: Type.Object({ code: Type.String({ minLength: 1, maxLength: codeLengthMax }) }),
  answer: item(Session, 'session'),
} as const satisfies Operation

export const getSession = {
  ...shared,
  id: 'getSession',
  method: 'GET',
  summary: 'The signed-in user',
  scopes: ['profile'],
  answer: item(Session, 'session'),
} as const satisfies Operation

export const deleteSession = {
  ...shared,
  id: 'deleteSession',
  method: 'DELETE',
  summary: 'Sign out',
  scopes: ['profile'],
} as const satisfies Operation

export type Session = Type.Static<typeof Session>
