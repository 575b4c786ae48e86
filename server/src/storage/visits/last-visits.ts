import type { Viewer } from '../../domain/actor.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Dialect, Reader, Values } from '../database.ts'
import { findTeam } from '../people/team.ts'
import { resourceKinds } from '../schema.ts'

/** Which visits a viewer may see: a condition on `v`, and its values (PROTOCOL 2.4). */
export interface SeenVisits {
  readonly condition: string
  readonly values: Values
}

export async function findSeen(
  reader: Reader,
  account: number,
  viewer: Viewer,
): Promise<SeenVisits> {
  if (viewer.isAdmin) return { condition: 'true', values: {} }
  const team = await findTeam(reader, account, viewer.userId)
  return { condition: seenBy(reader.dialect), values: { team: JSON.stringify(team) } }
}

const seenBy = (dialect: Dialect): string =>
  `(${dialect.inJsonList('v.creator_id', ':team')} or ${dialect.inJsonList('v.owner_id', ':team')})`

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
