import { createHash } from 'node:crypto'

import type { Value } from '../database.ts'
import type { CopiedRow, CopiedTable, CopyEnd } from './copy-end.ts'
import { eachPage } from './pages.ts'

export interface TableProof {
  readonly count: number
  /** SHA-256, in hex, of the texts of all rows in the order of their keys. */
  readonly checksum: string
}

export interface ComparedTable {
  readonly name: string
  readonly source: TableProof
  readonly target: TableProof
  readonly isEqual: boolean
}

export type OnCopied = (progress: {
  readonly phase: 'copying' | 'comparing'
  readonly table: string
  readonly done: number
  readonly total: number
}) => void

const lastUse = 'last_used_at'

/**
 * Identifies a source and its present content. Every write of an account changes its stream, except
 * those that no answer depends on: last uses of tokens and sessions, and the removal of expired rows.
 * Those show in the number of rows and in the newest last use.
 */
export async function fingerprintOf(
  source: CopyEnd,
  tables: readonly CopiedTable[],
): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['accounts', 'account_stream']) {
    const table = tables.find((known) => known.name === name)
    if (!table) throw new Error(`there is no table ${name}`)
    await eachPage(source, table, undefined, async (rows) => void hash.update(textOf(rows)))
  }
  for (const table of tables) {
    const usedAt = table.columns.includes(lastUse) ? await source.highest(table, lastUse) : null
    hash.update(textOf([[table.name, await source.count(table), usedAt]]))
  }
  return hash.digest('hex')
}

export async function countRows(
  end: CopyEnd,
  tables: readonly CopiedTable[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table.name, await end.count(table))
  return counts
}

/** Reads both stores again, and compares a checksum of each table. */
export async function compareTables(
  source: CopyEnd,
  target: CopyEnd,
  tables: readonly CopiedTable[],
  onCopied: OnCopied,
): Promise<ComparedTable[]> {
  const counts = await countRows(source, tables)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const compared: ComparedTable[] = []
  let done = 0
  for (const table of tables) {
    const [ofSource, ofTarget] = await Promise.all([
      prove(source, table, (count) => {
        done += count
        onCopied({ phase: 'comparing', table: table.name, done, total })
      }),
      prove(target, table, () => {}),
    ])
    const isEqual = ofSource.checksum === ofTarget.checksum && ofSource.count === ofTarget.count
    compared.push({ name: table.name, source: ofSource, target: ofTarget, isEqual })
  }
  return compared
}

async function prove(
  end: CopyEnd,
  table: CopiedTable,
  onRows: (count: number) => void,
): Promise<TableProof> {
  const hash = createHash('sha256')
  let count = 0
  await eachPage(end, table, undefined, async (rows) => {
    hash.update(textOf(rows))
    count += rows.length
    onRows(rows.length)
  })
  return { count, checksum: hash.digest('hex') }
}

/**
 * The same text for the same rows on either engine. NOTE: PostgreSQL cannot store U+0000; its
 * replacement counts as equal.
 */
const textOf = (rows: readonly CopiedRow[]): string =>
  rows.map((row) => `${JSON.stringify(row.map(comparable))}\n`).join('')

const comparable = (value: Value): Value =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
