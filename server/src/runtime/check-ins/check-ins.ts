import type { Logger } from 'pino'

import type { Config } from '../../config.ts'
import type { Store } from '../../domain/store.ts'
import { type LogCheckIn, logCheckIn } from '../../rules/check-ins.ts'
import { newEventId } from '../secrets.ts'
import { CheckInThread } from './check-in-thread.ts'

/** Where a server logs check-ins; to be disposed of when all are answered. */
export interface CheckIns extends AsyncDisposable {
  readonly log: LogCheckIn
}

/** On SQLite, a thread of its own once the server is busy. PostgreSQL has processes for its writes. */
export function openCheckIns(config: Config, store: Store, logger: Logger): CheckIns {
  const logHere: LogCheckIn = (checkIn) => logCheckIn(store, newEventId, checkIn)
  if (config.databaseUrl !== undefined) return { log: logHere, async [Symbol.asyncDispose]() {} }
  const thread = new CheckInThread(
    config,
    logHere,
    (account) => store.events.announce(account),
    (error) =>
      logger.error({ err: error }, 'the check-in thread could not start; going on without'),
  )
  return {
    log: (checkIn) => thread.log(checkIn),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  }
}
