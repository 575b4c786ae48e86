import type { Selectable } from 'kysely'

import type { AuditEntry, AuditFilter, AuditKey } from '../../domain/audit.ts'
import type { Database } from '../database.ts'
import type { AuditEntriesTable } from './schema.ts'

/** The account's entries that match the filter, the newest first, from behind `after`. */
export async function listEntries(
  { db }: Database,
  account: number,
  filter: AuditFilter,
  { after, limit }: { readonly after: AuditKey | undefined; readonly limit: number },
): Promise<{ readonly rows: AuditEntry[]; readonly hasMore: boolean }> {
  const { actorId, actions, subjectKind, subjectId, since, until } = filter
  let query = db
    .selectFrom('audit_entries as e')
    .leftJoin('users as a', (join) =>
      join.onRef('a.account_id', '=', 'e.account_id').onRef('a.id', '=', 'e.actor_id'),
    )
    .leftJoin('users as s', (join) =>
      join
        .onRef('s.account_id', '=', 'e.account_id')
        .onRef('s.id', '=', 'e.subject_id')
        .on('e.subject_kind', '=', 'user'),
    )
    .selectAll('e')
    .select(['a.name as actor_name', 's.name as user_name'])
    .where('e.account_id', '=', account)
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
  if (actorId !== undefined) query = query.where('e.actor_id', '=', actorId)
  if (actions !== undefined) query = query.where('e.action', 'in', actions)
  if (subjectKind !== undefined) query = query.where('e.subject_kind', '=', subjectKind)
  if (subjectId !== undefined) query = query.where('e.subject_id', '=', subjectId)
  if (since !== undefined) query = query.where('e.at', '>=', since)
  if (until !== undefined) query = query.where('e.at', '<', until)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('e.at', 'e.id'), '<', tuple(after.at, after.id)),
    )
  }
  const rows = await query.execute()
  return { rows: rows.slice(0, limit).map(toEntry), hasMore: rows.length > limit }
}

type Row = Selectable<AuditEntriesTable> & {
  readonly actor_name: string | null
  readonly user_name: string | null
}

const toEntry = (row: Row): AuditEntry => ({
  id: row.id,
  at: row.at,
  actorId: row.actor_id,
  actorName: row.actor_name,
  means: row.means,
  tokenId: row.token_id,
  tokenName: row.token_name,
  action: row.action,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  subjectName: row.subject_name ?? row.user_name,
  details: JSON.parse(row.details),
})
