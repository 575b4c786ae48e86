import { setImmediate as turn } from 'node:timers/promises'

import type { UserActivity, UserActivityReads } from '../../domain/user-activity.ts'
import type { Database } from '../database.ts'
import { numberOrNull } from '../records/points.ts'

export const userActivityReads = (database: Database): UserActivityReads => ({
  async find(account, userIds, since, limit) {
    const found = new Map<number, UserActivity>()
    for (const user of userIds) {
      const [seen] = await database.query(
        `select max(at) at from (
           select max(last_used_at) at from access_tokens
             where account_id = :account and user_id = :user
           union all
           select max(last_used_at) from sessions where account_id = :account and user_id = :user
         ) uses`,
        { account, user },
      )
      const rows = await database.query(
        `select evidence from visits
         where account_id = :account and creator_id = :user and visited_at >= :since
         order by visited_at desc, id desc limit :limit`,
        { account, user, since, limit },
      )
      found.set(user, {
        lastSeenAt: numberOrNull(seen?.['at']),
        accuraciesM: rows.flatMap(({ evidence }) => accuracyIn(evidence) ?? []),
      })
      // NOTE: SQLite answers at once, and other requests must not wait for a whole page of users.
      await turn()
    }
    return found
  },
})

function accuracyIn(evidence: unknown): number | undefined {
  if (typeof evidence !== 'string') return undefined
  const { accuracy_m: accuracyM }: { readonly accuracy_m?: unknown } = JSON.parse(evidence)
  return typeof accuracyM === 'number' ? accuracyM : undefined
}
