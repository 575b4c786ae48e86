import type {
  PlanQueries,
  PlanReads,
  PlanStop,
  PlanWrites,
  StopOfPlan,
  StopState,
} from '../../domain/plans.ts'
import { inList } from '../bind.ts'
import type { Database, Reader, SqlTransaction } from '../database.ts'
import { resourceKinds, word } from '../schema.ts'
import type { PlanStopsTable } from './schema.ts'

export const planReads = (database: Database): PlanReads => ({
  find: (account, userId, day) => findStops(database, account, userId, day),
})

export const planQueries = (reader: Reader, account: number): PlanQueries => ({
  find: (userId, day) => findStops(reader, account, userId, day),
  async findVisits(userId, from, before) {
    const rows = await reader.query(
      `select id, resource_kind, resource_id, visited_at from visits
       where account_id = :account and creator_id = :user
         and visited_at >= :from and visited_at < :before
       order by visited_at, id limit ${visitsMax}`,
      { account, user: userId, from, before },
    )
    return rows.map((row) => ({
      id: Number(row['id']),
      resourceKind: word(resourceKinds, Number(row['resource_kind'])),
      resourceId: Number(row['resource_id']),
      visitedAt: Number(row['visited_at']),
    }))
  },
})

/** Far more than anybody pays in three days. */
const visitsMax = 5_000

export function planWrites(tx: SqlTransaction, account: number): PlanWrites {
  const { db, dialect } = tx
  return {
    ...planQueries(tx, account),
    async replace(userId, day, stops) {
      await db
        .deleteFrom('plan_stops')
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where('day', '=', day)
        .execute()
      const rows = stops.map((stop, number) => ({
        account_id: account,
        user_id: userId,
        resource_kind: resourceKinds.indexOf(stop.resourceKind),
        resource_id: stop.resourceId,
        day,
        number,
        state: stop.state,
        skip_reason: stop.skipReason,
        visit_id: stop.visitId,
      }))
      await tx.saveRows('plan_stops', [], rows)
    },
    // NOTE: every check-in runs this.
    async findOpen(userId, [from, to]) {
      const rows = await tx.query(
        `select day, resource_kind, resource_id from plan_stops
         where account_id = :account and user_id = :user and day >= :from and day <= :to
           and visit_id is null`,
        { account, user: userId, from, to },
      )
      return rows.map((row) => ({
        userId,
        day: String(row['day']),
        resourceKind: word(resourceKinds, Number(row['resource_kind'])),
        resourceId: Number(row['resource_id']),
        visitId: null,
      }))
    },
    async findByVisits(visitIds) {
      const rows = await db
        .selectFrom('plan_stops')
        .selectAll()
        .where('account_id', '=', account)
        .where('visit_id', 'is not', null)
        .where(inList(dialect, 'visit_id', visitIds))
        .execute()
      return rows.map((row) => ({ userId: row.user_id, day: row.day, ...toStop(row) }))
    },
    async setVisit(stop, visitId) {
      await db
        .updateTable('plan_stops')
        .set({ visit_id: visitId, state: stateWith(visitId), skip_reason: null })
        .where('account_id', '=', account)
        .where('user_id', '=', stop.userId)
        .where('resource_kind', '=', resourceKinds.indexOf(stop.resourceKind))
        .where('resource_id', '=', stop.resourceId)
        .where('day', '=', stop.day)
        .execute()
    },
  }
}

const stateWith = (visitId: StopOfPlan['visitId']): StopState =>
  visitId === null ? 'planned' : 'visited'

async function findStops(
  { db }: Reader,
  account: number,
  userId: number,
  day: string,
): Promise<PlanStop[]> {
  const rows = await db
    .selectFrom('plan_stops')
    .selectAll()
    .where('account_id', '=', account)
    .where('user_id', '=', userId)
    .where('day', '=', day)
    .orderBy('number')
    .execute()
  return rows.map(toStop)
}

const states: readonly StopState[] = ['planned', 'visited', 'skipped']

const toStop = (row: PlanStopsTable): PlanStop => ({
  resourceKind: word(resourceKinds, row.resource_kind),
  resourceId: row.resource_id,
  state: word(
    states,
    states.findIndex((state) => state === row.state),
  ),
  skipReason: row.skip_reason,
  visitId: row.visit_id,
})
