import { type SelectQueryBuilder, sql } from 'kysely'

import type { Page, PageRequest } from '../domain/pages.ts'
import type { Schema } from './schema.ts'

/** A page of the query's rows, sorted. Reads one row more, to tell whether there are more. */
export async function readPage<Table extends keyof Schema, Row, Item>(
  query: SelectQueryBuilder<Schema, Table, Row>,
  { offset, limit, sort }: PageRequest<string>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const direction = sort.descending ? 'desc' : 'asc'
  const byField = query.orderBy(sql.ref(sort.field), direction)
  const ordered = sort.field === 'id' ? byField : byField.orderBy(sql.ref('id'), direction)
  const rows: Row[] = await ordered
    .limit(limit + 1)
    .offset(offset)
    .execute()
  return { rows: rows.slice(0, limit).map(toItem), hasMore: rows.length > limit }
}
