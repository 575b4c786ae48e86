import { type AuditActor, type AuditDetails, changesOf, type Noted } from '../domain/audit.ts'
import type { Import } from '../domain/imports.ts'
import type { SalesRecord } from '../domain/records.ts'
import type { Transaction } from '../domain/store.ts'
import type { AccessToken } from '../domain/tokens.ts'
import type { User } from '../domain/users.ts'
import type { ResourceKind } from '../domain/visits.ts'

/** Notes a token that was created or revoked. */
export const noteToken = (
  tx: Transaction,
  actor: AuditActor,
  action: 'token_created' | 'token_revoked',
  token: Pick<AccessToken, 'id' | 'userId' | 'scopes' | 'description'>,
): Promise<void> => {
  const { id, userId, scopes, description: name } = token
  return tx.audit.add(actor, action, { kind: 'token', id, name }, { user_id: userId, scopes })
}

/** What a user may do and see, and for whom. */
const ofRights: Readonly<Record<string, Noted>> = {
  role: 'values',
  reportsTo: 'values',
  status: 'values',
  teamName: 'values',
}

/** Names, addresses and numbers of people are theirs: that they changed is enough. */
const ofUsers: Readonly<Record<string, Noted>> = {
  ...ofRights,
  name: 'change',
  email: 'change',
  phoneNumber: 'change',
  timezone: 'change',
}

interface ChangedRecord {
  readonly before: SalesRecord
  readonly after: SalesRecord
  readonly hasSameSites: boolean
}

/** Notes whether somebody has set another place or radius of a record, without the place. */
export async function notePin(
  tx: Transaction,
  actor: AuditActor,
  kind: ResourceKind,
  { before, after, hasSameSites }: ChangedRecord,
): Promise<void> {
  // NOTE: another address drops a point that nobody has set.
  const isSet = after.point !== null || before.point?.precision === 'pin'
  const placesOf = ({ point, verificationRadiusM }: SalesRecord, sites: boolean) => ({
    pin: isSet && JSON.stringify(point),
    sites,
    verificationRadiusM,
  })
  const changes = changesOf(placesOf(before, true), placesOf(after, hasSameSites), ofPins)
  if (changes) await tx.audit.add(actor, 'pin_set', { kind, id: after.id }, changes)
}

const ofPins: Readonly<Record<string, Noted>> = {
  pin: 'change',
  sites: 'change',
  verificationRadiusM: 'values',
}

/** Notes a user who was added. */
export const noteNewUser = (tx: Transaction, actor: AuditActor, user: User): Promise<void> => {
  const { id, role, reportsTo, status, teamName } = user
  const details = { role, reports_to: reportsTo, status, team_name: teamName }
  return tx.audit.add(actor, 'user_created', { kind: 'user', id }, details)
}

/** Notes whom an import has given other rights, and admins that it has added. */
export async function noteImportedUser(
  tx: Transaction,
  before: User | undefined,
  after: User,
): Promise<void> {
  const { id, role } = after
  const by = 'import'
  const changes = before && changesOf({ ...before }, { ...after }, ofRights)
  if (changes)
    await tx.audit.add('server', 'user_changed', { kind: 'user', id }, { by, ...changes })
  if (before || role !== 'admin') return
  await tx.audit.add('server', 'user_created', { kind: 'user', id }, { by, role })
}

/** Notes the start of an import. Files are counted and not named. */
export const noteImport = (
  tx: Transaction,
  actor: AuditActor,
  { id, source, progress }: Import,
  more: AuditDetails = {},
): Promise<void> => {
  const { files } = progress
  const details = files && { files: files.files.length, dry_run: files.isDryRun }
  const given = { source, ...details, ...more }
  return tx.audit.add(actor, 'import_started', { kind: 'import', id }, given)
}

/** Notes how an import ended: a server ends what a user has started. */
export const noteImportEnd = (
  tx: Transaction,
  startedBy: AuditActor,
  { id, source, phase, lastError, progress }: Import,
): Promise<void> => {
  const actor = startedBy === 'command_line' ? startedBy : 'server'
  const state = phase === 'done' ? 'done' : lastError === null ? 'stopped' : 'failed'
  const { created, updated, rejected } = progress.counts
  const details = { source, state, created, updated, rejected }
  return tx.audit.add(actor, 'import_ended', { kind: 'import', id }, details)
}

/** Notes what of a user has changed, if anything has. */
export async function noteUserChange(
  tx: Transaction,
  actor: AuditActor,
  before: User,
  after: User,
): Promise<void> {
  const changes = changesOf({ ...before }, { ...after }, ofUsers)
  if (!changes) return
  await tx.audit.add(actor, 'user_changed', { kind: 'user', id: after.id }, changes)
}
