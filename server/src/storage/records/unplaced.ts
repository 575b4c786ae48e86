import { sql } from 'kysely'

import { contactKind } from '../../domain/contacts.ts'
import type {
  UnplacedCounts,
  UnplacedFilter,
  UnplacedReason,
  UnplacedRecord,
} from '../../domain/geocoding.ts'
import { leadKind } from '../../domain/leads.ts'
import type { Page, PageRequest } from '../../domain/pages.ts'
import { addressOf } from '../../domain/record-address.ts'
import { readAttributes, storedAttributes } from '../../domain/record-kinds.ts'
import { nameOf } from '../../domain/search.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { Reader } from '../database.ts'
import { resourceKinds, tableOf, word } from '../schema.ts'
import { findRecords } from './queries.ts'

/** Leads and contacts without a precise point, by id. */
export async function listUnplaced(
  reader: Reader,
  account: number,
  { kind: only, reason, owners }: UnplacedFilter,
  { offset, limit, sort }: PageRequest<'id'>,
): Promise<Page<UnplacedRecord>> {
  const kinds = resourceKinds.filter((kind) => only === undefined || kind === only)
  const direction = sql.raw(sort.descending ? 'desc' : 'asc')
  // Each kind along its index of unplaced records, no further than the page may need.
  const ranges = kinds.map(
    (kind) => sql`select * from (${unplacedIn(reader, account, kind, owners)}
      ${reason === undefined ? sql`` : sql`and ${isFor(reason, account, kind)}`}
      order by id ${direction} limit ${offset + limit + 1}) ${sql.id(kind)}`,
  )
  const { rows } = await sql<Row>`
    select r.kind, r.id, r.location_precision, j.address, j.failure, j.detail
    from (${sql.join(ranges, sql` union all `)}
      order by id ${direction}, kind ${direction} limit ${limit + 1} offset ${offset}) r
    left join geocoding_jobs j on j.account_id = ${account}
      and j.resource_kind = r.kind and j.resource_id = r.id
    order by r.id ${direction}, r.kind ${direction}`.execute(reader.db)
  return {
    rows: await describe(reader, account, rows.slice(0, limit)),
    hasMore: rows.length > limit,
  }
}

const unplacedIn = (
  { dialect }: Reader,
  account: number,
  kind: ResourceKind,
  owners: readonly number[] | undefined,
) => sql`
  select ${sql.lit(resourceKinds.indexOf(kind))} kind, id, location_precision
  from ${sql.table(tableOf(kind))} u
  where account_id = ${account}
    and (latitude is null or location_precision in ('street', 'postcode', 'city'))
    ${owners ? sql`and ${inList(dialect, 'owner_id', owners)}` : sql``}`

function isFor(reason: UnplacedReason, account: number, kind: ResourceKind) {
  if (reason === 'address_imprecise') return sql`u.location_precision is not null`
  const failure = reason === 'waiting' ? sql`j.failure is null` : sql`j.failure = ${reason}`
  const job = sql`exists (
    select 1 from geocoding_jobs j where j.account_id = ${account}
      and j.resource_kind = ${sql.lit(resourceKinds.indexOf(kind))} and j.resource_id = u.id
      ${reason === 'address_missing' ? sql`` : sql`and ${failure}`})`
  const isWanted = reason === 'address_missing' ? sql`not ${job}` : job
  return sql`u.location_precision is null and ${isWanted}`
}

interface Row {
  readonly kind: number
  readonly id: number
  readonly location_precision: string | null
  readonly address: string | null
  readonly failure: string | null
  readonly detail: string | null
}

type Described = Pick<UnplacedRecord, 'name' | 'ownerId' | 'address' | 'precision'>

async function describe(
  reader: Reader,
  account: number,
  rows: readonly Row[],
): Promise<UnplacedRecord[]> {
  const found = new Map<string, Described>()
  for (const kind of resourceKinds) {
    const ids = rows.flatMap((row) => (word(resourceKinds, row.kind) === kind ? row.id : []))
    if (ids.length === 0) continue
    const attributeKind = kind === 'lead' ? leadKind : contactKind
    for (const record of (await findRecords(reader, account, tableOf(kind), ids)).values()) {
      const name = nameOf(kind, readAttributes(attributeKind, storedAttributes(record)))
      found.set(`${kind} ${record.id}`, {
        name,
        ownerId: record.ownerId,
        address: addressOf(record),
        precision: record.point?.precision ?? null,
      })
    }
  }
  return rows.map((row) => {
    const kind = word(resourceKinds, row.kind)
    const described = found.get(`${kind} ${row.id}`)
    return {
      resourceKind: kind,
      id: row.id,
      name: described?.name ?? '',
      ownerId: described?.ownerId ?? null,
      address: described?.address ?? null,
      precision: described?.precision ?? null,
      reason: reasonOf(row),
      detail: row.detail,
    }
  })
}

const failures = ['not_found', 'refused', 'unavailable'] as const

function reasonOf(row: Pick<Row, 'location_precision' | 'address' | 'failure'>): UnplacedReason {
  if (row.location_precision !== null) return 'address_imprecise'
  if (row.address === null) return 'address_missing'
  return failures.find((failure) => failure === row.failure) ?? 'waiting'
}

/** How many there are for each reason, of the first `limit` leads and as many contacts. */
export async function countUnplaced(
  reader: Reader,
  account: number,
  owners: readonly number[] | undefined,
  limit: number,
): Promise<UnplacedCounts> {
  const counts: Record<UnplacedReason, number> = {
    address_missing: 0,
    address_imprecise: 0,
    waiting: 0,
    not_found: 0,
    refused: 0,
    unavailable: 0,
  }
  let isComplete = true
  for (const kind of resourceKinds) {
    const { rows } = await sql<Omit<Row, 'kind' | 'id' | 'detail'> & { readonly count: number }>`
      select min(r.location_precision) location_precision, min(j.address) address, j.failure,
        count(*) count
      from (${unplacedIn(reader, account, kind, owners)} order by id limit ${limit + 1}) r
      left join geocoding_jobs j on j.account_id = ${account}
        and j.resource_kind = r.kind and j.resource_id = r.id
      group by r.location_precision is null, j.address is null, j.failure`.execute(reader.db)
    for (const row of rows) counts[reasonOf(row)] += Number(row.count)
    const seen = rows.reduce((sum, row) => sum + Number(row.count), 0)
    isComplete &&= seen <= limit
  }
  return { counts, isComplete }
}
