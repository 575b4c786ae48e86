import type { Selectable } from 'kysely'

import type {
  SavedView,
  SavedViewQueries,
  SavedViewReads,
  SavedViewWrites,
} from '../../domain/saved-views.ts'
import { nextId } from '../counters.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { readPage } from '../page.ts'
import type { SavedViewsTable } from './schema.ts'

const viewsOf = ({ db }: Reader, account: number) =>
  db.selectFrom('saved_views').selectAll().where('account_id', '=', account)

export const savedViewReads = (database: Database): SavedViewReads => ({
  list: (account, userId, page) =>
    readPage(
      viewsOf(database, account).where((eb) =>
        eb.or([eb('creator_id', '=', userId), eb('is_shared', '=', 1)]),
      ),
      page,
      toView,
    ),
})

export const savedViewQueries = (reader: Reader, account: number): SavedViewQueries => ({
  async find(id) {
    const row = await viewsOf(reader, account).where('id', '=', id).executeTakeFirst()
    return row && toView(row)
  },
  async countOf(userId) {
    const { count } = await reader.db
      .selectFrom('saved_views')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where('creator_id', '=', userId)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
})

export function savedViewWrites(tx: SqlTransaction, account: number): SavedViewWrites {
  return {
    ...savedViewQueries(tx, account),
    nextId: () => nextId(tx.db, account, 'next_saved_view_id'),
    save: (view) => tx.saveRows('saved_views', ['account_id', 'id'], [toRow(account, view)]),
    async remove(id) {
      await tx.db
        .deleteFrom('saved_views')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .execute()
    },
  }
}

const toRow = (account: number, view: SavedView): SavedViewsTable => ({
  account_id: account,
  id: view.id,
  creator_id: view.creatorId,
  name: view.name,
  query: view.query,
  columns: JSON.stringify(view.columns),
  is_shared: Number(view.isShared),
  created_at: view.createdAt,
  updated_at: view.updatedAt,
})

const toView = (row: Selectable<SavedViewsTable>): SavedView => ({
  id: row.id,
  creatorId: row.creator_id,
  name: row.name,
  query: row.query,
  columns: JSON.parse(row.columns),
  isShared: row.is_shared === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
