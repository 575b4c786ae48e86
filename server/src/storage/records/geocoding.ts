import { sql } from 'kysely'

import type { UnplacedRecord, GeocodingReads, GeocodingWrites } from '../../domain/geocoding.ts'
import { addressOf } from '../../domain/record-address.ts'
import type { SalesRecord } from '../../domain/records.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { inList } from '../bind.ts'
import type { Reader, SqlTransaction } from '../database.ts'
import { resourceKinds, word } from '../schema.ts'

export function geocodingReads({ db }: Reader): GeocodingReads {
  return {
    async listDue(account, now, limit) {
      const rows = await db
        .selectFrom('geocoding_jobs')
        .selectAll()
        .where('account_id', '=', account)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        resourceKind: word(resourceKinds, row.resource_kind),
        resourceId: row.resource_id,
        address: row.address,
        attempts: row.attempts,
      }))
    },
    async listUnplaced(account, only, { offset, limit, sort }) {
      const kinds = resourceKinds.filter((kind) => only === undefined || kind === only)
      const direction = sql.raw(sort.descending ? 'desc' : 'asc')
      // Each kind along its index of unplaced records, no further than the page may need.
      const ranges = kinds.map(
        (kind) => sql`select * from (${unplacedIn(kind, account)}
          order by id ${direction} limit ${offset + limit + 1}) ${sql.id(kind)}`,
      )
      const { rows } = await sql<Row>`
        select r.kind, r.id, r.location_precision, j.address, j.failure, j.detail
        from (${sql.join(ranges, sql` union all `)}
          order by id ${direction}, kind ${direction} limit ${limit + 1} offset ${offset}) r
        left join geocoding_jobs j on j.account_id = ${account}
          and j.resource_kind = r.kind and j.resource_id = r.id
        order by r.id ${direction}, r.kind ${direction}`.execute(db)
      return { rows: rows.slice(0, limit).map(toUnplaced), hasMore: rows.length > limit }
    },
  }
}

const unplacedIn = (kind: ResourceKind, account: number) => sql`
  select ${sql.lit(resourceKinds.indexOf(kind))} kind, id, location_precision
  from ${sql.table(kind === 'lead' ? 'leads' : 'contacts')}
  where account_id = ${account}
    and (latitude is null or location_precision in ('street', 'postcode', 'city'))`

interface Row {
  readonly kind: number
  readonly id: number
  readonly location_precision: string | null
  readonly address: string | null
  readonly failure: string | null
  readonly detail: string | null
}

function toUnplaced(row: Row): UnplacedRecord {
  const reason =
    row.location_precision !== null
      ? 'address_imprecise'
      : row.address === null
        ? 'address_missing'
        : reasons.find((reason) => reason === row.failure)
  return {
    resourceKind: word(resourceKinds, row.kind),
    id: row.id,
    address: row.address,
    reason: reason ?? 'waiting',
    detail: row.detail,
  }
}

const reasons: readonly UnplacedRecord['reason'][] = ['not_found', 'refused', 'unavailable']

export function geocodingWrites(tx: SqlTransaction, account: number): GeocodingWrites {
  const { db } = tx
  return {
    async find(kind, id) {
      return db
        .selectFrom('geocoding_jobs')
        .select('address')
        .where('account_id', '=', account)
        .where('resource_kind', '=', resourceKinds.indexOf(kind))
        .where('resource_id', '=', id)
        .executeTakeFirst()
    },
    async setOutcome({ resourceKind, resourceId }, { attempts, dueAt, failure, detail }) {
      await db
        .updateTable('geocoding_jobs')
        .set({ attempts, due_at: dueAt, failure, detail })
        .where('account_id', '=', account)
        .where('resource_kind', '=', resourceKinds.indexOf(resourceKind))
        .where('resource_id', '=', resourceId)
        .execute()
    },
  }
}

/** A record without a point waits for the geocoder until its address changes. */
export async function planGeocoding(
  tx: SqlTransaction,
  account: number,
  kind: number,
  records: readonly SalesRecord[],
): Promise<void> {
  const jobs = records.flatMap((record) => {
    const address = record.point ? null : addressOf(record)
    return address === null ? [] : [{ resource_id: record.id, address }]
  })
  const waiting = new Map(jobs.map((job) => [job.resource_id, job.address]))
  const ids = records.map(({ id }) => id)
  const planned = await tx.db
    .selectFrom('geocoding_jobs')
    .select(['resource_id', 'address'])
    .where('account_id', '=', account)
    .where('resource_kind', '=', kind)
    .where(inList(tx.dialect, 'resource_id', ids))
    .execute()
  const stale = planned.filter((job) => waiting.get(job.resource_id) !== job.address)
  if (stale.length > 0) {
    await tx.db
      .deleteFrom('geocoding_jobs')
      .where('account_id', '=', account)
      .where('resource_kind', '=', kind)
      .where(
        inList(
          tx.dialect,
          'resource_id',
          stale.map((job) => job.resource_id),
        ),
      )
      .execute()
  }
  const same = new Set(planned.filter((job) => !stale.includes(job)).map((job) => job.resource_id))
  const fresh = jobs.filter((job) => !same.has(job.resource_id))
  const rows = fresh.map((job) => ({
    account_id: account,
    resource_kind: kind,
    ...job,
    attempts: 0,
    due_at: 0,
    failure: null,
    detail: null,
  }))
  await tx.saveRows('geocoding_jobs', ['account_id', 'resource_kind', 'resource_id'], rows)
}
