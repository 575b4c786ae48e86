import { sql } from 'kysely'

import type { GeocodingReads, GeocodingWrites } from '../../domain/geocoding.ts'
import { addressOf } from '../../domain/record-address.ts'
import type { SalesRecord } from '../../domain/records.ts'
import { inList } from '../bind.ts'
import type { Reader, SqlTransaction } from '../database.ts'
import { resourceKinds, word } from '../schema.ts'
import { countUnplaced, listUnplaced } from './unplaced.ts'

export function geocodingReads(reader: Reader): GeocodingReads {
  const { db } = reader
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
    listUnplaced: (account, filter, page) => listUnplaced(reader, account, filter, page),
    countUnplaced: (account, owners, limit) => countUnplaced(reader, account, owners, limit),
  }
}

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
    async retry({ kind, id, failure, owners }) {
      let jobs = db
        .updateTable('geocoding_jobs')
        .set({ attempts: 0, due_at: 0, failure: null, detail: null })
        .where('account_id', '=', account)
        .where('failure', 'is not', null)
      if (kind !== undefined) jobs = jobs.where('resource_kind', '=', resourceKinds.indexOf(kind))
      if (id !== undefined) jobs = jobs.where('resource_id', '=', id)
      if (failure !== undefined) jobs = jobs.where('failure', '=', failure)
      if (owners) jobs = jobs.where(isOwned(tx, account, owners))
      const { numUpdatedRows } = await jobs.executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },
  }
}

/** Of a job: whether one of them owns its record. */
function isOwned({ dialect }: SqlTransaction, account: number, owners: readonly number[]) {
  const recordsOf = (table: 'leads' | 'contacts') => sql`
    select id from ${sql.table(table)}
    where account_id = ${account} and ${inList(dialect, 'owner_id', owners)}`
  return sql<boolean>`(
    (resource_kind = ${sql.lit(resourceKinds.indexOf('lead'))}
      and resource_id in (${recordsOf('leads')}))
    or (resource_kind = ${sql.lit(resourceKinds.indexOf('contact'))}
      and resource_id in (${recordsOf('contacts')})))`
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
