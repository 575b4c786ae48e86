import { type DemoOptions, demoTeam } from '../demo/team.ts'
import type { AccountKey } from '../domain/accounts.ts'
import type { Store } from '../domain/store.ts'
import { type ImportCounts, type Piece, runImport } from '../importer/run-import.ts'
import { newEventId } from './secrets.ts'

/** Fixed, so that the same seed gives the same bytes on any day. */
export const untilByDefault = '2026-11-01T00:00:00Z'

/** The demo team of `serve --demo`. */
export const smallDemo: DemoOptions = { visits: 5000, seed: 1, until: new Date(untilByDefault) }

/** Imports the demo team into the only account, if it is empty; returns what it did, in a sentence. */
export async function fillEmptyAccount(store: Store): Promise<string> {
  const [only, ...others] = await store.accounts.list()
  if (!only || others.length > 0) {
    return '--demo added nothing: it needs a single account. Run `./doorstep demo --account ID`.'
  }
  const { key, account } = only
  if (await hasData(store, key)) {
    return (
      `--demo added nothing: the account ${account.name} already holds visits, leads or contacts. ` +
      'Run `./doorstep demo --into-existing` to add the demo team to them.'
    )
  }
  await importDemo(store, key, smallDemo)
  const { name } = (await store.accounts.find(key)) ?? account
  return `--demo added a made-up team with ${smallDemo.visits} visits. The account is now called ${name}.`
}

/** Whether the account has visits, leads or contacts. */
export async function hasData(
  { visits, leads, contacts }: Store,
  account: AccountKey,
): Promise<boolean> {
  const page = { offset: 0, limit: 1, sort: { field: 'id', descending: false } } as const
  const everyone = { filter: {}, viewer: { userId: 0, isAdmin: true } }
  const [visit, lead, contact] = await Promise.all([
    visits.list(account, { ...everyone, ...page }),
    leads.list(account, {}, page),
    contacts.list(account, {}, page),
  ])
  return visit.count + lead.rows.length + contact.rows.length > 0
}

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
