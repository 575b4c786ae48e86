import type { AccountKey } from './accounts.ts'
import type { Clock } from './clock.ts'
import { forgetRepLocations } from './location-retention.ts'
import { moveMergedVisits } from './outcome-merges.ts'
import { refreshOutcomeNames } from './outcome-names.ts'
import { expiredMs } from './oauth.ts'
import { sessionIdleMs } from './sessions.ts'
import type { Store } from './store.ts'

/** Rows that one transaction of background work changes at the most, so that others wait little. */
const dropMax = 2_000
const refreshMax = 500

/** How long a request with an idempotency key is answered again (PROTOCOL 6.3). */
const keptAnswersMs = 30 * 24 * 3_600_000

/** After this every bucket of a rate limit is full, which is what an absent one is. */
const bucketsMs = 2 * 3_600_000

export interface MaintenanceOptions {
  readonly clock: Clock
  readonly retentionMs: number
  /** How long the precise places of reps are kept. */
  readonly repLocationMs: number
  readonly newEventId: () => string
  readonly signal?: AbortSignal
}

/** What has to be done from time to time: events past their retention go, renamed outcomes spread. */
export async function maintain(store: Store, options: MaintenanceOptions): Promise<void> {
  await store.events.rotate(options.clock(), options.retentionMs)
  await store.rateBuckets.drop(options.clock() - bucketsMs)
  for (const { key } of await store.accounts.list()) {
    await refreshAll(store, key, options)
    await moveAll(store, key, options)
    await dropExpiredEvents(store, key, options)
    await store.sessions.drop(key, options.clock() - sessionIdleMs)
    await dropKeptAnswers(store, key, options)
    await dropExpiredTokens(store, key, options)
    await forgetLocations(store, key, options)
  }
}

/** Gives every visit of merged outcomes the one that they were merged into. */
async function moveAll(
  store: Store,
  account: AccountKey,
  { clock, newEventId, signal }: MaintenanceOptions,
): Promise<void> {
  while (!signal?.aborted && (await store.outcomes.hasMerging(account))) {
    await store.write(account, (tx) =>
      moveMergedVisits(tx, refreshMax, { now: clock(), newEventId }),
    )
  }
}

/** Brings every visit of renamed outcomes up to date. */
export async function refreshAll(
  store: Store,
  account: AccountKey,
  { newEventId, signal }: Pick<MaintenanceOptions, 'newEventId' | 'signal'>,
): Promise<void> {
  while (!signal?.aborted && (await store.outcomes.hasRenamed(account))) {
    await store.write(account, (tx) => refreshOutcomeNames(tx, refreshMax, newEventId))
  }
}

async function dropExpiredEvents(
  store: Store,
  account: AccountKey,
  { clock, retentionMs, signal }: MaintenanceOptions,
): Promise<void> {
  for (let dropped = dropMax; dropped === dropMax && !signal?.aborted;) {
    dropped = await store.events.drop(account, clock() - retentionMs, dropMax)
  }
}

async function dropKeptAnswers(
  store: Store,
  account: AccountKey,
  { clock, signal }: MaintenanceOptions,
): Promise<void> {
  for (let dropped = dropMax; dropped === dropMax && !signal?.aborted;) {
    dropped = await store.idempotency.drop(account, clock() - keptAnswersMs, dropMax)
  }
}

/** OAuth's codes and access tokens. */
async function dropExpiredTokens(
  store: Store,
  account: AccountKey,
  { clock, signal }: MaintenanceOptions,
): Promise<void> {
  for (let dropped = dropMax; dropped === dropMax && !signal?.aborted;) {
    dropped = await store.oauth.drop(account, clock() - expiredMs, dropMax)
  }
}

async function forgetLocations(
  store: Store,
  account: AccountKey,
  { clock, repLocationMs, newEventId, signal }: MaintenanceOptions,
): Promise<void> {
  const before = clock() - repLocationMs
  while (!signal?.aborted && (await store.visits.hasLocatedBefore(account, before))) {
    await store.write(account, (tx) => forgetRepLocations(tx, before, refreshMax, newEventId))
  }
}
