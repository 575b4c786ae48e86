import { sql, type Kysely, type Selectable } from 'kysely'

import type { Store, Transaction } from '../../domain/store.ts'
import {
  printVisit,
  resourceKind,
  type Visit,
  type MissingReferences,
} from '../../domain/visits.ts'
import type { Database, SqlTransaction } from '../database.ts'
import { inList } from '../in-list.ts'
import {
  resourceKinds,
  resourceTypes,
  statuses,
  word,
  type Schema,
  type VisitsTable,
} from '../schema.ts'
import { VisitIds } from './ids.ts'
import { NewestVisits } from './newest.ts'
import { visitPages } from './pages.ts'

export function visitReads(database: Database): Store['visits'] {
  return {
    ...visitPages(database),
    async hasLocatedBefore(account, before) {
      const rows = await locatedBefore(database.reader, account, before).limit(1).execute()
      return rows.length > 0
    },
    // Goes through all visits, which takes longer than any other read may.
    countMissingReferences: (account) =>
      database.snapshot((db) => countMissingReferences(db, account)),
  }
}

async function countMissingReferences(
  db: Kysely<Schema>,
  account: number,
): Promise<MissingReferences> {
  const count = async (condition: ReturnType<typeof sql<boolean>>): Promise<number> => {
    const row = await db
      .selectFrom('visits')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account)
      .where(condition)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }
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

export function visitWrites(tx: SqlTransaction, account: number): Transaction['visits'] {
  const { db, dialect } = tx
  const visitIds = new VisitIds(tx, account)
  const newest = new NewestVisits(tx, account)
  const owners = async (table: 'leads' | 'contacts', ids: readonly number[]) => {
    if (ids.length === 0) return new Map<number, number>()
    const rows = await tx.query(
      `select id, owner_id from ${table} ${dialect.usingPrimaryKey(table)}
       where account_id = :account and ${dialect.inJsonList('id', ':ids')}`,
      { account, ids: JSON.stringify(ids) },
    )
    return new Map(
      rows.flatMap(({ id, owner_id: owner }) =>
        owner === null ? [] : [[Number(id), Number(owner)] as const],
      ),
    )
  }
  return {
    async find(ids) {
      const rows = await db
        .selectFrom('visits')
        .selectAll()
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Map(rows.map((row) => [row.id, toVisit(row)]))
    },
    async findDeleted(ids) {
      const rows = await db
        .selectFrom('deleted_visits')
        .select('id')
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
      return new Set(rows.map((row) => row.id))
    },
    async findByOutcome(outcomeId, afterId, limit) {
      const rows = await db
        .selectFrom('visits')
        .selectAll()
        .where('account_id', '=', account)
        .where('outcome_id', '=', outcomeId)
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toVisit)
    },
    findNewestBy: (creatorId, limit, withEvidence) => newest.find(creatorId, limit, withEvidence),
    async findByCreator(creatorId, limit) {
      const rows = await db
        .selectFrom('visits')
        .selectAll()
        .where('account_id', '=', account)
        .where('creator_id', '=', creatorId)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toVisit)
    },
    async findByResource(kind, resourceId, limit) {
      const rows = await db
        .selectFrom('visits')
        .selectAll()
        .where('account_id', '=', account)
        .where('resource_kind', '=', resourceKinds.indexOf(kind))
        .where('resource_id', '=', resourceId)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toVisit)
    },
    async findLocatedBefore(before, limit) {
      const rows = await locatedBefore(db, account, before).limit(limit).execute()
      return rows.map(toVisit)
    },
    async keepPastEvidence(visits, now) {
      const rows = visits.flatMap(({ id, sequence, evidence }) =>
        evidence === null
          ? []
          : [{ account_id: account, visit_id: id, sequence, evidence, replaced_at: now }],
      )
      await tx.saveRows('past_verifications', ['account_id', 'visit_id', 'sequence'], rows)
    },
    nextId: () => visitIds.next(),
    async add(visit, ownerId) {
      await tx.saveRows('visits', [], [toRow(account, visit, ownerId)])
      newest.add(visit)
    },
    async save(visits) {
      const idsOf = (kind: string) =>
        visits.flatMap(({ resourceType, resourceId }) =>
          resourceKind(resourceType) === kind ? resourceId : [],
        )
      const ownersOf = {
        lead: await owners('leads', idsOf('lead')),
        contact: await owners('contacts', idsOf('contact')),
      }
      const rows = visits.map((visit) => {
        const owner = ownersOf[resourceKind(visit.resourceType)].get(visit.resourceId)
        return toRow(account, visit, owner ?? null)
      })
      await tx.saveRows('visits', ['account_id', 'id'], rows.toSorted(byCreator))
      await visitIds.pass(visits.map(({ id }) => id))
      newest.forget()
    },
    async restore(id) {
      const row = await db
        .deleteFrom('deleted_visits')
        .where('account_id', '=', account)
        .where('id', '=', id)
        .returning('sequence')
        .executeTakeFirst()
      return row?.sequence ?? 0
    },
    async remove(visits) {
      if (visits.length === 0) return
      const ids = visits.map(({ id }) => id)
      await db
        .deleteFrom('visits')
        .where('account_id', '=', account)
        .where(inList(dialect, 'id', ids))
        .execute()
      newest.forget()
      const rows = visits.map(({ id, sequence }) => ({ account_id: account, id, sequence }))
      await tx.saveRows('deleted_visits', ['account_id', 'id'], rows)
    },
  }
}

