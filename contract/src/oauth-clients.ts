import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { oauthClientNameLengthMax, redirectUriLengthMax, redirectUrisMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, pages, sortBy } from './parameters.ts'

/** A program that requests tokens by OAuth 2. Its secret is returned once, on registration. */
export const OAuthClient = Type.Object({
  id: Id,
  client_id: Type.String(),
  name: Type.String(),
  redirect_uris: Type.Array(Type.String()),
  public: Type.Boolean({ description: 'Has no secret and must use PKCE' }),
  created_at: Type.String({ format: 'date-time' }),
})

const shared = { tag: 'OAuth clients', resource: 'oauth_client', isForAdmins: true } as const

export const listOAuthClients = {
  ...shared,
  id: 'listOAuthClients',
  method: 'GET',
  path: '/v2/oauth_clients',
  summary: 'List the programs that may request tokens',
  description: 'For admins.',
  scopes: ['profile'],
  query: Type.Object({ ...pages(), sort_by: sortBy(['id'], 'id') }),
  answer: collection(item(OAuthClient, 'oauth_client')),
} as const satisfies Operation

export const createOAuthClient = {
  ...shared,
  id: 'createOAuthClient',
  method: 'POST',
  path: '/v2/oauth_clients',
  summary: 'Register a program that may request tokens',
  description:
    'For admins. Only this answer contains `client_secret`. It is null for a public client, ' +
    'which must use PKCE instead.',
  scopes: ['profile', 'write'],
  query: Type.Object({}),
  body: Type.Object({
    name: Type.String({ minLength: 1, maxLength: oauthClientNameLengthMax }),
    redirect_uris: Type.Array(Type.String({ minLength: 1, maxLength: redirectUriLengthMax }), {
      minItems: 1,
      maxItems: redirectUrisMax,
    }),
    public: Type.Optional(Type.Boolean()),
  }),
  answer: item(
    Type.Object({
      ...OAuthClient.properties,
      client_secret: Type.Union([Type.String(), Type.Null()]),
    }),
    'oauth_client',
  ),
} as const satisfies Operation

export const deleteOAuthClient = {
  ...shared,
  id: 'deleteOAuthClient',
  method: 'DELETE',
  path: '/v2/oauth_clients/:id',
  summary: 'Remove a program and revoke all its tokens',
  description: 'For admins.',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
  query: Type.Object({}),
} as const satisfies Operation

export type OAuthClient = Type.Static<typeof OAuthClient>
export type CreatedOAuthClient = Type.Static<typeof createOAuthClient.answer>['data']
