import type { Selectable } from 'kysely'

import {
  type Label,
  type LabelList,
  type LabelQueries,
  type LabelReads,
  type LabelWrites,
  nameKey,
} from '../../domain/labels.ts'
import { inList } from '../bind.ts'
import { nextId, passIds } from '../counters.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import { resourceKinds, word } from '../schema.ts'
import type { RecordLabelsTable } from './schema.ts'

/** Stored as its index in this list, which may only grow at the end. */
const lists: readonly LabelList[] = ['tags', 'lead_statuses', 'lead_sources']

const labelsOf = ({ db }: Reader, account: number, list: LabelList) =>
  db
    .selectFrom('record_labels')
    .selectAll()
    .where('account_id', '=', account)
    .where('list', '=', lists.indexOf(list))

export const labelReads = (database: Database): LabelReads => ({
  list(account, list, { ids, name, resourceKind, creatorId }, page) {
    let query = labelsOf(database, account, list)
    if (ids) query = query.where(inList(database.dialect, 'id', ids))
    if (name !== undefined) query = query.where('name', '=', name)
    if (creatorId !== undefined) query = query.where('creator_id', '=', creatorId)
    if (resourceKind !== undefined) {
      query = query.where('resource_kind', '=', resourceKinds.indexOf(resourceKind))
    }
    return readPage(query, page, toLabel)
  },
})

export const labelQueries = (reader: Reader, account: number): LabelQueries => ({
  async find(list, ids) {
    const rows = await labelsOf(reader, account, list)
      .where(inList(reader.dialect, 'id', ids))
      .execute()
    return new Map(rows.map((row) => [row.id, toLabel(row)]))
  },
  async findByName(list, kind, names) {
    if (names.length === 0) return []
    const rows = await labelsOf(reader, account, list)
      .where('resource_kind', '=', resourceKinds.indexOf(kind))
      .where('name_key', 'in', [...new Set(names.map(nameKey))])
      .orderBy('id')
      .execute()
    return rows.map(toLabel)
  },
})

export function labelWrites(tx: SqlTransaction, account: number): LabelWrites {
  const { db, dialect } = tx
  const removeFrom = (list: LabelList) =>
    db
      .deleteFrom('record_labels')
      .where('account_id', '=', account)
      .where('list', '=', lists.indexOf(list))
  return {
    ...labelQueries(tx, account),
    nextId: () => nextId(db, account, 'next_label_id'),
    async count(list, kind) {
      const { count } = await db
        .selectFrom('record_labels')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('list', '=', lists.indexOf(list))
        .where('resource_kind', '=', resourceKinds.indexOf(kind))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async save(list, labels) {
      if (labels.length === 0) return
      const rows = labels.map((label) => toRow(account, list, label))
      await tx.saveRows('record_labels', ['account_id', 'list', 'id'], rows)
      await passIds(db, account, 'next_label_id', labels)
    },
    async remove(list, ids) {
      await removeFrom(list)
        .where(inList(dialect, 'id', ids))
        .execute()
    },
    async removeDefaults(list) {
      await removeFrom(list).where('is_default', '=', 1).execute()
    },
  }
}

const toLabel = (row: Selectable<RecordLabelsTable>): Label => ({
  id: row.id,
  resourceKind: word(resourceKinds, row.resource_kind),
  name: row.name,
  creatorId: row.creator_id,
  isDefault: row.is_default === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const toRow = (account: number, list: LabelList, label: Label) => ({
  account_id: account,
  list: lists.indexOf(list),
  id: label.id,
  resource_kind: resourceKinds.indexOf(label.resourceKind),
  name: label.name,
  name_key: nameKey(label.name),
  creator_id: label.creatorId,
  is_default: Number(label.isDefault),
  created_at: label.createdAt,
  updated_at: label.updatedAt,
})