const locatedBefore = (db: Kysely<Schema>, account: number, before: number) =>
  db
    .selectFrom('visits')
    .selectAll()
    .where('account_id', '=', account)
    .where('evidence', 'is not', null)
    .where('latitude', 'is not', null)
    .where('created_at', '<', before)
    .orderBy('created_at')

/** Rows that are saved together share pages of the file by their creator, whose lists need them. */
const byCreator = (a: VisitsTable, b: VisitsTable): number =>
  a.creator_id - b.creator_id || a.id - b.id

function toRow(account: number, visit: Visit, ownerId: number | null): VisitsTable {
  return {
    account_id: account,
    id: visit.id,
    creator_id: visit.creatorId,
    outcome_id: visit.outcome?.id ?? null,
    status: statuses.indexOf(visit.status),
    resource_kind: resourceKinds.indexOf(resourceKind(visit.resourceType)),
    owner_id: ownerId,
    visited_at: visit.visitedAt,
    item: printVisit(visit),
    resource_id: visit.resourceId,
    resource_type: resourceTypes.indexOf(visit.resourceType),
    sequence: visit.sequence,
    created_at: visit.createdAt,
    updated_at: visit.updatedAt,
    source_updated_at: visit.source.updatedAt,
    source_sequence: visit.source.sequence,
    source_event_at: visit.source.eventAt,
    latitude: visit.latitude,
    longitude: visit.longitude,
    outcome_name: visit.outcome?.name ?? null,
    outcome_has_original_name: visit.outcome && Number(visit.outcome.hasOriginalName),
    resource_address: visit.resourceAddress,
    summary: visit.summary,
    evidence: visit.evidence,
  }
}

export function toVisit(row: Selectable<VisitsTable>): Visit {
  return {
    id: row.id,
    creatorId: row.creator_id,
    outcome:
      row.outcome_id === null
        ? null
        : {
            id: row.outcome_id,
            name: row.outcome_name,
            hasOriginalName: row.outcome_has_original_name === 1,
          },
    resourceType: word(resourceTypes, row.resource_type),
    resourceId: row.resource_id,
    resourceAddress: row.resource_address,
    status: word(statuses, row.status),
    latitude: row.latitude,
    longitude: row.longitude,
    summary: row.summary,
    visitedAt: row.visited_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    source: {
      updatedAt: row.source_updated_at,
      sequence: row.source_sequence,
      eventAt: row.source_event_at,
    },
    evidence: row.evidence,
    sequence: row.sequence,
  }
}
