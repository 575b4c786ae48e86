import {
  resourceKind,
  type VisitReads,
  type VisitQueries,
  type VisitWrites,
} from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { ColumnCache } from '../columns/column-cache.ts'
import { listWithTotals } from '../columns/totals.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { findOwners } from '../records/queries.ts'
import { resourceKinds } from '../schema.ts'
import { noteFormerKeys } from '../walks/former-keys.ts'
import { nextVisitId, nextVisitIdFor, passVisitIds } from './ids.ts'
import { findNewestBy } from './newest.ts'
import { visitPages } from './pages.ts'
import { findForms } from './parts.ts'
import {
  countMissingReferences,
  findDeletedVisits,
  findWhere,
  findLocatedBefore,
  findLogged,
  findLocatedOf,
  findVisitedAt,
  findVisits,
} from './queries.ts'
import { byCreator, toRow } from './rows.ts'
import { walkVisits } from './walk.ts'

/** Totals of lists are counted in the columns of `cache`. */
export function visitReads(database: Database, cache: ColumnCache): VisitReads {
  const pages = visitPages(database)
  return {
    ...pages,
    list: listWithTotals(database.dialect, pages.list, cache),
    walk: (account, request) => walkVisits(database.aside, account, request),
    find: (account, ids) => findVisits(database, account, ids),
    findDeleted: (account, ids) => findDeletedVisits(database, account, ids),
    findVisitedAt: (account, times) => findVisitedAt(database, account, times),
    hasLocatedBefore: async (account, before) =>
      (await findLocatedBefore(database, account, before, 1)).length > 0,
    countMissingReferences: (account) =>
      database.snapshot((reader) => countMissingReferences(reader, account)),
  }
}

export const visitQueries = (reader: Reader, account: number): VisitQueries => ({
  find: (ids) => findVisits(reader, account, ids),
  findDeleted: (ids) => findDeletedVisits(reader, account, ids),
  findByCreator: (creatorId, limit) =>
    findWhere(reader, account, { creator_id: creatorId }, { limit }),
  findByResource: (kind, resourceId, limit) =>
    findWhere(
      reader,
      account,
      { resource_kind: resourceKinds.indexOf(kind), resource_id: resourceId },
      { limit, descending: true },
    ),
  findByOutcome: (outcomeId, afterId, limit) =>
    findWhere(reader, account, { outcome_id: outcomeId }, { limit, afterId }),
  findLogged: (beforeId, limit) => findLogged(reader, account, beforeId, limit),
  findLocatedOf: (creatorId, afterId, limit) =>
    findLocatedOf(reader, account, creatorId, afterId, limit),
  findLocatedBefore: (before, limit) => findLocatedBefore(reader, account, before, limit),
})

export function visitWrites(tx: SqlTransaction, account: number): VisitWrites {
  const { db, dialect } = tx
  return {
    ...visitQueries(tx, account),
    findForms: (id) => findForms(tx, account, id),
    findNewestBy: (creatorId, limit, withEvidence) =>
      findNewestBy(tx, account, creatorId, limit, withEvidence),
    async savePastEvidence(visits, now) {
      const rows = visits.flatMap(({ id, sequence, evidence }) =>
        evidence === null
          ? []
          : [{ account_id: account, visit_id: id, sequence, evidence, replaced_at: now }],
      )
      await tx.saveRows('past_verifications', ['account_id', 'visit_id', 'sequence'], rows)
    },
    nextId: () => nextVisitId(tx, account),
    nextIdFor: (userId) => nextVisitIdFor(tx, account, userId),
    add: (visit, ownerId) => tx.saveRows('visits', [], [toRow(account, visit, ownerId)]),
    async save(visits) {
      const idsOf = (kind: string) =>
        visits.flatMap(({ resourceType, resourceId }) =>
          resourceKind(resourceType) === kind ? resourceId : [],
        )
      const ownersOf = {
        lead: await findOwners(tx, account, 'leads', idsOf('lead')),
        contact: await findOwners(tx, account, 'contacts', idsOf('contact')),
      }
      const rows = visits.map((visit) => {
        const owner = ownersOf[resourceKind(visit.resourceType)].get(visit.resourceId)
        return toRow(account, visit, owner ?? null)
      })
      await noteFormerKeys(tx, account, 'visits', rows)
      await tx.saveRows('visits', ['account_id', 'id'], rows.toSorted(byCreator))
      await passVisitIds(
        tx,
        account,
        visits.map(({ id }) => id),
      )
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
      const rows = visits.map(({ id, sequence }) => ({ account_id: account, id, sequence }))
      await tx.saveRows('deleted_visits', ['account_id', 'id'], rows)
    },
  }
}
