import type { Viewer } from '../../domain/actor.ts'
import type { LastVisit } from '../../domain/customers.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Reader, Values } from '../database.ts'
import { teamOf } from '../people/team.ts'
import { resourceKinds, statuses, word } from '../schema.ts'

/** Which visits a viewer may see: a condition on `v`, and its values (PROTOCOL 2.4). */
export interface SeenVisits {
  readonly condition: string
  readonly values: Values
}

export const seenBy = ({ isAdmin, userId }: Viewer): SeenVisits =>
  isAdmin
    ? { condition: 'true', values: {} }
    : {
        condition: `(v.creator_id in (${teamOf('viewer')}) or v.owner_id in (${teamOf('viewer')}))`,
        values: { viewer: userId },
      }

/** When these records were last visited, in ms, by their ids; of the visits that are seen. */
export async function findLastTimes(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
  seen: SeenVisits,
): Promise<Map<number, number>> {
  const rows = await reader.query(
    `select v.resource_id id, max(v.visited_at) at
     from visits v ${reader.dialect.usingIndex('visits_resource')}
     where v.account_id = :account and v.resource_kind = :kind
       and ${reader.dialect.inJsonList('v.resource_id', ':ids')} and ${seen.condition}
     group by v.resource_id`,
    { account, kind: resourceKinds.indexOf(kind), ids: JSON.stringify(ids), ...seen.values },
  )
  return new Map(rows.map((row) => [Number(row['id']), Number(row['at'])]))
}

/** The last visit to a record, and how many there are. */
export interface Visited {
  readonly last: LastVisit
  readonly count: number
}

/** By the records' ids, of the visits that are seen; records without one are left out. */
export async function findLastVisits(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
  seen: SeenVisits,
): Promise<Map<number, Visited>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query(
    `select resource_id, id, visited_at, outcome_id, status, visits_count from (
       select v.resource_id, v.id, v.visited_at, v.outcome_id, v.status,
         count(*) over (partition by v.resource_id) visits_count,
         row_number() over (
           partition by v.resource_id order by v.visited_at desc, v.id desc) place
       from visits v ${reader.dialect.usingIndex('visits_resource')}
       where v.account_id = :account and v.resource_kind = :kind
         and ${reader.dialect.inJsonList('v.resource_id', ':ids')} and ${seen.condition}) ranked
     where place = 1`,
    { account, kind: resourceKinds.indexOf(kind), ids: JSON.stringify(ids), ...seen.values },
  )
  return new Map(rows.map((row) => [Number(row['resource_id']), toVisited(row)]))
}

const toVisited = (row: Readonly<Record<string, unknown>>): Visited => ({
  last: {
    id: Number(row['id']),
    at: Number(row['visited_at']),
    outcomeId: row['outcome_id'] === null ? null : Number(row['outcome_id']),
    status: word(statuses, Number(row['status'])),
  },
  count: Number(row['visits_count']),
})
