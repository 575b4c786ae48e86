import type { Clock } from '../../domain/clock.ts'
import type { Store } from '../../domain/store.ts'
import type { RateLimit } from './rate-limit.ts'

const everyMs = 1_000

/**
 * Once a second, reports to the store what this process let through and receives what all have
 * left. Together the processes may exceed the limit for about a second. Requests never wait for the
 * store. While it is unreachable, each process limits by its own buckets. Returns a function that
 * ends the sharing.
 */
export function shareRateLimit(limit: RateLimit, store: Store, clock: Clock): () => Promise<void> {
  let sharing: Promise<void> | undefined
  const share = () => {
    sharing ??= shareOnce(limit, store, clock).finally(() => {
      sharing = undefined
    })
  }
  const timer = setInterval(share, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await sharing
  }
}

async function shareOnce(limit: RateLimit, store: Store, clock: Clock): Promise<void> {
  const spent = limit.takeSpent()
  if (spent.length === 0) return
  try {
    limit.learn(await store.rateBuckets.spend(spent, limit), clock())
  } catch {
    limit.giveBack(spent)
  }
}
