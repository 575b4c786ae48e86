import type { ExternalIdReads, ExternalIdWrites, ExternalKind } from '../../domain/external-ids.ts'
import type { Database, SqlTransaction } from '../database.ts'

/** Stored as positions in this list. */
const kinds: readonly ExternalKind[] = ['lead', 'contact', 'visit']

export const externalIdReads = ({ db }: Database): ExternalIdReads => ({
  async find(account, kind, source, externalIds) {
    const rows = await db
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
    const named = db
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
