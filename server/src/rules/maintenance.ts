import type { AccountKey } from '../domain/accounts.ts'
import type { Clock } from '../domain/clock.ts'
import { expiredMs } from '../domain/oauth.ts'
import { searchedKinds } from '../domain/search.ts'
import { sessionIdleMs } from '../domain/sessions.ts'
import { retentionInForce, type ServerSettings } from '../domain/settings.ts'
import type { Store } from '../domain/store.ts'
import { removeRepLocations } from './location-retention.ts'
import { learnStoredNames } from './record-names.ts'
import { moveMergedVisits } from './visit-outcome-merges.ts'
import { refreshOutcomeNames } from './visit-outcome-names.ts'

/** Rows that one transaction of background work changes at most, so that writers wait little. */
const dropMax = 2_000
const refreshMax = 500
const indexMax = 250

/** How long answers to requests with an idempotency key stay stored (PROTOCOL 6.3). */
const answersMs = 30 * 24 * 3_600_000

/** How long it is kept who saw where a user was (PROTOCOL 10.11). */
const looksMs = 365 * 24 * 3_600_000

/** How long the audit is kept (PROTOCOL 10.20). */
const auditMs = 731 * 24 * 3_600_000

/** How long a walk by cursor can go on at least, while rows change (PROTOCOL 10.1). */
const walkMs = 24 * 3_600_000

/** A bucket of a rate limit that was unused this long is full again, so its row can be deleted. */
const bucketsMs = 2 * 3_600_000

/** Options of `maintain`. */
export interface MaintenanceOptions extends Pick<
  ServerSettings,
  'retentionMs' | 'repLocationMs' | 'fixed'
> {
  readonly clock: Clock
  readonly newEventId: () => string
  /** Whether this process still holds the claim to maintenance; absent: it needs none. */
  readonly holdsClaim?: () => Promise<boolean>
  /** Called with each failure and its account. The remaining work continues. */
  readonly onError: (error: unknown, account: AccountKey | undefined) => void
  readonly signal?: AbortSignal
}

type Continuation = Pick<MaintenanceOptions, 'holdsClaim' | 'signal'>

/** Checked before each account and each batch, since the claim may be lost during a long run. */
const mayContinue = async ({ holdsClaim, signal }: Continuation): Promise<boolean> =>
  signal?.aborted !== true && (holdsClaim === undefined || (await holdsClaim()))

/**
 * Runs the periodic work on all accounts: deletes expired events, answers, sessions, codes, tokens,
 * former sort keys and coordinates, and updates the visits of renamed and merged outcomes.
 */
export async function maintain(store: Store, options: MaintenanceOptions): Promise<void> {
  const { clock, onError } = options
  const attempt = (account: AccountKey | undefined, work: () => Promise<void>) =>
    work().catch((error: unknown) => onError(error, account))
  const accounts = await store.accounts.list()
  for (const { key } of accounts) await attempt(key, () => redateAll(store, key, options))
  await attempt(undefined, async () => {
    const kept = [options.retentionMs]
    for (const { key } of accounts) kept.push((await retentionOf(store, key, options)).retentionMs)
    // NOTE: accounts share the partitions of events.
    await store.events.rotate(clock(), Math.max(...(accounts.length > 0 ? kept.slice(1) : kept)))
  })
  await attempt(undefined, () => store.rateBuckets.drop(clock() - bucketsMs))
  for (const { key } of accounts) {
    if (!(await mayContinue(options))) return
    for (const step of stepsOf(store, key, options)) {
      if (options.signal?.aborted) return
      await attempt(key, step)
    }
  }
}

/** The work on one account. A step that fails every time keeps no other from its work. */
function stepsOf(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): readonly (() => Promise<void>)[] {
  const { audit, events, idempotency, locationData, oauth, oneTimeCodes, sessions, walks } = store
  const now = options.clock()
  const drop = (batch: (limit: number) => Promise<number>) => () => dropAll(options, batch)
  return [
    () => removeLocations(store, account, options),
    () => indexAll(store, account, options),
    () => refreshAll(store, account, options),
    () => moveAll(store, account, options),
    () => learnAll(store, account, options),
    async () => {
      const { retentionMs } = await retentionOf(store, account, options)
      await dropAll(options, (limit) => events.drop(account, now - retentionMs, limit))
    },
    () => sessions.drop(account, now - sessionIdleMs),
    () => oneTimeCodes.drop(account, now),
    drop((limit) => idempotency.drop(account, now - answersMs, limit)),
    drop((limit) => oauth.drop(account, now - expiredMs, limit)),
    drop((limit) => locationData.dropLooks(account, now - looksMs, limit)),
    drop((limit) => audit.drop(account, now - auditMs, limit)),
    drop((limit) => walks.dropFormerKeys(account, walkMs, limit)),
  ]
}

const retentionOf = async (store: Store, account: AccountKey, options: MaintenanceOptions) =>
  retentionInForce(options, await store.accounts.findSettings(account))

/** Moves all visits of merged outcomes to the outcomes that these were merged into. */
async function moveAll(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  const { clock, newEventId } = options
  while ((await store.visitOutcomes.hasMerging(account)) && (await mayContinue(options))) {
    await store.write(account, (tx) =>
      moveMergedVisits(tx, refreshMax, { now: clock(), newEventId }),
    )
  }
}

/** Learns tags and custom fields of records that were saved before there were lists of them. */
async function learnAll(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  for (const kind of ['lead', 'contact'] as const) {
    for (let isLeft = true; isLeft;) {
      isLeft = await learnStoredNames(store, account, kind, refreshMax)
      if (isLeft && !(await mayContinue(options))) return
    }
  }
}

/** Indexes what was stored before there was an index, or by a copy, which brings none. */
async function indexAll(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  if (await store.search.isComplete(account)) return
  for (const kind of searchedKinds) {
    for (let last: number | undefined = 0; last !== undefined;) {
      if (!(await mayContinue(options))) return
      const after: number = last
      last = await store.write(account, (tx) => tx.search.index(kind, after, indexMax))
    }
  }
  await store.write(account, (tx) => tx.search.setComplete())
}

/** Updates all visits of renamed outcomes. */
export async function refreshAll(
  store: Store,
  account: AccountKey,
  options: Continuation & Pick<MaintenanceOptions, 'newEventId'>,
): Promise<void> {
  while ((await store.visitOutcomes.hasRenamed(account)) && (await mayContinue(options))) {
    await store.write(account, (tx) => refreshOutcomeNames(tx, refreshMax, options.newEventId))
  }
}

/** Before partitions are made and dropped, which the dates of events decide. */
async function redateAll(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  for (let redated = dropMax; redated === dropMax && (await mayContinue(options));) {
    redated = await store.events.redate(account, options.clock(), dropMax)
  }
}

/** Drops batches until one is not full. */
async function dropAll(
  options: Continuation,
  drop: (limit: number) => Promise<number>,
): Promise<void> {
  for (let dropped = dropMax; dropped === dropMax;) {
    dropped = await drop(dropMax)
    if (dropped === dropMax && !(await mayContinue(options))) return
  }
}

async function removeLocations(
  store: Store,
  account: AccountKey,
  options: MaintenanceOptions,
): Promise<void> {
  const { clock, newEventId } = options
  const { repLocationMs } = await retentionOf(store, account, options)
  const before = clock() - repLocationMs
  while ((await store.visits.hasLocatedBefore(account, before)) && (await mayContinue(options))) {
    await store.write(account, (tx) => removeRepLocations(tx, before, refreshMax, newEventId))
  }
}
