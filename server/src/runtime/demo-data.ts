import { type DemoOptions, demoTeam } from '../demo/team.ts'
import type { AccountKey } from '../domain/accounts.ts'
import type { Store } from '../domain/store.ts'
import { type ImportCounts, type Piece, runImport } from '../importer/run-import.ts'
import { newEventId } from './secrets.ts'

/** Fixed, so that the same seed gives the same bytes on any day. */
export const untilByDefault = '2026-11-01T00:00:00Z'

/** The demo team of `serve --demo`. */
export const smallDemo: DemoOptions = { visits: 5000, seed: 1, until: new Date(untilByDefault) }

/** Imports the demo team, as it would be imported from Sell. */
export function importDemo(
  store: Store,
  account: AccountKey,
  options: DemoOptions,
): Promise<ImportCounts> {
  async function* pieces(): AsyncGenerator<Piece> {
    let index = 0
    for (const value of demoTeam(options)) {
      yield { file: 'demo', line: index + 1, index, value }
      index++
    }
  }
  return runImport(pieces(), {
    store,
    account,
    newEventId,
    isDryRun: false,
    onProgress: () => {},
    onRejected: ({ field, reason }) => {
      throw new Error(`the demo team is wrong: ${field} ${reason}`)
    },
  })
}
