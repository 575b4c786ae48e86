import type { VisitWalkPart, VisitWalkRequest } from '../../domain/visits.ts'
import type { Reader } from '../database.ts'
import { isNarrow } from './index-ranges.ts'
import { visitListStatement } from './list.ts'
import { toPage } from './pages.ts'

/** Rows that one statement may look at for those that the filter leaves: a few ms on SQLite. */
const rowsMax = 10_000

/** Part of the list by id, with the team as it is in the snapshot of its statement. */
export async function walkVisits(
  reader: Reader,
  account: number,
  request: VisitWalkRequest,
): Promise<VisitWalkPart> {
  const { fromId, limit, viewer, filter, separator } = request
  const { dialect } = reader
  const isWhole = viewer.isAdmin && Object.values(filter).every((value) => value === undefined)
  const untilId =
    isWhole || isNarrow(dialect, filter) ? undefined : await findBound(reader, account, fromId)
  const sort = { field: 'id', descending: false } as const
  const { text, values } = visitListStatement(
    dialect,
    account,
    { ...request, sort, untilId },
    { key: { id: fromId, at: 0 }, skip: 0 },
    { team: viewer.isAdmin ? 'everybody' : 'as it is' },
  )
  const [row] = await reader.query(text, values)
  if (!row) throw new Error('the statement of a page answers one row')
  const { items, count, located, hasMore, last } = toPage(row, { limit, sort, separator })
  const nextId = hasMore ? last.id : untilId === undefined ? undefined : untilId + 1
  return { items, count, located, nextId }
}

/** The id up to which there are so many visits from `fromId` on; undefined: there are fewer. */
async function findBound(
  reader: Reader,
  account: number,
  fromId: number,
): Promise<number | undefined> {
  const [row] = await reader.query(
    `select id from visits ${reader.dialect.usingIndex('visits_id')}
     where account_id = :account and id >= :from_id order by id limit 1 offset :rows`,
    { account, from_id: fromId, rows: rowsMax },
  )
  return row ? Number(row['id']) : undefined
}
