import type { ImportError } from '../../../domain/imports.ts'
import { Rejection } from '../../attributes.ts'
import { requireForeignIds } from '../../foreign-ids.ts'
import { readSellItem, type SellObject } from '../../sell-items.ts'
import { dataOf, isDeletion } from '../api/items.ts'

export interface Rejected {
  readonly list: string
  readonly field: string
  readonly reason: string
  readonly item: unknown
}

/** A valid item. */
export interface ReadItem {
  readonly list: string
  readonly key: string
  readonly item: unknown
  readonly read: SellObject
}

interface ReadItems {
  /** Valid items, in order: each group is of one kind. */
  readonly groups: readonly (readonly ReadItem[])[]
  /** Invalid items by key, without those that come again valid. */
  readonly errors: ReadonlyMap<string, ImportError>
  /** Invalid events that report a deletion. */
  readonly deleted: ReadonlyMap<string, ImportError>
  /** All invalid items. */
  readonly rejected: readonly Rejected[]
}

const groupMax = 2_000

/** Reads the items of a list. `firstLocalId`: the first id that is given here, not by Sell. */
export function readItems(
  list: string,
  items: readonly unknown[],
  firstLocalId: number,
  clock: () => number,
): ReadItems {
  const groups: ReadItem[][] = []
  const errors = new Map<string, ImportError>()
  const deleted = new Map<string, ImportError>()
  const rejected: Rejected[] = []
  for (const item of items) {
    const key = keyOf(list, item)
    try {
      const read = readSellItem(item)
      requireForeignIds(read, firstLocalId)
      const last = groups.at(-1)
      const isAlike = last?.[0]?.read.kind === read.kind
      if (last && isAlike && last.length < groupMax) last.push({ list, key, item, read })
      else groups.push([{ list, key, item, read }])
      errors.delete(key)
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      const { field, message: reason } = error
      const invalid = { key, field, reason, item: JSON.stringify(item), at: clock() }
      if (isDeletion(item)) deleted.set(key, invalid)
      else errors.set(key, invalid)
      rejected.push({ list, field, reason, item })
    }
  }
  return { groups, errors, deleted, rejected }
}

/** The same for every item of the same object. */
function keyOf(list: string, item: unknown): string {
  const { id } = dataOf(item)
  const isId = typeof id === 'number' || (typeof id === 'string' && id !== '')
  return `${list} ${isId ? String(id).slice(0, 200) : (JSON.stringify(item) ?? '').slice(0, 200)}`
}
