import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { codeLengthMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pages, sortBy, Text } from './parameters.ts'
import { Session } from './sessions.ts'
import { Email, NewPassword, userRoles } from './users.ts'

const Time = Type.String({ format: 'date-time' })

const attributes = {
  id: { ...Id, description: 'The id of the invited user' },
  name: Type.String(),
  email: Type.String(),
  role: Type.Enum(userRoles),
  reports_to: nullable(Id),
  created_at: Time,
  expires_at: Time,
}

/** A user who has been invited and has not accepted yet. */
export const Invitation = Type.Object(attributes)

export const NewInvitation = Type.Object({
  ...attributes,
  link: Type.String({ description: 'Where the user chooses a password; shown only now' }),
})

const shared = {
  tag: 'Invitations',
  resource: 'invitation',
  isForAdmins: true,
  query: Type.Object({}),
} as const

export const listInvitations = {
  ...shared,
  id: 'listInvitations',
  method: 'GET',
  path: '/v2/invitations',
  summary: 'List open invitations',
  description: 'For admins. Without the links, which are not stored.',
  scopes: ['profile'],
  query: Type.Object({ ...pages(), sort_by: sortBy(['id'], 'id') }),
  answer: collection(item(Invitation, 'invitation')),
} as const satisfies Operation

export const createInvitation = {
  ...shared,
  id: 'createInvitation',
  method: 'POST',
  path: '/v2/invitations',
  summary: 'Invite a user',
  description:
    'For admins. Adds an inactive user and answers a link that works once, for 7 days. Inviting ' +
    'somebody again who has not accepted changes what is given, and their former link stops working.',
  scopes: ['profile', 'write'],
  body: Type.Object({
    email: Email,
    name: Text,
    role: Type.Optional(Type.Enum(userRoles)),
    reports_to: Type.Optional(nullable(Id)),
  }),
  answer: item(NewInvitation, 'invitation'),
} as const satisfies Operation

export const deleteInvitation = {
  ...shared,
  id: 'deleteInvitation',
  method: 'DELETE',
  path: '/v2/invitations/:id',
  summary: 'Withdraw an invitation',
  description: 'For admins. The user stays inactive, and can be invited again.',
  scopes: ['profile', 'write'],
  params: Type.Object({ id: Id }),
} as const satisfies Operation

export const acceptInvitation = {
  id: 'acceptInvitation',
  method: 'POST',
  path: '/v2/invitations/accept',
  tag: 'Invitations',
  resource: 'invitation',
  summary: 'Accept an invitation and sign in',
  description:
    'The `code` stands behind `/invitation#code=` in the link. Makes the user active with this ' +
    'password and sets the cookie of a session.',
  scopes: null,
  query: Type.Object({}),
  body: Type.Object({
    code: Type.String({ minLength: 1, maxLength: codeLengthMax }),
    password: NewPassword,
  }),
  answer: item(Session, 'session'),
} as const satisfies Operation

export type Invitation = Type.Static<typeof Invitation>
