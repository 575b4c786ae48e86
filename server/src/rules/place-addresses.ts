import type { AccountKey } from '../domain/accounts.ts'
import type { Clock } from '../domain/clock.ts'
import type { Geocoder, GeocodingResult, GeocodingFailure } from '../domain/geocoder.ts'
import type { GeocodingJob } from '../domain/geocoding.ts'
import type { Store, Transaction } from '../domain/store.ts'
import { recordsOf } from './records.ts'

/** Options of `geocodeDue`. */
export interface GeocodingOptions {
  readonly geocoder: Geocoder
  readonly clock: Clock
  /** The pause between two lookups, in ms. */
  readonly pauseMs: number
  /** Whether this process still holds the claim to geocoding; a run may take hours. */
  readonly holdsClaim: () => Promise<boolean>
  readonly signal: AbortSignal
}

const jobsMax = 20
const attemptsMax = 8
const retryMs = 60_000
const refusedRetryMs = 3_600_000

/**
 * Looks up every address that is due, one after the other. Checks before each batch that this
 * process still holds the claim.
 */
export async function geocodeDue(store: Store, options: GeocodingOptions): Promise<void> {
  const { geocoder, clock, pauseMs, holdsClaim, signal } = options
  for (const { key } of await store.accounts.list()) {
    for (let jobs = await due(store, key, clock); jobs.length > 0;) {
      if (!(await holdsClaim())) return
      for (const job of jobs) {
        if (signal.aborted) return
        const result = await geocoder(job.address, signal)
        if (signal.aborted) return
        await store.write(key, (tx) => saveResult(tx, job, result, clock()))
        await pause(pauseMs, signal)
      }
      jobs = await due(store, key, clock)
    }
  }
}

const due = (store: Store, account: AccountKey, clock: Clock) =>
  store.geocoding.listDue(account, clock(), jobsMax)

/**
 * Saves the record's point, or why there is none and when to retry. Ignores the result if the
 * address has changed, since the new one is queued.
 */
async function saveResult(
  tx: Transaction,
  job: GeocodingJob,
  result: GeocodingResult,
  now: number,
): Promise<void> {
  const current = await tx.geocoding.find(job.resourceKind, job.resourceId)
  if (current?.address !== job.address) return
  if ('point' in result) {
    const records = recordsOf(tx, job.resourceKind)
    const record = (await records.find([job.resourceId])).get(job.resourceId)
    if (record) await records.save([{ ...record, point: result.point }])
    return
  }
  const attempts = job.attempts + 1
  const { failure, detail } = result
  const dueAt = retryAt(failure, attempts, now)
  await tx.geocoding.setOutcome(job, { attempts, dueAt, failure, detail })
}

/** Backs off, doubling after each attempt; null: no retry. */
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
