import type { Selectable } from 'kysely'

import {
  type CustomField,
  type CustomFieldQueries,
  type CustomFieldReads,
  type CustomFieldWrites,
  fieldTypes,
} from '../../domain/custom-fields.ts'
import { nameKey } from '../../domain/labels.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import { passIds } from '../counters.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import { resourceKinds, word } from '../schema.ts'
import type { CustomFieldsTable } from './schema.ts'

const fieldsOf = ({ db }: Reader, account: number, kind: ResourceKind) =>
  db
    .selectFrom('custom_fields')
    .selectAll()
    .where('account_id', '=', account)
    .where('resource_kind', '=', resourceKinds.indexOf(kind))

export const customFieldReads = (database: Database): CustomFieldReads => ({
  list(account, kind, ids, page) {
    const query = fieldsOf(database, account, kind)
    const chosen = ids ? query.where(inList(database.dialect, 'id', ids)) : query
    return readPage(chosen, page, toField)
  },
  async findSearched(account, kind) {
    const row = await database.db
      .selectFrom('unsearched_records')
      .select('after_id')
      .where('account_id', '=', account)
      .where('resource_kind', '=', resourceKinds.indexOf(kind))
      .executeTakeFirst()
    return row?.after_id
  },
})

export const customFieldQueries = (reader: Reader, account: number): CustomFieldQueries => ({
  async find(kind, ids) {
    const rows = await fieldsOf(reader, account, kind)
      .where(inList(reader.dialect, 'id', ids))
      .execute()
    return new Map(rows.map((row) => [row.id, toField(row)]))
  },
  async findByName(kind, names) {
    if (names.length === 0) return []
    const rows = await fieldsOf(reader, account, kind)
      .where('name_key', 'in', [...new Set(names.map(nameKey))])
      .orderBy('id')
      .execute()
    return rows.map(toField)
  },
})

export function customFieldWrites(tx: SqlTransaction, account: number): CustomFieldWrites {
  const { db, dialect } = tx
  return {
    ...customFieldQueries(tx, account),
    async count(kind) {
      const { count } = await db
        .selectFrom('custom_fields')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('resource_kind', '=', resourceKinds.indexOf(kind))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    async save(fields) {
      if (fields.length === 0) return
      const rows = fields.map((field) => toRow(account, field))
      await tx.saveRows('custom_fields', ['account_id', 'resource_kind', 'id'], rows)
      await passIds(db, account, 'next_label_id', fields)
    },
    async remove(kind, ids) {
      await db
        .deleteFrom('custom_fields')
        .where('account_id', '=', account)
        .where('resource_kind', '=', resourceKinds.indexOf(kind))
        .where(inList(dialect, 'id', ids))
        .execute()
    },
    async setSearched(kind, afterId) {
      const row = { account_id: account, resource_kind: resourceKinds.indexOf(kind) }
      if (afterId !== undefined) {
        const rows = [{ ...row, after_id: afterId }]
        await tx.saveRows('unsearched_records', ['account_id', 'resource_kind'], rows)
        return
      }
      await db
        .deleteFrom('unsearched_records')
        .where('account_id', '=', account)
        .where('resource_kind', '=', row.resource_kind)
        .execute()
    },
  }
}

const toField = (row: Selectable<CustomFieldsTable>): CustomField => ({
  id: row.id,
  resourceKind: word(resourceKinds, row.resource_kind),
  name: row.name,
  type: word(
    fieldTypes,
    fieldTypes.findIndex((type) => type === row.type),
  ),
  choices: row.choices === null ? null : JSON.parse(row.choices),
  forCompany: row.for_company === 1,
  forContact: row.for_contact === 1,
  isDerived: row.is_derived === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const toRow = (account: number, field: CustomField) => ({
  account_id: account,
  resource_kind: resourceKinds.indexOf(field.resourceKind),
  id: field.id,
  name: field.name,
  name_key: nameKey(field.name),
  type: field.type,
  choices: field.choices && JSON.stringify(field.choices),
  for_company: Number(field.forCompany),
  for_contact: Number(field.forContact),
  is_derived: Number(field.isDerived),
  created_at: field.createdAt,
  updated_at: field.updatedAt,
})
