import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import { cursorLengthMax, filterValuesMax } from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable, pagesOrWalk, severalOf, Time } from './parameters.ts'

export const auditActions = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'password_changed',
  'token_created',
  'token_revoked',
  'oauth_client_created',
  'oauth_client_removed',
  'grant_created',
  'grant_revoked',
  'user_invited',
  'invitation_withdrawn',
  'user_created',
  'user_changed',
  'outcome_created',
  'outcome_changed',
  'outcome_merged',
  'settings_changed',
  'pin_decided',
  'pin_set',
  'visit_reviewed',
  'import_started',
  'import_paused',
  'import_ended',
  'import_cancelled',
  'exported',
  'backup_restored',
  'stream_reset',
  'location_data_downloaded',
  'location_data_removed',
] as const

export const auditSubjectKinds = [
  'user',
  'token',
  'oauth_client',
  'grant',
  'visit_outcome',
  'pin_change',
  'lead',
  'contact',
  'visit',
  'import',
] as const

const Word = Type.String({ description: 'A later version may add others' })

/** Who did what, by what, and to what. */
export const AuditEntry = Type.Object({
  id: Id,
  at: Type.String({ format: 'date-time' }),
  actor_id: nullable(Id),
  actor_name: nullable(Type.String()),
  means: nullable(
    Type.String({
      description: '`session`, `token`, `command_line` or `server`; null: nobody was signed in',
    }),
  ),
  token_id: nullable(Id),
  token_name: nullable(Type.String({ description: 'Its description at that time' })),
  action: Word,
  subject_kind: nullable(Word),
  subject_id: nullable(Id),
  subject_name: nullable(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown(), {
    description: 'In `changes`, from what to what an attribute changed, but no secret',
  }),
})

export const auditFilters = {
  actor_id: Type.Optional(Id),
  action: Type.Optional(severalOf(Type.Enum(auditActions), filterValuesMax)),
  subject_kind: Type.Optional(Type.Enum(auditSubjectKinds)),
  subject_id: Type.Optional(Id),
  since: Type.Optional(Time),
  until: Type.Optional(Type.String({ ...Time, description: 'Exclusive' })),
}

export const listAuditEntries = {
  id: 'listAuditEntries',
  method: 'GET',
  path: '/v2/audit',
  tag: 'Audit',
  summary: 'List who did what',
  description:
    'For admins, the newest first, of the last two years. An entry is written in the transaction ' +
    'of what it records, or by itself where nothing else changes: of sign-ins that fail, exports ' +
    'and downloads. The list ends when there is no `meta.next_cursor`.',
  scopes: ['profile'],
  isForAdmins: true,
  query: Type.Object({
    per_page: pagesOrWalk().per_page,
    cursor: Type.Optional(
      Type.String({
        maxLength: cursorLengthMax,
        description:
          'Empty to begin, then the `meta.next_cursor` of the page before, with the same filters',
      }),
    ),
    ...auditFilters,
  }),
  answer: collection(item(AuditEntry, 'audit_entry')),
} as const satisfies Operation

export type AuditEntry = Type.Static<typeof AuditEntry>
