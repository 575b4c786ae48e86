import type {
  ExternalIdReads,
  ExternalIdWrites,
  ExternalKind,
  ExternalName,
} from '../../domain/external-ids.ts'
import { inList } from '../bind.ts'
import type { Database, Dialect, Reader, SqlTransaction } from '../database.ts'

/** Stored as positions in this list. */
const kinds: readonly ExternalKind[] = ['lead', 'contact', 'visit']

/** SQL: what other products call the object with the id, as the API answers it. */
export const externalIdsOf = (dialect: Dialect, kind: ExternalKind, id: string): string =>
  `(select '[' || coalesce(${dialect.joined(
    `'{"source":' || ${dialect.json('source')} || ',"external_id":' ||
      ${dialect.json('external_id')} || '}'`,
  )}, '') || ']' from (select source, external_id
    from external_ids ${dialect.usingIndex('external_ids_by_id')}
    where account_id = :account and kind = ${kinds.indexOf(kind)} and id = ${id}
    order by source, external_id) called)`

async function findNames(
  { db, dialect }: Reader,
  account: number,
  kind: ExternalKind,
  ids: readonly number[],
): Promise<Map<number, ExternalName[]>> {
  const rows = await db
    .selectFrom('external_ids')
    .select(['id', 'source', 'external_id'])
    .where('account_id', '=', account)
    .where('kind', '=', kinds.indexOf(kind))
    .where(inList(dialect, 'id', ids))
    .orderBy('source')
    .orderBy('external_id')
    .execute()
  const names = new Map<number, ExternalName[]>()
  for (const { id, source, external_id: externalId } of rows) {
    names.set(id, [...(names.get(id) ?? []), { source, externalId }])
  }
  return names
}

export const externalIdReads = (database: Database): ExternalIdReads => ({
  findNames: (account, kind, ids) => findNames(database, account, kind, ids),
  async find(account, kind, source, externalIds) {
    const rows = await database.db
      .selectFrom('external_ids')
      .select(['external_id', 'id'])
      .where('account_id', '=', account)
      .where('kind', '=', kinds.indexOf(kind))
      .where('source', '=', source)
      .where('external_id', 'in', [...externalIds])
      .execute()
    return new Map(rows.map((row) => [row.external_id, row.id]))
  },
  async findIds(account, kind, externalId, source) {
    const named = database.db
      .selectFrom('external_ids')
      .select('id')
      .where('account_id', '=', account)
      .where('kind', '=', kinds.indexOf(kind))
      .where('external_id', '=', externalId)
    const rows = await (source === undefined ? named : named.where('source', '=', source)).execute()
    return rows.map(({ id }) => id)
  },
})

export const externalIdWrites = (tx: SqlTransaction, account: number): ExternalIdWrites => ({
  findNames: (kind, ids) => findNames(tx, account, kind, ids),
  async save(externalIds) {
    const rows = externalIds.map(({ kind, source, externalId, id }) => ({
      account_id: account,
      source,
      kind: kinds.indexOf(kind),
      external_id: externalId,
      id,
    }))
    await tx.saveRows('external_ids', ['account_id', 'kind', 'external_id', 'source'], rows)
  },
})
