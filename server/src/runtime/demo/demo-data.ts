import type { SellItem } from '../../demo/item.ts'
import { type DemoOptions, demoTeam } from '../../demo/team.ts'
import { OUTCOMES } from '../../demo/words.ts'
import type { AccountKey } from '../../domain/accounts.ts'
import { demoKinds } from '../../domain/demo.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { type ImportCounts, type Piece, runImport } from '../../importer/run-import.ts'
import { noteDemo } from '../../rules/demo.ts'
import { newEventId } from '../secrets.ts'
import { logDemoVisits } from './demo-visits.ts'

/** Fixed, so that the same seed gives the same bytes on any day. */
export const untilByDefault = '2026-11-01T00:00:00Z'

const hourMs = 3_600_000

/** A day less than a rep's precise location stays: none is deleted as soon as the team is there. */
const locatedMs = 59 * 24 * hourMs

/** The demo team that people look at: its visits end with the last whole hour before `now` (ms). */
export const smallDemo = (now: number): DemoOptions => ({
  visits: 5000,
  seed: 1,
  until: new Date(now - (now % hourMs)),
})

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
  const demo = smallDemo(Date.now())
  await importDemo(store, key, demo, { isLogged: true })
  const { name } = (await store.accounts.find(key)) ?? account
  return `--demo added a made-up team with ${demo.visits} visits. The account is now called ${name}.`
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

/** How the demo team is imported. */
export interface DemoImport {
  /** Objects in one transaction; absent: as many as are best for speed. */
  readonly batchMax?: number
  /** Whether the account keeps its name, currency and time zone. */
  readonly keepsAccount?: boolean
  /** Whether visits of the last 59 days are logged here, with evidence, instead of imported. */
  readonly isLogged?: boolean
  /** Runs before each transaction. */
  readonly beforeBatch?: () => Promise<void>
}

/** Imports the demo team, as it would be imported from Sell, and notes what it consists of. */
export async function importDemo(
  store: Store,
  account: AccountKey,
  options: DemoOptions,
  {
    batchMax = notedMax,
    keepsAccount = false,
    isLogged = false,
    beforeBatch = async () => {},
  }: DemoImport = {},
): Promise<ImportCounts> {
  const loggedAfter = isLogged ? options.until.getTime() - locatedMs : Number.POSITIVE_INFINITY
  const logged: SellItem[] = []
  const isRecent = ({ data, meta }: SellItem): boolean =>
    meta['type'] === 'visit' && Date.parse(String(data['created_at'])) > loggedAfter

  function* imported(): Generator<SellItem> {
    for (const item of demoTeam(options)) {
      if (isRecent(item)) logged.push(item)
      else yield item
    }
  }
  async function* pieces(): AsyncGenerator<Piece> {
    let index = 0
    for (const batch of batchesOf(imported(), batchMax)) {
      if (keepsAccount && batch[0]?.meta['type'] === 'account') continue
      await beforeBatch()
      await noteBatch(store, account, batch)
      for (const value of batch) {
        yield { file: 'demo', line: index + 1, index, value }
        index++
      }
    }
  }
  const counts = await runImport(pieces(), {
    store,
    account,
    clock: Date.now,
    newEventId,
    batchMax,
    isDryRun: false,
    onProgress: () => {},
    onRejected: ({ field, reason }) => {
      throw new Error(`the demo team is wrong: ${field} ${reason}`)
    },
  })
  await store.write(account, giveIcons)
  for (const batch of batchesOf(logged, batchMax)) {
    await beforeBatch()
    await logDemoVisits(store, account, batch)
  }
  return counts
}

/** Outcomes come from Sell without looks. */
async function giveIcons(tx: Transaction): Promise<void> {
  const icons = new Map(OUTCOMES.flatMap(({ id, icon }) => (icon ? [[id, icon]] : [])))
  const outcomes = await tx.visitOutcomes.find([...icons.keys()])
  const bare = [...outcomes.values()].filter(({ icon }) => icon === null)
  await tx.visitOutcomes.save(
    bare.map((outcome) => ({ ...outcome, icon: icons.get(outcome.id) ?? null })),
    new Set(),
  )
}

const notedMax = 2_000

/** Items of one kind, at most `max` at a time. */
function* batchesOf(items: Iterable<SellItem>, max: number): Generator<SellItem[]> {
  let batch: SellItem[] = []
  for (const item of items) {
    const isFull = batch.length >= max
    if (batch[0] && (isFull || batch[0].meta['type'] !== item.meta['type'])) {
      yield batch
      batch = []
    }
    batch.push(item)
  }
  yield batch
}

async function noteBatch(
  store: Store,
  account: AccountKey,
  batch: readonly SellItem[],
): Promise<void> {
  const kind = demoKinds.find((known) => known === batch[0]?.meta['type'])
  if (!kind) return
  const objects = batch.map(({ data: { id, email } }) => ({
    id: Number(id),
    ...(kind === 'user' && { email: String(email) }),
  }))
  await store.write(account, (tx) => noteDemo(tx, kind, objects))
}
