import type { AccountKey } from './accounts.ts'
import type { Actor } from './actor.ts'

/** What is noted. */
export type AuditAction =
  | 'signed_in'
  | 'sign_in_failed'
  | 'signed_out'
  | 'password_changed'
  | 'token_created'
  | 'token_revoked'
  | 'oauth_client_created'
  | 'oauth_client_removed'
  | 'grant_created'
  | 'grant_revoked'
  | 'user_invited'
  | 'invitation_withdrawn'
  | 'user_created'
  | 'user_changed'
  | 'outcome_created'
  | 'outcome_changed'
  | 'outcome_merged'
  | 'settings_changed'
  | 'pin_decided'
  | 'pin_set'
  | 'visit_reviewed'
  | 'import_started'
  | 'import_paused'
  | 'import_ended'
  | 'import_cancelled'
  | 'exported'
  | 'backup_restored'
  | 'stream_reset'
  | 'location_data_downloaded'
  | 'location_data_removed'

/** What an action was done to. */
export type AuditSubjectKind =
  | 'user'
  | 'token'
  | 'oauth_client'
  | 'grant'
  | 'visit_outcome'
  | 'pin_change'
  | 'lead'
  | 'contact'
  | 'visit'
  | 'import'

/** A user by their session or token. */
export type AuditUser = Pick<Actor, 'userId' | 'tokenId'>

/** Who did something; `nobody`: somebody who was not signed in. */
export type AuditActor = AuditUser | 'command_line' | 'server' | 'nobody'

/** `name`: of what may be deleted later; that of a user is looked up when it is read. */
export interface AuditSubject {
  readonly kind: AuditSubjectKind
  readonly id: number
  readonly name?: string
}

/** More about it, as JSON: never a secret, and of people nothing but their ids. */
export type AuditDetails = Readonly<Record<string, unknown>>

/**
 * An entry as it is read. Names of users are the present ones. Its words are text, since a newer
 * version of the server may have written others.
 */
export interface AuditEntry {
  readonly id: number
  /** In ms. */
  readonly at: number
  readonly actorId: number | null
  readonly actorName: string | null
  readonly means: string | null
  readonly tokenId: number | null
  readonly tokenName: string | null
  readonly action: string
  readonly subjectKind: string | null
  readonly subjectId: number | null
  readonly subjectName: string | null
  readonly details: AuditDetails
}

/** All that is given must hold. Times in ms. */
export interface AuditFilter {
  readonly actorId?: number | undefined
  readonly actions?: readonly AuditAction[] | undefined
  readonly subjectKind?: AuditSubjectKind | undefined
  readonly subjectId?: number | undefined
  readonly since?: number | undefined
  /** Exclusive. */
  readonly until?: number | undefined
}

/** The place of an entry in the list. */
export type AuditKey = Pick<AuditEntry, 'at' | 'id'>

/** Notes something, in the transaction or by itself. */
type AddEntry<Before extends readonly unknown[]> = (
  ...given: [
    ...Before,
    actor: AuditActor,
    action: AuditAction,
    subject?: AuditSubject | null,
    details?: AuditDetails,
  ]
) => Promise<void>

/** The audit, outside of any transaction. */
export interface AuditReads {
  /** The newest first, from behind `after`. */
  list(
    account: AccountKey,
    filter: AuditFilter,
    part: { readonly after: AuditKey | undefined; readonly limit: number },
  ): Promise<{ readonly rows: readonly AuditEntry[]; readonly hasMore: boolean }>
  /** Notes what changes nothing else. */
  add: AddEntry<[account: AccountKey]>
  /**
   * Notes that nobody could sign in as the user; null: with an address that nobody has. Not if it was
   * noted `max` times since `since` (ms).
   */
  addFailedSignIn(
    account: AccountKey,
    userId: number | null,
    unless: { readonly max: number; readonly since: number },
  ): Promise<void>
  /** Deletes entries from before `before` (ms), at most `limit` of them; answers how many. */
  drop(account: AccountKey, before: number, limit: number): Promise<number>
}

/** The audit, in a transaction: an entry is there exactly if what it records is. */
export interface AuditWrites {
  add: AddEntry<[]>
}

/** What of an attribute may be noted when it changes: its values, or only that it did. */
export type Noted = 'values' | 'change'

/** From what to what attributes changed; undefined: none of these did. */
export function changesOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, Noted>>,
): AuditDetails | undefined {
  const changed = Object.entries(attributes).filter(([name]) => before[name] !== after[name])
  if (changed.length === 0) return undefined
  return {
    changes: Object.fromEntries(
      changed.map(([name, noted]) => [
        snakeCase(name),
        noted === 'values' ? { from: before[name] ?? null, to: after[name] ?? null } : {},
      ]),
    ),
  }
}

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
