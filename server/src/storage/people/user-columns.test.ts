import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { migrate } from '../sqlite/migrate.ts'
import { emptiedColumns, endingColumns, stayingColumns } from './user-columns.ts'

/** Columns that a rule changes before a user gets another id or is removed. */
const ruled = ['visits.creator_id', 'visits.owner_id', 'leads.creator_id', 'contacts.creator_id']

/** Columns that look as if they named a user of the account, or name one in another way. */
const others = [
  // What Sell said, whoever that is here.
  'sell_visits.creator_id',
  // Each is the user itself: these go and change with the user's row.
  'idempotency_keys.user_id',
  'users.former_id',
  'users.zendesk_user_id',
  // What a rule of its own renumbers (renumberInSight), and readers of the past need.
  'sight_changes.former_id',
  // A counter.
  'accounts.next_user_id',
]

it('lists every column that names a user, by what becomes of it without the user (A.8, 10.8)', () => {
  using database = new DatabaseSync(':memory:')
  migrate(database)
  const rows = database
    .prepare(
      `select m.name || '.' || c.name name from sqlite_master m, pragma_table_info(m.name) c
       where m.type = 'table' and (c.name like '%user_id' or c.name = 'reports_to'
         or c.name in ('creator_id', 'owner_id', 'viewer_id', 'actor_id', 'former_id') or c.name like '%\\_by' escape '\\')`,
    )
    .all()

  const listed = [endingColumns, emptiedColumns, stayingColumns].flat()
  const names = listed.map(({ table, column }) => `${table}.${column}`)
  expect([...names, ...ruled, ...others].toSorted()).toEqual(
    rows.map(({ name }) => String(name)).toSorted(),
  )
})
