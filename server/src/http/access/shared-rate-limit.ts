import type { Clock } from '../../domain/clock.ts'
import type { Store } from '../../domain/store.ts'
import type { RateLimit } from './rate-limit.ts'

const everyMs = 1_000

/**
 * Tells the store once a second what this process has let through, and learns what others have:
 * together they let through more than one limit for about a second. Requests never wait for it.
 * While the store does not answer, each process limits by what it knows. What is returned ends it.
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
