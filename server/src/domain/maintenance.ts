import type { AccountKey } from './accounts.ts'
import type { Clock } from './clock.ts'
import { refreshOutcomeNames } from './outcome-names.ts'
import type { Store } from './store.ts'

/** Rows that one transaction of background work changes at the most, so that others wait little. */
const dropMax = 2_000
const refreshMax = 500

export interface MaintenanceOptions {
  readonly clock: Clock
  readonly retentionMs: number
  readonly newEventId: () => string
  readonly signal?: AbortSignal
}

/** What has to be done from time to time: events past their retention go, renamed outcomes spread. */
export async function maintain(store: Store, options: MaintenanceOptions): Promise<void> {
  for (const { key } of await store.accounts.list()) {
    await refreshAll(store, key, options)
    await dropExpiredEvents(store, key, options)
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
