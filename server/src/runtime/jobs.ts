import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import type { AccountKey } from '../domain/accounts.ts'
import type { Store } from '../domain/store.ts'
import { openGeocoder } from '../geocoding/open.ts'
import type { LookLog } from '../rules/look-log.ts'
import { maintain } from '../rules/maintenance.ts'
import { geocodeDue } from '../rules/place-addresses.ts'
import type { UsageLog } from '../rules/usage-log.ts'
import { Background } from './background.ts'
import { newEventId } from './secrets.ts'

const maintenanceMs = 60_000

/** How much of who saw where users were a crash can lose. */
const looksMs = 5_000

/** How soon a new address is sent to the geocoder. */
const placingMs = 5_000

/**
 * Maintenance, once a minute and whenever it is woken. Every process saves when tokens were last
 * used; only the process that holds the claim does the rest.
 */
export function maintenanceJob(
  store: Store,
  config: Config,
  usageLog: UsageLog,
  logger: Logger,
): Background {
  const onError = (error: unknown, account?: AccountKey) =>
    logger.error({ err: error, account }, 'maintenance failed; retrying in a minute')
  const holdsClaim = () => store.claim('maintenance')
  const job = new Background(
    async (signal) => {
      await usageLog.flush(store)
      if (!(await holdsClaim())) return
      await maintain(store, { ...config, clock: Date.now, newEventId, holdsClaim, onError, signal })
    },
    maintenanceMs,
    onError,
  )
  store.onWoken('maintenance', () => job.wake())
  return job
}

/** Saves who saw where other users were, in every process. */
export function looksJob(store: Store, lookLog: LookLog, logger: Logger): Background {
  return new Background(
    async () => {
      const lost = await lookLog.flush(store)
      if (lost > 0) logger.error({ lost }, 'who saw where users were could not all be kept')
    },
    looksMs,
    (error) => logger.error({ err: error }, 'who saw where users were was not saved; retrying'),
  )
}

/** Geocodes addresses that wait, where a geocoder is configured; by one process, like maintenance. */
export function placingJob(store: Store, config: Config, logger: Logger): Background {
  const geocoder = openGeocoder(config.geocoder)
  const { pauseMs } = config.geocoder
  const holdsClaim = () => store.claim('placing')
  return new Background(
    async (signal) => {
      if (!geocoder || !(await holdsClaim())) return
      await geocodeDue(store, { geocoder, clock: Date.now, pauseMs, holdsClaim, signal })
    },
    placingMs,
    (error) => logger.error({ err: error }, 'geocoding failed; retrying shortly'),
  )
}
