import { setTimeout as pause } from 'node:timers/promises'

import { SellUnreachable } from './api/refusals.ts'
import { isReadableAgain } from './full-pass.ts'
import type { Ledger } from './ledger.ts'
import type { ImportSellOptions } from './options.ts'
import { newMentions, readChanges } from './read/changes.ts'
import { refreshLists } from './read/refresh.ts'
import { readMentioned } from './read/unlisted-visits.ts'

/**
 * Polls the stream and saves changes until the import is stopped; continues when Sell is reachable
 * again. `lost`: a full pass is needed, since changes were missed or the stream can be read at
 * last.
 */
export async function followStream(
  ledger: Ledger,
  options: ImportSellOptions,
): Promise<'lost' | undefined> {
  const { signal, clock, pollMs, refreshMs } = options
  let mentions = newMentions()
  while (!signal?.aborted) {
    try {
      if ((await readChanges(ledger, options, undefined, mentions)) === 'lost') return 'lost'
      await readMentioned(ledger, options, mentions)
      mentions = newMentions()
      const refreshedAt = ledger.progress.refreshedAt ?? ledger.current.startedAt
      if (refreshMs > 0 && clock() - refreshedAt >= refreshMs) {
        await refreshLists(ledger, options)
        if (await isReadableAgain(ledger, options)) return 'lost'
      }
      if (ledger.current.lastError !== null) await ledger.note({ lastError: null })
    } catch (error) {
      if (!(error instanceof SellUnreachable)) throw error
      await ledger.note({ lastError: error.message })
    }
    await pause(pollMs, undefined, { signal })
  }
  return undefined
}
