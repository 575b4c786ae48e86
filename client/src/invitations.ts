import type { createInvitation, listInvitations } from '@doorstep/contract/invitations'
import type { perPageMax } from '@doorstep/contract/limits'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { lists, type Lists } from './pages.ts'
import { remove } from './request.ts'
import { createOnce } from './writes.ts'

export type InvitationQuery = QueryOf<typeof listInvitations>
export type InvitationPage = AnswerOf<typeof listInvitations>
export type InvitationDraft = BodyOf<typeof createInvitation>
export type InvitationItem = AnswerOf<typeof createInvitation>

/** Invitations of users; for admins, scope `profile`, and `write` too for changes. */
export interface Invitations extends Lists<InvitationQuery, InvitationPage> {
  /**
   * Invites a user; `data.link` is shown only in this answer. Never retried: if the answer was lost,
   * invite them again, which replaces the link. Throws UnprocessableError.
   */
  create(draft: InvitationDraft, options?: CallOptions): Promise<InvitationItem>

  /** Withdraws an invitation by the user's id. Throws NotFoundError. */
  remove(id: number, options?: CallOptions): Promise<void>
}

const path: typeof listInvitations.path = '/v2/invitations'
const perPage: typeof perPageMax = 100

export const invitations = (connection: Connection): Invitations => ({
  ...lists<InvitationQuery, InvitationPage>(connection, path, perPage),
  create: (draft, options) => createOnce(connection, path, draft, {}, options),
  remove: (id, options) => remove(connection, `${path}/${id}`, options),
})
