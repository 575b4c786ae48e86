import type { Config } from '../../config.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { SellApi } from '../../importer/sell/api/client.ts'
import { RateBucket } from '../../importer/sell/api/rate-bucket.ts'
import type { ImportSellOptions } from '../../importer/sell/options.ts'
import { newEventId, version } from '../secrets.ts'
import { isAlive, newRunner } from './runners.ts'

const patienceMs = 10 * 60_000

const waitMs = 500

/** Options of an import from Sell, the same on the command line and in the server. */
export function sellOptions(
  store: Store,
  account: AccountKey,
  { sell }: Config,
  token: string,
): Omit<ImportSellOptions, 'by' | 'follow' | 'onProgress' | 'onRejected' | 'signal'> {
  return {
    store,
    account,
    baseUrl: sell.baseUrl,
    api: sellApi(sell, token),
    inFlight: sell.inFlight,
    settleMs: sell.settleMs,
    pollMs: sell.pollMs,
    refreshMs: sell.refreshMs,
    runner: newRunner(),
    isAlive,
    clock: Date.now,
    newEventId,
  }
}

export const sellApi = (
  { baseUrl, perSecond, timeoutMs }: Config['sell'],
  token: string,
): SellApi =>
  new SellApi({
    baseUrl,
    token,
    bucket: new RateBucket(perSecond),
    timeoutMs,
    patienceMs,
    waitMs,
    userAgent: `doorstep-import/${version}`,
  })
