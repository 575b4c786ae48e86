import { createHash } from 'node:crypto'

import { type RawBuilder, sql } from 'kysely'

import {
  type BucketSize,
  levelAt,
  lowestLevel,
  type RateBucketReads,
} from '../domain/rate-buckets.ts'
import type { Database } from './database.ts'

const noAccount = 0

export function rateBuckets(database: Database): RateBucketReads {
  return {
    async spend(spent, size) {
      if (spent.length === 0) return []
      const keys = new Map(spent.map(({ key }) => [digestOf(key), key]))
      // A new row starts full: what is missing in it is what was spent.
      const left = sql<number>`${refilled(size)} - (${double(size.capacity)} - excluded.level)`
      const lowest = double(lowestLevel(size))
      const rows = spent.map(({ account, key, count, since }) => ({
        account_id: account ?? noAccount,
        key_hash: digestOf(key),
        level: Math.max(size.capacity - count, lowestLevel(size)),
        at: since,
      }))
      const found = await database.writeLossy((db) =>
        db
          .insertInto('rate_buckets')
          // The same order in all processes, so that they cannot deadlock.
          .values(rows.toSorted((a, b) => (a.key_hash < b.key_hash ? -1 : 1)))
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'key_hash']).doUpdateSet({
              level: sql<number>`case when ${left} > ${lowest} then ${left} else ${lowest} end`,
              at: later,
            }),
          )
          .returning(['key_hash', 'level', 'at'])
          .execute(),
      )
      return found.map(({ key_hash, level, at }) => ({ key: keys.get(key_hash) ?? '', level, at }))
    },
    async take({ account, key, at }, size) {
      const name = { account_id: account ?? noAccount, key_hash: digestOf(key) }
      const taken = await database.writeLossy((db) =>
        db
          .insertInto('rate_buckets')
          .values({ ...name, level: size.capacity - 1, at })
          .onConflict((conflict) =>
            conflict
              .columns(['account_id', 'key_hash'])
              .doUpdateSet({ level: sql<number>`${refilled(size)} - 1`, at: later })
              .where(sql<boolean>`${refilled(size)} >= 1`),
          )
          .returning('level')
          .executeTakeFirst(),
      )
      if (taken) return 0
      const bucket = await database.db
        .selectFrom('rate_buckets')
        .select(['level', 'at'])
        .where('account_id', '=', name.account_id)
        .where('key_hash', '=', name.key_hash)
        .executeTakeFirst()
        // The request is refused in any case.
        .catch(() => undefined)
      const left = bucket ? levelAt(bucket, size, at) : 0
      // The bucket may have been refilled meanwhile.
      return Math.max(1, (1 - left) / size.refillPerMs)
    },
    async drop(before) {
      await database.writeLossy((db) =>
        db.deleteFrom('rate_buckets').where('at', '<', before).execute(),
      )
    },
  }
}

/** The level of the existing row at the time of the new one. */
function refilled({ capacity, refillPerMs }: BucketSize): RawBuilder<number> {
  const level = sql<number>`rate_buckets.level + ${double(refillPerMs)} *
    case when excluded.at > rate_buckets.at then excluded.at - rate_buckets.at else 0 end`
  return sql`case when ${level} < ${double(capacity)} then ${level} else ${double(capacity)} end`
}

const later = sql<number>`case when excluded.at > rate_buckets.at then excluded.at
  else rate_buckets.at end`

/** The key identifies a sender, so only its digest is stored. */
const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** A bound number; PostgreSQL cannot infer its type. */
const double = (value: number): RawBuilder<number> => sql`cast(${value} as double precision)`
