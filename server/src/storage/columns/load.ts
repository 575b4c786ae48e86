import { setImmediate } from 'node:timers/promises'

import type { SumRequest } from '../../domain/visit-sums.ts'
import type { Reader } from '../database.ts'
import { teamQuery } from '../people/team.ts'
import { filterValues, givenFilters } from '../visits/filters.ts'
import type { AccountColumns } from './account-columns.ts'
import { idOf, putRecord, putVisit, recordTables, type Row, visitSelection } from './rows.ts'

/** Rows that are read between two turns of the event loop: some milliseconds. */
const pageRows = 2_000

/** Reads leads, contacts and users. */
export async function loadRecords(
  reader: Reader,
  account: number,
  columns: AccountColumns,
): Promise<void> {
  for (const [kind, table] of recordTables.entries()) {
    const text = `select id, owner_id, latitude, longitude
      from ${table} ${reader.dialect.usingPrimaryKey(table)}
      where account_id = :account and id > :after order by id limit ${pageRows}`
    for await (const rows of pagesById(reader, account, text)) {
      for (const row of rows) putRecord(columns, kind, Number(row['id']), row)
    }
  }
  const users = `select id, reports_to from users
    where account_id = :account and id > :after order by id limit ${pageRows}`
  for await (const rows of pagesById(reader, account, users)) {
    for (const row of rows) columns.setManager(Number(row['id']), idOf(row['reports_to']))
  }
}

/** Reads all visits. Those that change meanwhile are read as they are before or after. */
export async function loadVisits(
  reader: Reader,
  account: number,
  columns: AccountColumns,
): Promise<void> {
  const text = `select ${visitSelection} from visits v ${reader.dialect.usingIndex('visits_id')}
    where v.account_id = :account and v.id > :after order by v.id limit ${pageRows}`
  for await (const rows of pagesById(reader, account, text)) {
    for (const row of rows) putVisit(columns, row)
  }
}

/**
 * Reads the visits that the request leaves, a page at a time: each takes the place of the one before.
 * Yields how many there are on the page.
 */
export async function* loadVisitsIn(
  reader: Reader,
  account: number,
  columns: AccountColumns,
  { viewer, filter }: SumRequest,
): AsyncGenerator<number> {
  const { dialect } = reader
  const sight = `(v.creator_id in (${teamQuery}) or v.owner_id in (${teamQuery}))`
  const given = givenFilters(dialect, filter).map(({ text }) => text)
  const conditions = [...(viewer.isAdmin ? [] : [sight]), ...given]
  const text = `select ${visitSelection} from visits v ${dialect.usingIndex('visits_id')}
    where v.account_id = :account and v.id > :after
      ${conditions.map((condition) => `and ${condition}`).join(' ')}
    order by v.id limit ${pageRows}`
  const values = { viewer: viewer.userId, ...filterValues(dialect, filter) }
  for await (const rows of pagesById(reader, account, text, values)) {
    columns.visits.clear()
    for (const row of rows) putVisit(columns, row)
    yield rows.length
  }
}

/** Pages of a statement that reads `pageRows` rows above `:after` by id. */
async function* pagesById(
  reader: Reader,
  account: number,
  text: string,
  values: Parameters<Reader['query']>[1] = {},
): AsyncGenerator<readonly Row[]> {
  for (let after = 0; ;) {
    const rows = await reader.query(text, { ...values, account, after })
    yield rows
    const last = rows.at(-1)
    if (rows.length < pageRows || !last) return
    after = Number(last['id'])
    await setImmediate()
  }
}

/** What columns take at most; it is set aside before they are read. */
const bytesPer = { visit: 85, record: 90 }

/** How many visits there are, and how much memory the columns would take. */
export async function estimate(
  reader: Reader,
  account: number,
): Promise<{ readonly visits: number; readonly bytes: number }> {
  const [row] = await reader.query(
    `select (select count(*) from visits where account_id = :account) visits,
       (select count(*) from leads where account_id = :account)
       + (select count(*) from contacts where account_id = :account) records`,
    { account },
  )
  const visits = Number(row?.['visits'])
  return { visits, bytes: visits * bytesPer.visit + Number(row?.['records']) * bytesPer.record }
}
