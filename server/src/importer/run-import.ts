import type { AccountKey } from '../domain/accounts.ts'
import type { Clock } from '../domain/clock.ts'
import type { ExternalId } from '../domain/external-ids.ts'
import type { RowOption } from '../domain/file-imports.ts'
import type { ImportResult, ReadContext } from '../domain/sell-visits.ts'
import type { Store, Transaction } from '../domain/store.ts'
import { importCustomFields, importLabels } from '../rules/imports/labels.ts'
import {
  importAccount,
  importOutcomes,
  importRecords,
  importUsers,
} from '../rules/imports/records.ts'
import { importVisits } from '../rules/imports/visits.ts'
import { refreshAll } from '../rules/maintenance.ts'
import { learnNames } from '../rules/record-names.ts'
import { Rejection } from './attributes.ts'
import { requireForeignIds } from './foreign-ids.ts'
import type { JsonPiece } from './json-pieces.ts'
import { readSellItem, type SellKind, type SellObject } from './sell-items.ts'

/** Objects in one transaction: enough for speed, few enough for other writers and for memory. */
const batchMax = 1_000

export type Piece = JsonPiece & {
  readonly file: string
  /** The source has no ids: the object has one that was given here. */
  readonly isNumberedHere?: boolean
  /** What another product calls it. */
  readonly external?: Omit<ExternalId, 'id'>
  /** Called when the object could be read. May throw Rejection. */
  readonly onRead?: () => void
  /** Called when the object is stored, or would be in a dry run. */
  readonly onTaken?: () => void
  /** What follows may name the objects up to here, so they are stored before it is read. */
  readonly isLastOfKind?: boolean
  /** Where it is the row of a table. */
  readonly row?: PieceRow
  /** The attribute at fault, of a broken piece, and the option that helps. */
  readonly field?: string | undefined
  readonly option?: RowOption | undefined
}

/** A row as it stands in its file. */
export interface PieceRow {
  /** The row with the names of the columns. */
  readonly header: string
  readonly text: string
  /** The name in the file of the column that was read into a field. */
  readonly columnOf: (field: string) => string | undefined
}

/** A rejected object, and the reason. */
export interface RejectedItem {
  readonly file: string
  readonly line: number
  readonly index: number
  readonly field: string
  readonly reason: string
  /** The object as it was read; text where it was invalid JSON. */
  readonly item: unknown
  /** Of tables: the column that the field was read from. */
  readonly column?: string
  readonly row?: PieceRow
  /** Of tables: the option that takes the row. */
  readonly option?: RowOption
}

export interface ImportCounts {
  read: number
  created: number
  updated: number
  unchanged: number
  /** Changed here and in Sell: ours stays, Sell's is stored as a conflict. */
  conflict: number
  rejected: number
}

export const noCounts: Readonly<ImportCounts> = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  conflict: 0,
  rejected: 0,
}

export interface ImportOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly newEventId: () => string
  readonly clock: Clock
  /** Objects in one transaction; absent: as many as are best for speed. */
  readonly batchMax?: number
  /** Count what would be done, change nothing. */
  readonly isDryRun: boolean
  /** See `ReadContext`; default: false. */
  readonly isPresent?: boolean
  readonly onRejected: (item: RejectedItem) => void
  readonly onProgress: (counts: Readonly<ImportCounts>) => void
}

/**
 * Imports all pieces in order, each transaction of one kind. It can be killed at any moment:
 * importing the same pieces again skips those that were imported.
 */
