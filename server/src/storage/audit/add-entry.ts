import type { AuditAction, AuditActor, AuditDetails, AuditSubject } from '../../domain/audit.ts'
import { nextId } from '../counters.ts'
import type { SqlTransaction } from '../database.ts'
import type { AuditEntriesTable } from './schema.ts'

/** Adds an entry of the time `at` (ms). A token's name is noted as it is now. */
export async function addEntry(
  tx: SqlTransaction,
  account: number,
  at: number,
  actor: AuditActor,
  action: AuditAction,
  subject: AuditSubject | null = null,
  details: AuditDetails = {},
): Promise<void> {
  const row: AuditEntriesTable = {
    account_id: account,
    id: await nextId(tx.db, account, 'next_audit_entry_id'),
    at,
    ...(await describeActor(tx, account, actor)),
    action,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    details: JSON.stringify(details),
  }
  await tx.db.insertInto('audit_entries').values(row).execute()
}

type ActorColumns = Pick<AuditEntriesTable, 'actor_id' | 'means' | 'token_id' | 'token_name'>

async function describeActor(
  { db }: SqlTransaction,
  account: number,
  actor: AuditActor,
): Promise<ActorColumns> {
  if (typeof actor === 'string') {
    const means = actor === 'nobody' ? null : actor
    return { actor_id: null, means, token_id: null, token_name: null }
  }
  const { userId, tokenId } = actor
  if (tokenId === null) {
    return { actor_id: userId, means: 'session', token_id: null, token_name: null }
  }
  const token = await db
    .selectFrom('access_tokens')
    .select('description')
    .where('account_id', '=', account)
    .where('id', '=', tokenId)
    .executeTakeFirst()
  const name = token?.description ?? null
  return { actor_id: userId, means: 'token', token_id: tokenId, token_name: name }
}
