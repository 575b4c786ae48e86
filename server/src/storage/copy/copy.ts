import { createHash } from 'node:crypto'

import { DomainError } from '../../domain/errors.ts'
import type { Value } from '../database.ts'
import { type CopiedRow, type CopiedTable, type CopyEnd, keyOf } from './copy-end.ts'

/** Rows that are in memory at once, about twice: one page is read while the other is written. */
const pageRows = 500

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

export interface Copied {
  /** Rows that this run has added; the others were there from a run before. */
  readonly added: number
  readonly tables: readonly ComparedTable[]
}

export type OnCopied = (so: {
  readonly phase: 'copying' | 'comparing'
  readonly table: string
  readonly done: number
  readonly total: number
}) => void

/**
 * Copies everything from one store into an empty one, or goes on with a copy of this same source that
 * was broken off; then compares both. Where they are equal, the target may be used from then on.
 * Throws where the two have other tables, where the target has something else in it, and where the
 * source has changed meanwhile.
 */
export async function copyStore(
  source: CopyEnd,
  target: CopyEnd,
  onCopied: OnCopied,
): Promise<Copied> {
  const tables = matchTables(source, target)
  await source.beginSnapshot()
  const fingerprint = await fingerprintOf(source, tables)
  await beginOrGoOn(target, tables, fingerprint)
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
    `${source.name} has changed while it was copied, so that ${target.name} is behind it. Stop all ` +
      'that writes to it, and copy into an empty store.',
  )

/** The tables of both, in an order in which each comes after those that it refers to. */
export function matchTables(
  source: Pick<CopyEnd, 'name' | 'tables'>,
  target: Pick<CopyEnd, 'name' | 'tables'>,
): CopiedTable[] {
  const problems = [...missingIn(target, source), ...missingIn(source, target)]
  const matched = source.tables.flatMap((table) => {
    const other = target.tables.find(({ name }) => name === table.name)
    if (!other) return []
    if (table.key.length === 0 || table.key.join() !== other.key.join()) {
      problems.push(`${table.name} has other keys in ${source.name} than in ${target.name}`)
    }
    return [{ ...table, references: [...table.references, ...other.references] }]
  })
  if (problems.length > 0) {
    throw new DomainError(
      'conflict',
      `The two stores do not have the same tables: ${problems.join('; ')}. Nothing was copied.`,
    )
  }
  return inOrder(matched)
}

function missingIn(
  one: Pick<CopyEnd, 'name' | 'tables'>,
  other: Pick<CopyEnd, 'name' | 'tables'>,
): string[] {
  return other.tables.flatMap((table) => {
    const here = one.tables.find(({ name }) => name === table.name)
    if (!here) return [`${one.name} has no table ${table.name}`]
    return table.columns
      .filter((column) => !here.columns.includes(column))
      .map((column) => `${one.name} has no column ${table.name}.${column}`)
  })
}

function inOrder(tables: readonly CopiedTable[]): CopiedTable[] {
  const ordered: CopiedTable[] = []
  const visit = (table: CopiedTable, path: readonly string[]): void => {
    if (ordered.includes(table)) return
    if (path.includes(table.name)) throw new Error(`tables refer in a ring: ${path.join(', ')}`)
    for (const name of table.references) {
      const referred = tables.find((other) => other.name === name && other !== table)
      if (referred) visit(referred, [...path, table.name])
    }
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}

const lastUse = 'last_used_at'

/**
 * Which source this is, and how far it was written. Every write of an account changes its stream, but
 * for those that nobody's answers depend on: when tokens and sessions were used, and what is dropped
 * when its time is over. These are told by the number of rows, and by the last use.
 */
async function fingerprintOf(source: CopyEnd, tables: readonly CopiedTable[]): Promise<string> {
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

async function beginOrGoOn(
  target: CopyEnd,
  tables: readonly CopiedTable[],
  fingerprint: string,
): Promise<void> {
  const begun = await target.unfinished()
  if (begun === fingerprint) return
  if (begun !== undefined) {
    throw new DomainError(
      'conflict',
      `${target.name} is an unfinished copy of another store, or of this one before it was written ` +
        'to again. Copy into an empty one.',
    )
  }
  for (const table of tables) {
    if ((await target.lastKey(table)) === undefined) continue
    throw new DomainError(
      'conflict',
      `${target.name} is not empty: ${table.name} has rows. Copy into an empty one.`,
    )
  }
  await target.markUnfinished(fingerprint)
}

/** The first event of each account is its oldest. */
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

async function countRows(
  end: CopyEnd,
  tables: readonly CopiedTable[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table.name, await end.count(table))
  return counts
}

async function compareTables(
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
 * The same text for the same rows, whatever the engine. NOTE: PostgreSQL has no texts with U+0000;
 * what is kept instead of it counts as equal.
 */
const textOf = (rows: readonly CopiedRow[]): string =>
  rows.map((row) => `${JSON.stringify(row.map(comparable))}\n`).join('')

const comparable = (value: Value): Value =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value

/** All pages after a key; the next one is read while the work on one runs. */
async function eachPage(
  end: CopyEnd,
  table: CopiedTable,
  after: CopiedRow | undefined,
  work: (rows: readonly CopiedRow[]) => Promise<void>,
): Promise<void> {
  let rows = await end.page(table, after, pageRows)
  while (rows.length > 0) {
    const last = rows.at(-1)
    const isFull = rows.length === pageRows
    const next = isFull && last ? end.page(table, keyOf(table, last), pageRows) : undefined
    // Its failure is told where it is awaited.
    next?.catch(() => {})
    await work(rows)
    rows = (await next) ?? []
  }
}