export async function runImport(
  pieces: AsyncIterable<Piece>,
  options: ImportOptions,
): Promise<ImportCounts> {
  const counts: ImportCounts = { ...noCounts }
  const firstLocalId = await options.store.accounts.firstLocalId(options.account)
  let batch: Located[] = []
  const reject = (piece: Piece, { field, message: reason, option }: Rejection) => {
    const { file, line, index, row } = piece
    const item = 'value' in piece ? piece.value : piece.broken
    const column = row?.columnOf(field)
    counts.rejected++
    options.onRejected({
      file,
      line,
      index,
      field,
      reason,
      item,
      ...(column !== undefined && { column }),
      ...(row && { row }),
      ...(option && { option }),
    })
  }
  const flush = async () => {
    const full = batch
    batch = []
    const results = await importBatch(full, options)
    for (const [at, result] of results.entries()) {
      const located = full[at]
      if (typeof result === 'string') {
        counts[result]++
        located?.piece.onTaken?.()
      } else if (located) reject(located.piece, new Rejection('', result.rejected))
    }
    options.onProgress(counts)
  }
  for await (const piece of pieces) {
    counts.read++
    const read = readPiece(piece, firstLocalId)
    if (read instanceof Rejection) {
      reject(piece, read)
    } else {
      if (
        batch.length >= (options.batchMax ?? batchMax) ||
        (batch[0] && batch[0].read.kind !== read.kind)
      )
        await flush()
      batch.push({ piece, read })
    }
    if (piece.isLastOfKind) await flush()
  }
  await flush()
  if (!options.isDryRun) await refreshAll(options.store, options.account, options)
  return counts
}

interface Located {
  readonly piece: Piece
  readonly read: SellObject
}

function readPiece(piece: Piece, firstLocalId: number): SellObject | Rejection {
  if (!('value' in piece)) return new Rejection(piece.field ?? '', piece.reason, piece.option)
  try {
    const read = readSellItem(piece.value)
    if (!piece.isNumberedHere) requireForeignIds(read, firstLocalId)
    piece.onRead?.()
    return read
  } catch (error) {
    if (error instanceof Rejection) return error
    throw error
  }
}

async function importBatch(
  batch: readonly Located[],
  { store, account, newEventId, isDryRun, isPresent = false, clock }: ImportOptions,
): Promise<readonly ImportResult[]> {
  const [first] = batch
  if (!first) return []
  const objects = batch.map(({ read }) => read)
  const context = { pass: 0, now: clock(), isPresent }
  const work = async (tx: Transaction) => {
    const results = await importObjects(tx, first.read.kind, objects, newEventId, context)
    const stored = batch.flatMap(({ piece: { external }, read: { object } }, at) =>
      external && typeof results[at] === 'string' ? { ...external, id: object.id } : [],
    )
    if (stored.length > 0) await tx.externalIds.save(stored)
    return results
  }
  return isDryRun ? store.preview(account, work) : store.write(account, work)
}

/** Imports objects, all of one kind. */
export async function importObjects(
  tx: Transaction,
  kind: SellKind,
  objects: readonly SellObject[],
  newEventId: () => string,
  context: ReadContext,
): Promise<readonly ImportResult[]> {
  switch (kind) {
    case 'visit':
      return importVisits(tx, ofKind(kind, objects), newEventId, context)
    case 'visit_outcome':
      return importOutcomes(tx, ofKind(kind, objects))
    case 'user':
      return importUsers(tx, ofKind(kind, objects), newEventId)
    case 'lead':
    case 'contact': {
      const records = ofKind(kind, objects)
      const effects = await importRecords(tx[`${kind}s`], records)
      const saved = records.filter((_, at) => effects[at] !== 'unchanged')
      await learnNames(tx, kind, saved)
      return effects
    }
    case 'label':
      return importLabels(tx, ofKind(kind, objects))
    case 'custom_field':
      return importCustomFields(tx, ofKind(kind, objects))
    case 'account': {
      const results: ImportResult[] = []
      for (const each of ofKind(kind, objects)) results.push(await importAccount(tx, each))
      return results
    }
  }
}

type ObjectOf<Kind extends SellKind> = Extract<SellObject, { readonly kind: Kind }>['object']

const ofKind = <Kind extends SellKind>(kind: Kind, objects: readonly SellObject[]) =>
  objects.flatMap((each) => (each.kind === kind ? (each.object as ObjectOf<Kind>) : []))
