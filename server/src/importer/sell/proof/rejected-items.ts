import type { ImportGap } from '../../../domain/import-progress.ts'
import type { ImportError } from '../../../domain/imports.ts'
import type { Transaction } from '../../../domain/store.ts'
import { namedLists } from '../read/named-sources.ts'

/** How many items of each list are rejected. */
export type RejectedCounts = Readonly<Record<string, number>>

const lists = ['account', 'contacts', 'leads', 'users', 'visit_outcomes', 'visits', ...namedLists]
const removedMax = 500

export async function countRejected(tx: Transaction, importId: number): Promise<RejectedCounts> {
  const counts: Record<string, number> = {}
  for (const list of lists) counts[list] = await tx.imports.countErrors(importId, list)
  return counts
}

/**
 * Saves the errors, and removes those of items that are valid now. `sent`: the keys of all items
 * that were not invalid themselves. `before`: the counts before.
 */
export async function saveRejected(
  tx: Transaction,
  importId: number,
  sent: readonly string[],
  errors: ReadonlyMap<string, ImportError>,
  before: RejectedCounts,
): Promise<RejectedCounts> {
  const hadErrors = Object.values(before).some((count) => count > 0)
  if (errors.size === 0 && !hadErrors) return before
  await tx.imports.addErrors(importId, [...errors.values()])
  const valid = sent.filter((key) => !errors.has(key))
  for (let at = 0; hadErrors && at < valid.length; at += removedMax) {
    await tx.imports.removeErrors(importId, valid.slice(at, at + removedMax))
  }
  return countRejected(tx, importId)
}

/** Of these invalid deletions, those of visits that are here: any other changes nothing. */
export async function findKnown(
  tx: Transaction,
  deleted: ReadonlyMap<string, ImportError>,
): Promise<[string, ImportError][]> {
  if (deleted.size === 0) return []
  const idIn = (key: string): number => Number(key.split(' ')[1])
  const ids = [...deleted.keys()].map(idIn).filter(Number.isSafeInteger)
  const snapshots = await tx.imports.findSnapshots(ids)
  return [...deleted].filter(([key]) => snapshots.get(idIn(key))?.isDeleted === false)
}

const nounOf = (list: string, count: number): string =>
  (count === 1 ? list.replace(/s$/, '') : list).replaceAll('_', ' ')

/** A gap for each list with rejected items. */
export const rejectedGaps = (counts: RejectedCounts): ImportGap[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([list, count]) => ({
      list,
      cause: 'rejected',
      filter: '',
      reason:
        `${count} ${nounOf(list, count)} could not be saved: ` +
        'run ./doorstep import status --rejected for each with the reason',
      missingMax: count,
    }))
