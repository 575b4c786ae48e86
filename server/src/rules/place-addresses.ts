import type { AccountKey } from '../domain/accounts.ts'
import type { Clock } from '../domain/clock.ts'
import type { Geocoder, GeocodingResult, GeocodingFailure } from '../domain/geocoder.ts'
import type { GeocodingJob } from '../domain/geocoding.ts'
import type { Store, Transaction } from '../domain/store.ts'

export interface GeocodingOptions {
  readonly geocoder: Geocoder
  readonly clock: Clock
  /** At least so long between two questions, in ms. */
  readonly pauseMs: number
  /** Whether this is still the process that is to ask: a round may take hours. */
  readonly mayGoOn: () => Promise<boolean>
  readonly signal: AbortSignal
}

const jobsMax = 20

const attemptsMax = 8

const retryMs = 60_000

const refusedRetryMs = 3_600_000

/**
 * Asks the geocoder for every address that is due, one after the other. Before each batch it makes
 * sure that no other process does the same by now.
 */
export async function geocodeDue(store: Store, options: GeocodingOptions): Promise<void> {
  const { geocoder, clock, pauseMs, mayGoOn, signal } = options
  for (const { key } of await store.accounts.list()) {
    for (let jobs = await due(store, key, clock); jobs.length > 0;) {
      if (!(await mayGoOn())) return
      for (const job of jobs) {
        if (signal.aborted) return
        const result = await geocoder(job.address, signal)
        if (signal.aborted) return
        await store.write(key, (tx) => settleJob(tx, job, result, clock()))
        await pause(pauseMs, signal)
      }
      jobs = await due(store, key, clock)
    }
  }
}

const due = (store: Store, account: AccountKey, clock: Clock) =>
  store.geocoding.listDue(account, clock(), jobsMax)

/** Places the record, or keeps why not and when to ask again; an address that changed waits anew. */
export async function settleJob(
  tx: Transaction,
  job: GeocodingJob,
  result: GeocodingResult,
  now: number,
): Promise<void> {
  const current = await tx.geocoding.find(job.resourceKind, job.resourceId)
  if (current?.address !== job.address) return
  if ('point' in result) {
    const records = job.resourceKind === 'lead' ? tx.leads : tx.contacts
    const record = (await records.find([job.resourceId])).get(job.resourceId)
    if (record) await records.save([{ ...record, point: result.point }])
    return
  }
  const attempts = job.attempts + 1
  const { failure, detail } = result
  const dueAt = retryAt(failure, attempts, now)
  await tx.geocoding.setOutcome(job, { attempts, dueAt, failure, detail })
}

/** Twice as long after each attempt; what the geocoder does not know is not asked again. */
function retryAt(failure: GeocodingFailure, attempts: number, now: number): number | null {
  if (failure === 'not_found' || attempts >= attemptsMax) return null
  const firstMs = failure === 'refused' ? refusedRetryMs : retryMs
  return now + firstMs * 2 ** (attempts - 1)
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
