import type { AccountKey } from '../domain/accounts.ts'
import type { Clock } from '../domain/clock.ts'
import { expiredMs } from '../domain/oauth.ts'
import { sessionIdleMs } from '../domain/sessions.ts'
import type { Store } from '../domain/store.ts'
import { forgetRepLocations } from './location-retention.ts'
import { moveMergedVisits } from './outcome-merges.ts'
import { refreshOutcomeNames } from './outcome-names.ts'

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
  /** Whether this is still the process that is to do it; absent: nobody else would. */
  readonly mayGoOn?: () => Promise<boolean>
  /** Hears what has failed, and of which account; everything else is done all the same. */
  readonly onError: (error: unknown, account: AccountKey | undefined) => void
  readonly signal?: AbortSignal
}

type Going = Pick<MaintenanceOptions, 'mayGoOn' | 'signal'>

/** Asked before each transaction: a round may take long, and the claim to it be lost meanwhile. */
const goesOn = async ({ mayGoOn, signal }: Going): Promise<boolean> =>
  signal?.aborted !== true && (mayGoOn === undefined || (await mayGoOn()))

/** What has to be done from time to time: events past their retention go, renamed outcomes spread. */
export async function maintain(store: Store, options: MaintenanceOptions): Promise<void> {
  const { clock, retentionMs, onError } = options
  const attempt = (account: AccountKey | undefined, work: () => Promise<void>) =>
    work().catch((error: unknown) => onError(error, account))
  await attempt(undefined, () => store.events.rotate(clock(), retentionMs))
  await attempt(undefined, () => store.rateBuckets.drop(clock() - bucketsMs))
  for (const { key } of await store.accounts.list()) {
    if (!(await goesOn(options))) return
    await attempt(key, () => maintainAccount(store, key, options))
  }
}

async function maintainAccount(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  await refreshAll(store, account, options)
  await moveAll(store, account, options)
  const { events, idempotency, oauth, sessions } = store
  const now = options.clock()
  await dropAll(options, (...of) => events.drop(account, ...of), now - options.retentionMs)
  await sessions.drop(account, now - sessionIdleMs)
  await dropAll(options, (...of) => idempotency.drop(account, ...of), now - keptAnswersMs)
  // Codes and access tokens.
  await dropAll(options, (...of) => oauth.drop(account, ...of), now - expiredMs)
  await forgetLocations(store, account, options)
}

/** Gives every visit of merged outcomes the one that they were merged into. */
async function moveAll(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  const { clock, newEventId } = options
  while ((await store.outcomes.hasMerging(account)) && (await goesOn(options))) {
    await store.write(account, (tx) =>
      moveMergedVisits(tx, refreshMax, { now: clock(), newEventId }),
    )
  }
}

/** Brings every visit of renamed outcomes up to date. */
export async function refreshAll(
  store: Store,
  account: AccountKey,
  options: Going & Pick<MaintenanceOptions, 'newEventId'>,
): Promise<void> {
  while ((await store.outcomes.hasRenamed(account)) && (await goesOn(options))) {
    await store.write(account, (tx) => refreshOutcomeNames(tx, refreshMax, options.newEventId))
  }
}

/** Drops until fewer are left than one transaction may drop. */
async function dropAll(
  options: Going,
  drop: (before: number, limit: number) => Promise<number>,
  before: number,
): Promise<void> {
  if (options.signal?.aborted) return
  for (let dropped = dropMax; dropped === dropMax;) {
    dropped = await drop(before, dropMax)
    if (dropped === dropMax && !(await goesOn(options))) return
  }
}

async function forgetLocations(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  const { clock, repLocationMs, newEventId } = options
  const before = clock() - repLocationMs
  while ((await store.visits.hasLocatedBefore(account, before)) && (await goesOn(options))) {
    await store.write(account, (tx) => forgetRepLocations(tx, before, refreshMax, newEventId))
  }
}
