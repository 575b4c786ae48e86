import { DomainError } from '../../domain/errors.ts'
import {
  type ComparedTable,
  compareTables,
  countRows,
  fingerprintOf,
  type OnCopied,
} from './compare.ts'
import { type CopiedTable, type CopyEnd, keyOf } from './copy-end.ts'
import { matchTables } from './match-tables.ts'
import { eachPage } from './pages.ts'

export interface Copied {
  /** Rows that this run has added; an earlier run has added the others. */
  readonly added: number
  readonly tables: readonly ComparedTable[]
}

/**
 * Copies everything from one store into an empty one, or resumes an interrupted copy of the same
 * source; then compares both. Servers may use the target once they are equal. Throws `conflict` where
 * the tables differ, where the target holds anything else, and where the source changed meanwhile.
 */
export async function copyStore(
  source: CopyEnd,
  target: CopyEnd,
  onCopied: OnCopied,
): Promise<Copied> {
  const tables = matchTables(source, target)
  await source.beginSnapshot()
  const fingerprint = await fingerprintOf(source, tables)
  await beginOrResume(target, tables, fingerprint)
  await makeRoom(source, target, tables)
  const added = await copyTables(source, target, tables, onCopied)
  const compared = await compareTables(source, target, tables, onCopied)
  await source.endSnapshot()
  if ((await fingerprintOf(source, tables)) !== fingerprint) throw changed(source, target)
  if (compared.every(({ isEqual }) => isEqual)) await target.markFinished()
  return { added, tables: compared }
}

const changed = (source: CopyEnd, target: CopyEnd): DomainError =>
  new DomainError(
    'conflict',
    `${source.name} was written to during the copy, so ${target.name} is out of date. Stop every ` +
      'process that writes to it, and copy into an empty store.',
  )

async function beginOrResume(
  target: CopyEnd,
  tables: readonly CopiedTable[],
  fingerprint: string,
): Promise<void> {
  const begun = await target.unfinished()
  if (begun === fingerprint) return
  if (begun !== undefined) {
    throw new DomainError(
      'conflict',
      `${target.name} is an unfinished copy of another store, or of an earlier state of this one. ` +
        'Copy into an empty store.',
    )
  }
  for (const table of tables) {
    if ((await target.lastKey(table)) === undefined) continue
    throw new DomainError(
      'conflict',
      `${target.name} is not empty: ${table.name} has rows. Copy into an empty store.`,
    )
  }
  await target.markUnfinished(fingerprint)
}

/** Creates room for the source's events; the first event of each account is its oldest. */
async function makeRoom(
  source: CopyEnd,
  target: CopyEnd,
  tables: readonly CopiedTable[],
): Promise<void> {
  const events = tables.find(({ name }) => name === 'visit_events')
  const accounts = tables.find(({ name }) => name === 'accounts')
  if (!events || !accounts) return
  const place = events.columns.indexOf('appended_at')
  let oldest = Number.POSITIVE_INFINITY
  await eachPage(source, accounts, undefined, async (rows) => {
    for (const row of rows) {
      const [account = null] = keyOf(accounts, row)
      const [first] = await source.page(events, [account, 0], 1)
      if (first && keyOf(events, first)[0] === account) {
        oldest = Math.min(oldest, Number(first[place]))
      }
    }
  })
  if (Number.isFinite(oldest)) await target.makeRoomForEvents(oldest)
}

async function copyTables(
  source: CopyEnd,
  target: CopyEnd,
  tables: readonly CopiedTable[],
  onCopied: OnCopied,
): Promise<number> {
  const counts = await countRows(source, tables)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  let done = 0
  let added = 0
  for (const table of tables) {
    const last = await target.lastKey(table)
    if (last) done += await target.count(table)
    await eachPage(source, table, last, async (rows) => {
      await target.add(table, rows)
      added += rows.length
      done += rows.length
      onCopied({ phase: 'copying', table: table.name, done, total })
    })
  }
  return added
}
