import { type Kysely, sql } from 'kysely'

import type { MissingReferences, Visit, VisitFacts } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { resourceKinds, type Schema, word } from '../schema.ts'
import { toVisit } from './rows.ts'

const visitsOf = ({ db }: Reader, account: number) =>
  db.selectFrom('visits').selectAll().where('account_id', '=', account)

export async function findVisits(
  reader: Reader,
  account: number,
  ids: readonly number[],
): Promise<Map<number, Visit>> {
  const rows = await visitsOf(reader, account)
    .where(inList(reader.dialect, 'id', ids))
    .execute()
  return new Map(rows.map((row) => [row.id, toVisit(row)]))
}

export async function findVisitedAt(
  { db, dialect }: Reader,
  account: number,
  times: readonly number[],
): Promise<VisitFacts[]> {
  const rows = await db
    .selectFrom('visits')
    .select(['id', 'creator_id', 'resource_kind', 'resource_id', 'visited_at'])
    .where('account_id', '=', account)
    .where(inList(dialect, 'visited_at', times))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    creatorId: row.creator_id,
    resourceKind: word(resourceKinds, row.resource_kind),
    resourceId: row.resource_id,
    visitedAt: row.visited_at,
  }))
}

/** Which of the ids were visits that have been deleted. */
export async function findDeletedVisits(
  { db, dialect }: Reader,
  account: number,
  ids: readonly number[],
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('deleted_visits')
    .select('id')
    .where('account_id', '=', account)
    .where(inList(dialect, 'id', ids))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

type Columns = 'creator_id' | 'outcome_id' | 'resource_kind' | 'resource_id'

/** Visits whose columns have these values, by id. */
export async function findWhere(
  reader: Reader,
  account: number,
  values: Partial<Record<Columns, number>>,
  { limit, afterId, descending }: { limit: number; afterId?: number; descending?: boolean },
): Promise<Visit[]> {
  let query = visitsOf(reader, account).where((eb) => eb.and(values))
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  const rows = await query
    .orderBy('id', descending ? 'desc' : 'asc')
    .limit(limit)
    .execute()
  return rows.map(toVisit)
}

/** Visits with ids that this server gave, below `beforeId`, highest first. */
export async function findLogged(
  reader: Reader,
  account: number,
  beforeId: number,
  limit: number,
): Promise<Visit[]> {
  const rows = await visitsOf(reader, account)
    .where('id', '<', beforeId)
    .where('id', '>=', (eb) =>
      eb.selectFrom('accounts').select('first_local_id').where('account_id', '=', account),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toVisit)
}

/** Visits logged here before `before` (ms) that still hold the rep's precise location. */
export async function findLocatedBefore(
  reader: Reader,
  account: number,
  before: number,
  limit: number,
): Promise<Visit[]> {
  const rows = await visitsOf(reader, account)
    .where('evidence', 'is not', null)
    .where('latitude', 'is not', null)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map(toVisit)
}

/** The creator's visits that were logged here, after an id, and hold the rep's precise location. */
export async function findLocatedOf(
  reader: Reader,
  account: number,
  creatorId: number,
  afterId: number,
  limit: number,
): Promise<Visit[]> {
  const rows = await visitsOf(reader, account)
    .where('creator_id', '=', creatorId)
    .where('id', '>', afterId)
    .where('evidence', 'is not', null)
    .where('latitude', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toVisit)
}

/** Reads all visits of the account. */
export async function countMissingReferences(
  { db }: Reader,
  account: number,
): Promise<MissingReferences> {
  const count = (condition: ReturnType<typeof sql<boolean>>) => countVisits(db, account, condition)
  const absent = (table: string, column: string) =>
    sql<boolean>`not exists (select 1 from ${sql.table(table)} known
      where known.account_id = visits.account_id and known.id = ${sql.ref(`visits.${column}`)})`
  const kind = (name: 'lead' | 'contact') => sql`resource_kind = ${resourceKinds.indexOf(name)}`
  return {
    creators: await count(absent('users', 'creator_id')),
    outcomes: await count(
      sql`outcome_id is not null and ${absent('visit_outcomes', 'outcome_id')}`,
    ),
    leads: await count(sql`${kind('lead')} and ${absent('leads', 'resource_id')}`),
    contacts: await count(sql`${kind('contact')} and ${absent('contacts', 'resource_id')}`),
  }
}

async function countVisits(
  db: Kysely<Schema>,
  account: number,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<number> {
  const row = await db
    .selectFrom('visits')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', account)
    .where(condition)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
