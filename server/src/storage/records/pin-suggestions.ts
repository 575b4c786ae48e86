import type { PinSuggestionReads, StrayKey, StrayRecord } from '../../domain/pin-suggestions.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import type { Database, Reader } from '../database.ts'
import { resourceKinds, statuses, tableOf, word } from '../schema.ts'
import { numberOrNull, textOrNull } from './points.ts'
import { findRecords, findSitesOf } from './queries.ts'

/** Of one record, the newest ones tell where it is. */
const visitsMax = 20

export const pinSuggestionReads = (database: Database): PinSuggestionReads => ({
  listStray: (account, request) =>
    database.read(async (reader) => {
      const keys = await findStrayKeys(reader, account, request)
      const records = new Map<string, StrayRecord>()
      for (const kind of resourceKinds) {
        const ids = keys.flatMap((key) => (key.kind === kind ? key.id : []))
        for (const record of await readStray(reader, account, kind, ids)) {
          records.set(`${kind} ${record.id}`, record)
        }
      }
      return keys.flatMap(({ kind, id }) => records.get(`${kind} ${id}`) ?? [])
    }),
})

/** NOTE: of a million visits, the index holds those that were too far and not long ago. */
async function findStrayKeys(
  reader: Reader,
  account: number,
  { owners, visitsMin, after, limit }: Parameters<PinSuggestionReads['listStray']>[1],
): Promise<StrayKey[]> {
  const { dialect } = reader
  const isOwned = owners ? `and ${dialect.inJsonList('owner_id', ':owners')}` : ''
  const rows = await reader.query(
    `select resource_kind, resource_id from visits ${dialect.usingIndex('visits_stray')}
     where account_id = :account and status = ${statuses.indexOf('resource_location_too_far')}
       and evidence is not null and latitude is not null
       and (resource_kind, resource_id) > (:kind, :id) ${isOwned}
     group by resource_kind, resource_id having count(*) >= :visits_min
     order by resource_kind, resource_id limit :limit`,
    {
      account,
      kind: after ? resourceKinds.indexOf(after.kind) : -1,
      id: after?.id ?? 0,
      visits_min: visitsMin,
      limit,
      ...(owners && { owners: JSON.stringify(owners) }),
    },
  )
  return rows.map((row) => ({
    kind: word(resourceKinds, Number(row['resource_kind'])),
    id: Number(row['resource_id']),
  }))
}

async function readStray(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
): Promise<StrayRecord[]> {
  if (ids.length === 0) return []
  const table = tableOf(kind)
  const records = await findRecords(reader, account, table, ids)
  const sites = await findSitesOf(reader, account, table, ids)
  const visits = await findPlacedVisits(reader, account, kind, ids)
  const { verification_radius_m: byDefaultM } = await reader.db
    .selectFrom('accounts')
    .select('verification_radius_m')
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return [...records.values()].map(({ id, point, verificationRadiusM }) => ({
    kind,
    id,
    points: [...(point ? [point] : []), ...(sites.get(id) ?? [])],
    radiusM: verificationRadiusM ?? byDefaultM,
    visits: visits.get(id) ?? [],
  }))
}

/** By the record's id, the newest first. */
async function findPlacedVisits(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
): Promise<Map<number, StrayRecord['visits'][number][]>> {
  const { dialect } = reader
  const rows = await reader.query(
    `select v.resource_id, v.latitude, v.longitude, v.evidence from (
       select id, resource_id, visited_at, row_number() over (
         partition by resource_id order by visited_at desc, id desc) place
       from visits ${dialect.usingIndex('visits_resource')}
       where account_id = :account and resource_kind = :kind
         and ${dialect.inJsonList('resource_id', ':ids')}) newest
     join visits v on v.account_id = :account and v.id = newest.id
     left join (
       select resource_id, max(decided_at) decided_at from pin_changes
       where account_id = :account and status = 'rejected' and resource_kind = :kind
         and ${dialect.inJsonList('resource_id', ':ids')}
       group by resource_id) rejected on rejected.resource_id = v.resource_id
     where newest.place <= ${visitsMax} and v.latitude is not null and v.evidence is not null
       and (rejected.decided_at is null or v.created_at > rejected.decided_at)
     order by newest.visited_at desc, newest.id desc`,
    { account, kind: resourceKinds.indexOf(kind), ids: JSON.stringify(ids) },
  )
  const found = new Map<number, StrayRecord['visits'][number][]>()
  for (const row of rows) {
    const id = Number(row['resource_id'])
    const visit = {
      latitude: numberOrNull(row['latitude']),
      longitude: numberOrNull(row['longitude']),
      evidence: textOrNull(row['evidence']),
    }
    found.set(id, [...(found.get(id) ?? []), visit])
  }
  return found
}
