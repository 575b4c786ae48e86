import type * as contract from '@doorstep/contract/users'

import type { Actor } from '../domain/actor.ts'
import { printSeconds } from '../domain/clock.ts'
import type { Store } from '../domain/store.ts'
import type { UserActivity } from '../domain/user-activity.ts'

const periodMs = 30 * 24 * 3_600_000
/** Of one user: more than anybody logs in that time. */
const visitsMax = 1_000
const inaccurateM = 100

/**
 * What `include=activity` adds, by the user's id: of everybody for admins, of themselves and those
 * below them for others; null: not for this viewer.
 */
export async function findActivity(
  store: Store,
  actor: Actor,
  ids: readonly number[],
  now: number,
): Promise<Map<number, contract.UserActivity | null>> {
  const { accountKey, isAdmin, userId } = actor
  const team = isAdmin ? undefined : new Set(await store.users.findTeam(accountKey, userId))
  const shown = ids.filter((id) => team === undefined || team.has(id))
  const found = await store.userActivity.find(accountKey, shown, now - periodMs, visitsMax)
  return new Map(
    ids.map((id) => {
      const activity = found.get(id)
      return [id, activity ? toAnswer(activity) : null]
    }),
  )
}

function toAnswer({ lastSeenAt, accuraciesM }: UserActivity): contract.UserActivity {
  const sorted = accuraciesM.toSorted((a, b) => a - b)
  const count = sorted.length
  const middle = ((sorted[(count - 1) >> 1] ?? 0) + (sorted[count >> 1] ?? 0)) / 2
  const inaccurate = sorted.filter((each) => each > inaccurateM).length
  return {
    last_seen_at: lastSeenAt === null ? null : printSeconds(lastSeenAt),
    fixes: count,
    median_accuracy_m: count === 0 ? null : Math.round(10 * middle) / 10,
    above_100_m_share: count === 0 ? null : Math.round((1_000 * inaccurate) / count) / 1_000,
  }
}
